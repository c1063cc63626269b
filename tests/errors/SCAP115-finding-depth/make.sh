awk 'BEGIN {
	for (i = 1; i <= 1001; i++)
		printf "r%d,f%d,f%d,Because.,grandma,,\n", i, i + 1, i
	print "last,always,f1002,Because.,grandma,,"
}' >>rules/findings.csv
