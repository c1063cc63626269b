printf 'third,always,home,,Because.,,grandma,,2026' >>rules/escalations.csv
