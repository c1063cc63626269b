{
	printf '\r\n\r\nid,rash_spreads,itch,remarks\r\n'
	printf 'a,yes,1,\r\n\r\n'
	printf 'b,yes,3,"two\r\nlines"\r\n'
	printf 'c,yes,2,\r\n'
	printf 'd,no,1,\r\n'
	printf 'e,yes,0,alone\re2,yes,0,\n'
} >intake.csv
