# "Unicode text" of an old spreadsheet
printf '\377\376k\0e\0y\0,\0v\0a\0l\0u\0e\0\n\0' >rules/pack.csv
