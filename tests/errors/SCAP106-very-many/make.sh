printf 'name,label,because\ncold,makes cold,\344\344\344\344\344\344\344\n' >data/tags.csv
printf 'touch,touches the skin,Skin can be sore.\n' >>data/tags.csv
