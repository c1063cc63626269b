cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,,,,
spreads,rash_spreads,Y=yes; N=no; y=no,,,,,
Spreads ,rash_spreads,,,,,,
*/arm,elbow,,,,,,
*/ARM,elbow,,,,,,
END
