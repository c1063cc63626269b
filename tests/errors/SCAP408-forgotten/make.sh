cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
have___1,at_hand/cream,,,,,,
END
