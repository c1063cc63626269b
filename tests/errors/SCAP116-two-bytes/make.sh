printf 'name,label,because\ncold,makes\302\205 cold\302\233,Cold\007 can hurt.\n' >data/tags.csv
printf 'touch,touches the skin,Skin can be\302\240sore.\n' >>data/tags.csv
