printf 'name,label,because\ncold,makes cold,Cold\007 can hurt.\n' >data/tags.csv
printf 'touch,touches the\013skin,Skin can be sore.\177\n' >>data/tags.csv
