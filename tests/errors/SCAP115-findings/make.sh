awk 'BEGIN {
	for (i = 1; i <= 10000; i++)
		printf "r%d,always,f%d,Because.,grandma,,\n", i, i
}' >>rules/findings.csv
