# semicolons, CRLF and a byte order mark, as Excel writes in Germany
awk '{ printf "%s\r\n", $0 }' rules/escalations.csv >new && mv new rules/escalations.csv
{ printf '\357\273\277'; cat rules/escalations.csv; } >new && mv new rules/escalations.csv
