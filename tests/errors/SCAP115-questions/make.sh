awk 'BEGIN {
	for (i = 1; i <= 1997; i++)
		printf "yes_no,q%d,Question?,,,,,,,\n", i
}' >>rules/questions.csv
