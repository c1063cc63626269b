printf 'name,label,because,erkl\344rt\ncold,makes cold,Cold can hurt.,\n' >data/tags.csv
printf 'touch,touches the skin,Skin can be sore.,\n' >>data/tags.csv
