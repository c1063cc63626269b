printf '\377\376i\0d\0,\0i\0t\0c\0h\0\n\0' >intake.csv
