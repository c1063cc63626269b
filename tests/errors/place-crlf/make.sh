# lines end in CRLF
awk '{ printf "%s\r\n", $0 }' rules/escalations.csv >new && mv new rules/escalations.csv
