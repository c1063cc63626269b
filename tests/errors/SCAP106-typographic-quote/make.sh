printf 'name,label,because\ncold,makes cold,Cold can\222t help.\n' >data/tags.csv
printf 'touch,touches the skin,Skin can be sore.\n' >>data/tags.csv
