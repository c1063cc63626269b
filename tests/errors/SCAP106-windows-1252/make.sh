# an o with two dots as Windows-1252 writes it, behind one as UTF-8 writes it
printf 'id,when,level,if_unknown,because,advice,source,reviewed_by,reviewed_on\n' >rules/escalations.csv
printf 'spreading,rash_spreads,hospital,clinic,"K\303\266ln says: b\366se",,grandma,,\n' >>rules/escalations.csv
