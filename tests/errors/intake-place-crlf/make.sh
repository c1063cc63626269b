awk '{ printf "%s\r\n", $0 }' intake.csv >new && mv new intake.csv
