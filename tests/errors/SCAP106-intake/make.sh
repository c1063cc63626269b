printf 'id,rash_spreads,itch,elbow,at_hand\n' >intake.csv
printf 'M\374ller,no,3,left,none\nb,no,3,l\351ft,none\nc,ye\337,3,left,none\n' >>intake.csv
