awk 'BEGIN {
	print "id,rash_spreads,itch,elbow,at_hand"
	print "1,no,3,\"left,none"
	for (i = 2; i < 80000; i++)
		printf "%d,no,3,left,none\n", i
}' >intake.csv
