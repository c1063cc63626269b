printf '\0k\0e\0y\0,\0v\0a\0l\0u\0e\0\n' >rules/pack.csv
