printf 'id,rash_spreads,itch,elbow,at_hand\n' >intake.csv
printf 'a\302\2332J,no,3,left,none\nb,no,\302\2053,left,none\n' >>intake.csv
printf 'c\342\200\256d,no,3,left,none\n' >>intake.csv
