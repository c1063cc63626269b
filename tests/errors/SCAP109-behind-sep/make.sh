printf '"sep=;"\r\nname;label;because\r\ncold;makes cold;Cold can hurt.\r\n' >data/tags.csv
printf 'touch;touches the skin;Skin, too\r\n"' >>data/tags.csv
