awk 'BEGIN {
	print "id,rash_spreads"
	for (i = 0; i <= 1048576; i++)
		print i ",no"
	print "7,no"
}' >intake.csv
