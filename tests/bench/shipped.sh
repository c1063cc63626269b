# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# The shipped pack: with and without routines, and what the caches save. Read by run.sh.

say "The shipped pack:"
generate_full "$rows" >"$intake"
others=''
has_jobs && others='jobs=scapula_score_--jobs_2'

: >"$times"
round=0
while [ "$round" -lt "$rounds" ]; do
	measure_as bare "$tools/bare" "$intake"
	with_full measure_as level "$SCAP" score --no-routines "$intake"
	with_full measure_as scapula "$SCAP" score "$intake"
	[ -z "$others" ] || with_full measure_as jobs "$SCAP" score --jobs 2 "$intake"
	measure_as uncached "$tools/caches" "$abs_srcdir/rules" "$abs_srcdir/data" "$intake" 1
	with_full measure_as load "$SCAP" lint
	round=$((round + 1))
done
# shellcheck disable=SC2086 # a list of lines
table bare=bare_libcsv level=score_--no-routines scapula=scapula_score $others \
	uncached=the_same,_no_caches
awk '$1 == "load" && (!least || $2 + $3 < least) { least = $2 + $3 }
	END { printf "loading the pack: %.1f ms (scapula lint, least)\n", least * 1000 }' "$times"
"$tools/caches" "$abs_srcdir/rules" "$abs_srcdir/data" "$intake"
"$tools/session" "$abs_srcdir/rules" "$abs_srcdir/data"
