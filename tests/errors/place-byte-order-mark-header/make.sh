# a byte order mark, as Excel writes it; the mistake is in the line that has it
{ printf '\357\273\277'; cat rules/escalations.csv; } >new && mv new rules/escalations.csv
