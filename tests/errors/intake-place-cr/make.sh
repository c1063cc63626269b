tr '\n' '\r' <intake.csv >new && mv new intake.csv
