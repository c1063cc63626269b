{ printf '\357\273\277'; cat rules/pack.csv; } >new && mv new rules/pack.csv
