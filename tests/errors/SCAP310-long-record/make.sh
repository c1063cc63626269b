awk 'BEGIN {
	print "id,rash_spreads,itch,elbow,at_hand"
	print "1,no,3,left,none"
	printf "2,no,3,left,"
	for (i = 0; i < 70000; i++)
		printf "a very long cell"
	print "\n3,no,x,left,none"
}' >intake.csv
