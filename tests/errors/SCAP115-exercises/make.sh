awk 'BEGIN {
	for (i = 1; i <= 1998; i++)
		printf "x%d,Move,move,sitting,,,,,,4,grandma\n", i
}' >>data/exercises.csv
