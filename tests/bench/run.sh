#!/bin/sh
# What does `scapula score` cost beside a bare parse of the same file? First with a
# small frozen pack (tests/bench/pack) and beside the same rules written by hand in C,
# then with the shipped pack. Run by `make bench`. Fails when scapula and the program
# by hand disagree about a single byte, never because of a time.
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

# The command and its options, with a pack and the intake behind them.
score_small() {
	"$@" --rules "$here/pack/rules" --data "$here/pack/data" "$intake"
}

score_full() {
	"$@" --rules "$abs_srcdir/rules" --data "$abs_srcdir/data" "$intake"
}

# measure_as NAME COMMAND...: one line into $times
measure_as() {
	name=$1
	shift
	printf '%s ' "$name" >>"$times"
	"$tools/measure" "$@" >>"$times"
}

# table NAME=LABEL ...: what was measured of each, beside the one named bare
table() {
	awk -v rows="$rows" -v bytes="$(wc -c <"$intake")" -v lines="$*" '
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
{
	n = ++count[$1]
	cpu[$1, n] = $2 + $3
	if (n == 1 || cpu[$1, n] < least[$1])
		least[$1] = cpu[$1, n]
	if ($5 > peak[$1])
		peak[$1] = $5
}
function line(name, label,    i, n, seconds, list, ratio) {
	n = count[name]
	for (i = 1; i <= n; i++)
		list[i] = cpu[name, i] / cpu["bare", i]
	ratio = median(list, n)
	for (i = 1; i <= n; i++)
		list[i] = cpu[name, i]
	seconds = median(list, n)
	printf "%-24s %8.3f %8.3f %9.2f %8.2f %11.2f %8.0f %9.1f\n", label, seconds,
		least[name], ratio, least[name] / least["bare"], rows / seconds / 1e6,
		bytes / seconds / 1e6, peak[name] / 1024
}
END {
	printf "%d rows, %.1f MB; CPU seconds are user and system time, %d rounds in turn\n\n",
		rows, bytes / 1e6, count["bare"]
	printf "%-24s %17s %18s %11s %8s %9s\n", "", "CPU seconds", "times bare", "M rows/s",
		"MB/s", "peak MiB"
	printf "%-24s %8s %8s %9s %8s\n", "", "median", "least", "median", "least"
	n = split(lines, each, " ")
	for (i = 1; i <= n; i++) {
		at = index(each[i], "=")
		label = substr(each[i], at + 1)
		gsub(/_/, " ", label)
		line(substr(each[i], 1, at - 1), label)
	}
	print ""
}' "$times"
}

# ---- The small pack: the same answers as by hand? ----------------------------------

echo "The small pack (tests/bench/pack):"
"$tools/generate" "$rows" "$seed" "$here/pack/rules/questions.csv" "$here/pack/prevalence.csv" \
	>"$intake" 2>"$dir/talk"
wrong=0
"$tools/byhand" "$intake" >"$dir/byhand.csv" 2>>"$dir/talk"
score_small "$SCAP" score >"$dir/scapula.csv" 2>>"$dir/talk" || wrong=1
if ! cmp -s "$dir/byhand.csv" "$dir/scapula.csv"; then
	wrong=1
	echo "byhand (<) and scapula (>) disagree in" \
		"$(diff "$dir/byhand.csv" "$dir/scapula.csv" | grep -c '^[<]') rows. The first:"
	diff "$dir/byhand.csv" "$dir/scapula.csv" | head -n 4 || :
	echo "Has doc/engine.md changed? Then tests/bench/byhand*.c want the same change."
	echo
fi

: >"$times"
round=0
while [ "$round" -lt "$rounds" ]; do
	measure_as bare "$tools/bare" "$intake"
	measure_as byhand "$tools/byhand" "$intake"
	score_small measure_as scapula "$SCAP" score
	round=$((round + 1))
done
table bare=bare_libcsv byhand=rules_by_hand scapula=scapula_score

# ---- The shipped pack ---------------------------------------------------------------

echo "The shipped pack:"
"$tools/generate" "$rows" "$seed" "$abs_srcdir/rules/questions.csv" "$here/prevalence.csv" \
	>"$intake" 2>>"$dir/talk"

: >"$times"
round=0
while [ "$round" -lt "$rounds" ]; do
	measure_as bare "$tools/bare" "$intake"
	score_full measure_as level "$SCAP" score --no-routines
	score_full measure_as scapula "$SCAP" score
	measure_as uncached "$tools/caches" "$abs_srcdir/rules" "$abs_srcdir/data" "$intake" 1
	measure_as load "$SCAP" lint --rules "$abs_srcdir/rules" --data "$abs_srcdir/data"
	round=$((round + 1))
done
table bare=bare_libcsv level=score_--no-routines scapula=scapula_score \
	uncached=the_same,_no_caches
awk '$1 == "load" && (!least || $2 + $3 < least) { least = $2 + $3 }
	END { printf "loading the pack: %.1f ms (scapula lint, least)\n", least * 1000 }' "$times"
"$tools/caches" "$abs_srcdir/rules" "$abs_srcdir/data" "$intake"
"$tools/session" "$abs_srcdir/rules" "$abs_srcdir/data"

# ---- Free text ------------------------------------------------------------------------

# Texts of up to 60 characters: words in a row from the labelled sentences.
texts() { # how many begin differently
	cut -f1 "$abs_srcdir/tests/words/sentences.tsv" | tr -d '",' | tr -s ' ' '\n' |
		awk -v rows="$rows" -v seed="$seed" -v starts="$1" '
		{ word[n++] = $0 }
		END {
			next_ = seed
			for (i = 0; i < rows; i++) {
				next_ = (next_ * 16807) % 2147483647
				at = next_ % (starts ? starts : n)
				text = word[at]
				while (length(text) + 1 + length(word[(at + 1) % n]) <= 60) {
					at = (at + 1) % n
					text = text " " word[at]
				}
				print text
			}
		}'
}

echo
echo "Free text, 60 characters a line:"
for starts in 0 1000; do
	texts $starts >"$intake"
	: >"$times"
	round=0
	while [ "$round" -lt "$rounds" ]; do
		measure_as bare "$tools/bare" "$intake"
		score_full measure_as read "$SCAP" read
		round=$((round + 1))
	done
	[ "$starts" = 0 ] && echo "of any words in a row:" || echo "of $starts different ones:"
	table bare=bare_libcsv read=scapula_read
done

# ---- Proofs --------------------------------------------------------------------------

if [ "${PYTHON:-no}" != no ]; then
	echo
	echo "Proofs, load included, of made-up packs with a hazard for every sign; the least of three:"
	for size in 125 250 500 1000; do
		"$PYTHON" "$here/packs.py" "$size" "$dir/made-up"
		: >"$times"
		for round in 1 2 3; do
			measure_as made-up "$SCAP" prove --people 1 --rules "$dir/made-up/rules" \
				--data "$dir/made-up/data"
		done
		rules=$(cat "$dir/made-up/rules/findings.csv" "$dir/made-up/rules/escalations.csv" \
			"$dir/made-up/rules/contraindications.csv" | grep -vc '^id,')
		awk -v rules="$rules" '!least || $2 + $3 < least { least = $2 + $3 }
			END { printf "%6d rules: %7.0f ms\n", rules, least * 1000 }' "$times"
	done
fi
echo
echo "Seconds vary from run to run; compare the ratios."

if [ "$wrong" != 0 ]; then
	echo
	echo "FAILED: wrong output (see above); the times say nothing until that is mended."
fi
exit "$wrong"
