cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
spreads,rash_spreads,Y=yes; N=no; 9=unknown,,,,,
scratch,itch,99=unknown,,,points,,
arm,elbow,L=left; R=right,,,,,
have___1,at_hand/cream,,,,,,
have___2,at_hand/ice,,,,,,
have___0,at_hand/none,,,,,,
END
