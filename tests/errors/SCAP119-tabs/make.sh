awk '{ gsub(/,/, "\t"); print }' data/tags.csv >new && mv new data/tags.csv
