# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# What the parts of the bench share; read by run.sh. $dir, $rows, $seed, $rounds,
# $here and $tools are set there.

intake=$dir/intake.csv
times=$dir/times
talk=$dir/talk
small=$here/pack

say() { printf '%s\n' "$*"; }

has() { command -v "$1" >/dev/null 2>&1; }

# The command and its options, with a pack behind them.
with_small() { "$@" --rules "$small/rules" --data "$small/data"; }
with_full() { "$@" --rules "$abs_srcdir/rules" --data "$abs_srcdir/data"; }

# generate_small ROWS; generate_full ROWS [TEXTS]: intakes on stdout. The small pack's
# people have ids as long as those of form programs, so that a row has about 135 bytes.
generate_small() {
	"$tools/generate" "$1" "$seed" "$small/rules/questions.csv" "$small/prevalence.csv" \
		uuid:8f14e45fceea167a5a36dedd4 2>>"$talk"
}
generate_full() {
	"$tools/generate" "$1" "$seed" "$abs_srcdir/rules/questions.csv" "$here/prevalence.csv" \
		p ${2:+"$2"} 2>>"$talk"
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
	clock[$1, n] = $4
	if (n == 1 || cpu[$1, n] < least[$1])
		least[$1] = cpu[$1, n]
	if ($5 > peak[$1])
		peak[$1] = $5
}
function middle(of, name,    i, list) {
	for (i = 1; i <= count[name]; i++)
		list[i] = of[name, i]
	return median(list, count[name])
}
function ratio(of, name,    i, list) {
	for (i = 1; i <= count[name]; i++)
		list[i] = of[name, i] / of["bare", i]
	return median(list, count[name])
}
function line(name, label,    seconds) {
	seconds = middle(clock, name)
	printf "%-24s %8.3f %8.3f %8.2f %8.2f %9.3f %8.2f %9.2f %8.0f %8.1f\n", label,
		middle(cpu, name), least[name], ratio(cpu, name), least[name] / least["bare"],
		seconds, ratio(clock, name), rows / seconds / 1e6, bytes / seconds / 1e6,
		peak[name] / 1024
}
END {
	printf "%d rows of %.0f bytes, %.1f MB; %d rounds in turn; CPU is user and system time\n\n",
		rows, bytes / rows, bytes / 1e6, count["bare"]
	printf "%-24s %17s %17s %18s %9s %8s %8s\n", "", "CPU seconds", "times bare",
		"on the clock", "M rows/s", "MB/s", "peak MiB"
	printf "%-24s %8s %8s %8s %8s %9s %8s\n", "", "median", "least", "median", "least",
		"seconds", "x bare"
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

# Is --jobs known to this scapula?
has_jobs() {
	"$SCAP" --help | grep -q -e '--jobs'
}
