{ printf '\357\273\277'; cat intake.csv; } >new && mv new intake.csv
