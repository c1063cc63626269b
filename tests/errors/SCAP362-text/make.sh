{ echo 'id,rash_spreads,itch,elbow,at_hand,story'
  printf 'ann,,2,left,none,"'; i=0
  while [ $i -lt 2100 ]; do printf 'ice no more '; i=$((i + 1)); done
  echo '"'; } >intake.csv
