# all lines end in CRLF, those inside a cell too
awk '{ printf "%s\r\n", $0 }' rules/escalations.csv >new && mv new rules/escalations.csv
