# semicolons, CRLF and a byte order mark, as Excel writes in Germany
awk '{ printf "%s\r\n", $0 }' intake.csv >new && mv new intake.csv
{ printf '\357\273\277'; cat intake.csv; } >new && mv new intake.csv
