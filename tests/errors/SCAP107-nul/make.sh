printf 'name,label,because\ncold,makes\0 cold,Cold can hurt.\n' >data/tags.csv
printf 'touch,touches the skin,Skin can be sore.\n' >>data/tags.csv
