#!/bin/sh
# What does `scapula score` cost beside a bare parse of the same file, and beside
# the same rules written by hand in C? Run by `make bench`. Fails when scapula and
# the program by hand disagree about a single byte, never because of a time.
#
#   BENCH_ROWS    how many intakes (1000000)
#   BENCH_SEED    which ones (1)
#   BENCH_ROUNDS  how often each contestant runs (5)
#   BENCH_DIR     where the files go and stay (a temporary folder)
set -eu
LC_ALL=C
export LC_ALL

rows=${BENCH_ROWS:-1000000}
seed=${BENCH_SEED:-1}
rounds=${BENCH_ROUNDS:-5}
here=$abs_srcdir/tests/bench
tools=$abs_builddir/tests/bench

if [ -n "${BENCH_DIR:-}" ]; then
	dir=$BENCH_DIR
	mkdir -p "$dir"
else
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	trap 'exit 130' HUP INT TERM
fi
intake=$dir/intake.csv
times=$dir/times

score() {
	"$SCAP" score --rules "$abs_srcdir/rules" --data "$abs_srcdir/data" "$intake"
}

# measure_as NAME COMMAND...: one line into $times
measure_as() {
	name=$1
	shift
	printf '%s ' "$name" >>"$times"
	"$tools/measure" "$@" >>"$times"
}

"$tools/generate" "$rows" "$seed" "$abs_srcdir/rules/questions.csv" "$here/prevalence.csv" \
	>"$intake"
bytes=$(wc -c <"$intake")

# ---- The same answers? -----------------------------------------------------------

wrong=0
"$tools/byhand" "$intake" >"$dir/byhand.csv"
score >"$dir/scapula.csv" || wrong=1
if ! cmp -s "$dir/byhand.csv" "$dir/scapula.csv"; then
	wrong=1
	echo "byhand (<) and scapula (>) disagree in" \
		"$(diff "$dir/byhand.csv" "$dir/scapula.csv" | grep -c '^[<]') rows. The first:"
	diff "$dir/byhand.csv" "$dir/scapula.csv" | head -n 4 || :
	echo "Has the pack changed? Then tests/bench/byhand*.c want the same change."
	echo
fi

# ---- Time and memory ---------------------------------------------------------------

: >"$times"
round=0
while [ "$round" -lt "$rounds" ]; do
	measure_as bare "$tools/bare" "$intake"
	measure_as byhand "$tools/byhand" "$intake"
	measure_as scapula "$SCAP" score --rules "$abs_srcdir/rules" --data "$abs_srcdir/data" \
		"$intake"
	round=$((round + 1))
done
run=0
while [ "$run" -lt 20 ]; do
	measure_as load "$SCAP" lint --rules "$abs_srcdir/rules" --data "$abs_srcdir/data"
	run=$((run + 1))
done

awk -v rows="$rows" -v bytes="$bytes" '
# The middle of the first n values of a list (which it sorts).
function median(list, n,    i, j, value) {
	for (i = 2; i <= n; i++) {
		value = list[i]
		for (j = i - 1; j && list[j] > value; j--)
			list[j + 1] = list[j]
		list[j + 1] = value
	}
	return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
}
$1 == "load" { loads[++nloads] = $4 * 1000; next }
{
	n = ++count[$1]
	cpu[$1, n] = $2 + $3
	if (n == 1 || cpu[$1, n] < least[$1])
		least[$1] = cpu[$1, n]
	if ($5 > peak[$1])
		peak[$1] = $5
}
function line(name, label,    i, n, seconds, list) {
	n = count[name]
	for (i = 1; i <= n; i++)
		list[i] = cpu[name, i] / cpu["bare", i]
	ratio[name] = median(list, n)
	for (i = 1; i <= n; i++)
		list[i] = cpu[name, i]
	seconds = middle[name] = median(list, n)
	printf "%-16s %8.3f %8.3f %9.2f %8.2f %11.2f %8.0f %9.1f\n", label, seconds,
		least[name], ratio[name], least[name] / least["bare"], rows / seconds / 1e6,
		bytes / seconds / 1e6, peak[name] / 1024
}
END {
	printf "%d rows, %.1f MB; CPU seconds are user and system time, %d rounds in turn\n\n",
		rows, bytes / 1e6, count["bare"]
	printf "%-16s %17s %18s %11s %8s %9s\n", "", "CPU seconds", "times bare", "M rows/s",
		"MB/s", "peak MiB"
	printf "%-16s %8s %8s %9s %8s\n", "", "median", "least", "median", "least"
	line("bare", "bare libcsv")
	line("byhand", "rules by hand")
	line("scapula", "scapula score")
	load = median(loads, nloads)
	printf "\nloading the pack: %.1f ms (scapula lint, with the start of the program; ", load
	printf "median of %d)\n\n", nloads
	printf "To parse this file and do nothing else, libcsv takes %.2f s. With the rules ",
		middle["bare"]
	printf "written\nby hand into C it takes %.2f times as long; with scapula, which reads ",
		ratio["byhand"]
	printf "its rules from\nCSV when it starts, %.2f times. So a clinician may change a ",
		ratio["scapula"]
	d = ratio["scapula"] / ratio["byhand"] - 1
	if (d >= 0.01)
		printf "rule without a compiler for\n%.0f %% more time.", d * 100
	else
		printf "rule without a compiler and\nlose no time."
	printf " Seconds vary from run to run; compare the ratios.\n"
}' "$times"

if [ "$wrong" != 0 ]; then
	echo
	echo "FAILED: wrong output (see above); the times say nothing until that is mended."
fi
exit "$wrong"
