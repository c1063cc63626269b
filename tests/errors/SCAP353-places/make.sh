{
	printf '\nrash_spreads,id,itch\n'
	printf 'no,a,1\n\nno,"b\nb",1\n'
	printf 'no,a,1\nno,"b\nb",x\n'
} >intake.csv
