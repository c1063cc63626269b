cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
weeks,itch_weeks,,,,months,,
weeks2,itch,,,,months,,
END
