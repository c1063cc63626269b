awk 'BEGIN {
	for (i = 1; i <= 250; i++)
		printf "w%d,fever,Anything.,Go.,grandma,,\n", i
}' >>rules/watch.csv
