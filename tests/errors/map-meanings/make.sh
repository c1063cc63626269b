cat >map.csv <<'END'
column,question,values,between,blank,unit,optional,note
spreads,rash_spreads,Y=yes; N=never,,,,,
scratch,itch,low=1; high=11; none=nothing,,,,,
arm,elbow,L=left; R=rigth,,,,,
have___1,at_hand/cream,1=cream,,,,,
have,at_hand,1=cream; 2=none; 3=creme,,,,,
END
