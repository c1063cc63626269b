# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# How cost grows with the rules: packs of 40, 400 and 4,000 rules about the same
# questions, the same intake. What score --no-routines takes beyond the bare parse is
# the engine's time, its output included. Asked for: ten times the rules cost at most
# five times as much. Read by run.sh.

grow_packs() {
	for size in 40 400 4000; do
		"$PYTHON" "$here/packs.py" "$size" "$dir/grown-$size" 24
	done
	"$tools/generate" "$rows" "$seed" "$dir/grown-40/rules/questions.csv" \
		"$dir/grown-40/prevalence.csv" >"$intake" 2>>"$talk"
}

with_grown() { # SIZE COMMAND...
	size=$1
	shift
	"$@" --rules "$dir/grown-$size/rules" --data "$dir/grown-$size/data"
}

run_growth() {
	: >"$times"
	head -n 1 "$intake" >"$dir/nobody.csv"
	round=0
	while [ "$round" -lt "$rounds" ]; do
		measure_as bare "$tools/bare" "$intake"
		for size in 40 400 4000; do
			with_grown "$size" measure_as "score$size" "$SCAP" score --no-routines "$intake"
			with_grown "$size" measure_as "load$size" "$SCAP" score --no-routines "$dir/nobody.csv"
		done
		round=$((round + 1))
	done
	for size in 40 400 4000; do
		with_grown "$size" "$SCAP" score --no-routines "$intake" 2>>"$talk" |
			wc -c | sed "s/^ */bytes$size /" >>"$times"
	done
}

growth_table() {
	awk -v rows="$rows" '
NF == 2 { bytes[$1] = $2; next }
!($1 in cpu) || $2 + $3 < cpu[$1] { cpu[$1] = $2 + $3 }
END {
	printf "%d rows, bare parse %.3f s; CPU seconds, the least of the rounds\n\n", rows, cpu["bare"]
	printf "%8s %10s %10s %10s %10s %14s\n", "rules", "loading", "score", "engine", "times", "bytes a row"
	for (size = 40; size <= 4000; size *= 10) {
		engine = cpu["score" size] - cpu["bare"]
		times = before ? sprintf("%.2f", engine / before) : ""
		if (before && engine > 5 * before)
			slow = slow " " size
		printf "%8d %10.3f %10.3f %10.3f %10s %14.0f\n", size, cpu["load" size],
			cpu["score" size], engine, times, bytes["bytes" size] / rows
		before = engine
	}
	if (slow)
		print "\nMORE THAN FIVE TIMES the engine time for ten times the rules:" slow
	else
		print "\nTen times the rules cost at most five times the engine time, as asked."
}' "$times"
}

say "How cost grows: made-up packs of 40, 400 and 4,000 rules, 24 columns, one intake."
if [ "${PYTHON:-no}" = no ]; then
	say "Left out: python3 writes the packs, and it is not installed."
else
	grow_packs
	run_growth
	growth_table
fi
