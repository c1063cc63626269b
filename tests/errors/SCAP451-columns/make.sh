cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
spreads,rash_spreads,,,,,,
END
