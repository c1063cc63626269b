cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
have,at_hand,salve=cream; cold=ice; nil=none; na=unknown,|,,,,
END
