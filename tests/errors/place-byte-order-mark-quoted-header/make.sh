{ printf '\357\273\277'; cat rules/escalations.csv; } >new && mv new rules/escalations.csv
