awk 'BEGIN {
	printf "{\"answers\": {\"itch\": 11"
	for (i = 1; i < 60000; i++)
		printf ", \"q%d\": 1", i
	print "}}"
}' >request.json
