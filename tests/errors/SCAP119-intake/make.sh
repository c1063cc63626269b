awk '{ gsub(/,/, "\t"); print }' intake.csv >new && mv new intake.csv
