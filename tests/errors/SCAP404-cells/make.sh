cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
who,id,,,no,,,
spreads,rash_spreads,,;,nope,weeks,perhaps,
scratch,itch,,,no,points,,
arm,elbow,,;,no,,,
have,at_hand,,and,no,,,
END
