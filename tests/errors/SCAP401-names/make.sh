cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
spreads,rash_spread,,,,,,
scratch,,,,,,,
arm,elbow/left,,,,,,
have___1,at_hand/creme,,,,,,
have___2,at_hand/soap,,,,,,
other,something,,,,,,
END
