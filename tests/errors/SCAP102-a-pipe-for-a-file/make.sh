# no one writes into it: to read it would never end
rm data/steps.csv
mkfifo data/steps.csv
