# 0x81 is no letter in Windows-1252; c0 af is an overlong slash, ed a0 80 half a pair
printf 'name,label,because\ncold,makes \201cold,Cold can hurt.\n' >data/tags.csv
printf 'touch,touches the skin,Skin\300\257 can be \355\240\200.\n' >>data/tags.csv
