awk 'BEGIN {
	print "name,label,because"
	printf "cold,makes cold,"
	for (i = 0; i < 65537; i++)
		printf "x"
	print "\ntouch,touches the skin,Skin can be sore."
}' >data/tags.csv
