awk 'BEGIN {
	for (i = 1; i <= 63; i++)
		printf "elbows,e%d,Elbow %d\n", i, i
}' >>rules/choices.csv
