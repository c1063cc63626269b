awk 'BEGIN {
	for (i = 1; i <= 19994; i++)
		printf "w%d,always,Anything.,Go.,grandma,,\n", i
}' >>rules/watch.csv
