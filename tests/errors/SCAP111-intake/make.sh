awk 'BEGIN {
	print "id,rash_spreads,itch,elbow,at_hand"
	printf "1,no,3,left,"
	for (i = 0; i < 65537; i++)
		printf "x"
	print "\n2,no,3,left,none"
}' >intake.csv
