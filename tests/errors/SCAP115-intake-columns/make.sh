awk 'BEGIN {
	printf "id"
	for (i = 1; i <= 4096; i++)
		printf ",c%d", i
	print ""
}' >intake.csv
