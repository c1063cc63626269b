# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# The same rules and the same people for scapula, a program by hand and other engines:
# 41 rules in three layers, 20 exercises, 24 columns (tests/bench/pack). Read by run.sh.
# All write the same columns, three-valued logic and missing answers included; the
# routine is left out, as only scapula has one. Sets wrong=1 where two disagree about
# a single byte.
#
#   BENCH_DUCKDB  the folder that holds node_modules/@duckdb/node-api; no: without
#                 DuckDB; otherwise it is installed with npm into a temporary folder

DUCKDB_PACKAGE=@duckdb/node-api@1.5.6-r.1
contestants=$here/contestants
peers=''

# ---- Who takes part --------------------------------------------------------------------

# made KIND: the small pack's rules for another engine
made() {
	"$PYTHON" -B "$contestants/make.py" "$1" "$small" >"$dir/rules.$1"
}

find_mawk() {
	if ! has mawk; then
		say "Without mawk, which is not installed."
	elif made awk; then
		peers="$peers mawk"
	fi
}

# CLIPS judges; cells are read and rows written by the same C as by hand.
find_clips() {
	if ! echo '#include <clips/clips.h>' | ${CC:-cc} -E - >/dev/null 2>&1; then
		say "Without CLIPS: libclips-dev is not installed."
	elif made clips && ${CC:-cc} -O2 -D_GNU_SOURCE -I"$here" -o "$dir/clips" \
		"$contestants/clips_judge.c" "$here/byhand.c" "$here/byhand_level.c" \
		"$here/byhand_rows.c" -lcsv -lclips -lm; then
		export BENCH_CLIPS="$dir/rules.clips"
		peers="$peers clips"
	fi
}

install_duckdb() {
	BENCH_DUCKDB=$dir/duckdb
	mkdir -p "$BENCH_DUCKDB"
	[ -d "$BENCH_DUCKDB/node_modules/@duckdb" ] ||
		(cd "$BENCH_DUCKDB" && echo '{}' >package.json &&
			npm install --no-audit --no-fund "$DUCKDB_PACKAGE") >>"$talk" 2>&1
}

find_duckdb() {
	if [ "${BENCH_DUCKDB:-}" = no ]; then
		say "Without DuckDB, as BENCH_DUCKDB says."
	elif ! has node || ! { [ -n "${BENCH_DUCKDB:-}" ] || has npm; }; then
		say "Without DuckDB, which needs node and npm."
	elif [ -z "${BENCH_DUCKDB:-}" ] && ! install_duckdb; then
		say "Without DuckDB: npm can't install $DUCKDB_PACKAGE."
	elif made sql; then
		export BENCH_DUCKDB
		peers="$peers duckdb1 duckdb2"
	fi
}

find_peers() {
	peers='byhand'
	if [ "${PYTHON:-no}" = no ]; then
		say "Without other engines: python3 writes their rules, and it is not installed."
	else
		find_mawk
		find_clips
		find_duckdb
	fi
	if has_jobs; then
		peers="$peers jobs1 jobs2"
	else
		say "Without --jobs, which this scapula refuses."
	fi
}

# peer BEFORE NAME FILE: runs BEFORE and the contestant; its rows go to stdout
peer() {
	before=$1
	case $2 in
	bare) $before "$tools/bare" "$3" ;;
	byhand) $before "$tools/byhand" "$3" ;;
	scapula) with_small $before "$SCAP" score --no-routines "$3" ;;
	jobs*) with_small $before "$SCAP" score --no-routines --jobs "${2#jobs}" "$3" ;;
	mawk) $before mawk -f "$dir/rules.awk" "$3" ;;
	clips) $before "$dir/clips" "$3" ;;
	duckdb*) $before node "$contestants/duckdb.mjs" "$dir/rules.sql" "$3" /dev/stdout "${2#duckdb}" ;;
	esac
}

# ---- The same answers? -------------------------------------------------------------------

# compare FILE WHAT: every contestant against scapula
compare() {
	peer '' scapula "$1" >"$dir/scapula.csv" 2>>"$talk" || [ "$2" = odd ] || wrong=1
	for name in $peers; do
		peer '' "$name" "$1" >"$dir/peer.csv" 2>>"$talk" || :
		cmp -s "$dir/peer.csv" "$dir/scapula.csv" && continue
		wrong=1
		say "$name (<) and scapula (>) disagree about the $2 people in" \
			"$(diff "$dir/peer.csv" "$dir/scapula.csv" | grep -c '^[<>]') lines. The first:"
		diff "$dir/peer.csv" "$dir/scapula.csv" | head -n 4 || :
		say "Has doc/engine.md changed? Then tests/bench/byhand*.c and contestants/ want it, too."
	done
}

# People as they come, and people nobody would send: so that none of the contestants
# wins by reading or deciding less.
check_peers() {
	if [ "${PYTHON:-no}" != no ]; then
		"$PYTHON" -B "$contestants/odd.py" "$small" 5000 >"$dir/odd.csv"
		compare "$dir/odd.csv" odd
	fi
	compare "$intake" usual
	[ "$wrong" != 0 ] || say "All wrote the same bytes:$(printf ' %s' scapula $peers)."
}

# ---- The race ------------------------------------------------------------------------------

run_peers() {
	round=0
	: >"$times"
	while [ "$round" -lt "$rounds" ]; do
		for name in bare scapula $peers; do
			peer "measure_as $name" "$name" "$intake"
		done
		round=$((round + 1))
	done
}

label() {
	case $1 in
	byhand) say rules_by_hand_in_C ;;
	jobs1) say scapula_--jobs_1 ;;
	jobs*) say "scapula_--jobs_${1#jobs}" ;;
	clips) say CLIPS_in_the_same_C ;;
	duckdb1) say DuckDB,_1_thread ;;
	duckdb*) say "DuckDB,_${1#duckdb}_threads" ;;
	*) say "$1" ;;
	esac
}

say "The small pack (tests/bench/pack): 41 rules in three layers, 20 exercises, 24 columns."
say "Everyone writes id, level, certain, reasons, missing and excluded; the routine stays blank."
generate_small "$rows" >"$intake"
find_peers
check_peers
run_peers
say "mawk splits at every comma: files with quotes it refuses. mawk, DuckDB and the program by"
say "hand look for no id twice, and say nothing of a bad row. DuckDB's times include node."
lines='bare=bare_libcsv scapula=scapula'
for name in $peers; do
	lines="$lines $name=$(label "$name")"
done
# shellcheck disable=SC2086 # a list of lines
table $lines
