cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
spreads,rash_spreads,,,,,,
*/have,at_hand,,,,,yes,
*/have/cream,at_hand/cream,,,,,yes,
KEY,id,,,,,yes,
END
