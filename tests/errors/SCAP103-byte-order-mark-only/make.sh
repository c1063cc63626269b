printf '\357\273\277' >rules/watch.csv
