for i in 1 2 3 4 5 6 7 8 9 10; do
	echo "yes_no,extra_$i,Is it number $i?,,,,,,," >>rules/questions.csv
done
{
	echo id,extra_1,extra_2,extra_3,extra_4,extra_5,extra_6,extra_7,extra_8,extra_9,extra_10
	echo b,a,b,c,d,e,f,g,h,i,j
} >intake.csv
