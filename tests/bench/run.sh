#!/bin/sh
# SPDX-License-Identifier: MIT
#
# What does scapula cost? Beside a bare parse of the same file, beside the same rules
# by hand and in other engines, with the shipped pack, with many rules, in memory, for
# free text, and for proofs. Run by `make bench`. Fails when two contestants disagree
# about a byte, or when a stream takes too much memory; never because of a time.
#
#   BENCH_PARTS      which parts, in this order (peers shipped growth stream text proofs)
#   BENCH_ROWS       how many intakes (1000000)
#   BENCH_SEED       which ones (1)
#   BENCH_ROUNDS     how often each contestant runs (5)
#   BENCH_DIR        where the files go and stay (a temporary folder)
#   BENCH_DUCKDB     see peers.sh
#   BENCH_PROOFS     see proofs.sh
#   BENCH_STREAM_GB  see stream.sh (1)
set -eu
LC_ALL=C
export LC_ALL
: "${SCAP:?is set by make bench}" "${abs_srcdir:?}" "${abs_builddir:?}"

rows=${BENCH_ROWS:-1000000}
seed=${BENCH_SEED:-1}
# shellcheck disable=SC2034 # the parts read it
rounds=${BENCH_ROUNDS:-5}
here=$abs_srcdir/tests/bench
tools=$abs_builddir/tests/bench
wrong=0

if [ -n "${BENCH_DIR:-}" ]; then
	dir=$BENCH_DIR
	mkdir -p "$dir"
else
	dir=$(mktemp -d)
	trap 'rm -rf "$dir"' EXIT
	trap 'exit 130' HUP INT TERM
fi

# shellcheck source=tests/bench/tools.sh
. "$here/tools.sh"
: >"$talk"

for part in ${BENCH_PARTS:-peers shipped growth stream text proofs}; do
	say
	# shellcheck disable=SC1090 # one of the files named above
	. "$here/$part.sh"
done
say
say "Seconds vary from run to run; compare the ratios."

if [ "$wrong" != 0 ]; then
	say
	say "FAILED: see above. Where answers differ, times say nothing until that is mended."
fi
exit "$wrong"
