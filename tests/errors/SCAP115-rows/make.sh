awk 'BEGIN {
	for (i = 1; i <= 100000; i++)
		printf "s%d,t,,,k\n", i
}' >>data/sources.csv
