# behind the first 64 KiB, with line breaks in cells
awk 'BEGIN {
	print "id,rash_spreads,itch"
	for (i = 1; i <= 9000; i++)
		printf i % 100 ? "%d,no,3\n" : "\"%d\nb\",no,3\n", i
	print "last,no,33"
}' >intake.csv
