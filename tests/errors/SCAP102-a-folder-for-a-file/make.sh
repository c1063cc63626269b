# a folder where a file should be
rm rules/watch.csv
mkdir rules/watch.csv
