# lines end in CR, as on an old Macintosh
tr '\n' '\r' <rules/escalations.csv >new && mv new rules/escalations.csv
