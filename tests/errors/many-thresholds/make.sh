echo 'integer,age,How old are you?,,,0..120,From 0 to 120.,,,' >>rules/questions.csv
for age in $(seq 30 110); do
	echo "at_$age,age = $age,clinic,home,Nobody likes to be $age.,,grandma,,"
done >>rules/escalations.csv
