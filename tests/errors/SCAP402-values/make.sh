cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,Y=yes,,,,,
spreads,rash_spreads,"Y=yes, N=no",,,,,
scratch,itch,=unknown,,,,,
arm,elbow,L; R=,,,,,
have,at_hand,"""a;b""=cream; ""c=d""=ice; ""open=ice",,,,,
say,rash_spreads,Y,,,,,
END
