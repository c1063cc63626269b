printf 'id,rash_spreads,itch,elbow,at_hand\n' >intake.csv
printf '1,no,3\001,left,none\n2\033,no,3,left,none\n' >>intake.csv
