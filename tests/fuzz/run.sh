#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Builds the fuzz target with clang in a folder of its own, and runs it for FUZZ_SECONDS (60):
#   make fuzz FUZZ_SECONDS=600
# The corpus begins with the sentences of tests/words and with the pack's own patterns. What is
# found stays in fuzz/corpus and fuzz/crash-*; a crash is run again with
#   abs_srcdir=... fuzz/fuzz_words FILE
set -eu
: "${abs_srcdir:?}" "${FUZZ_SECONDS:=60}"
CC=${CLANG:-clang}
command -v "$CC" >/dev/null || {
	echo 'clang is missing. On Debian or Ubuntu: apt-get install clang'
	exit 1
}
mkdir -p fuzz
cd fuzz
flags='-g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined'
[ -f Makefile ] || "$abs_srcdir/configure" CC="$CC" --disable-shared \
	CFLAGS="$flags -fsanitize=fuzzer-no-link" >configure.out
make libscapula-core.la >make.out 2>&1 || {
	tail -20 make.out
	exit 1
}
# shellcheck disable=SC2086
"$CC" $flags -fsanitize=fuzzer -D_GNU_SOURCE -std=c11 -I"$abs_srcdir/src" \
	-o fuzz_words "$abs_srcdir/tests/fuzz/fuzz_words.c" .libs/libscapula-core.a \
	-lcsv -lpcre2-8 -ljansson -lmd
if [ ! -d corpus ]; then
	mkdir corpus
	cut -f1 "$abs_srcdir/tests/words/sentences.tsv" | sed 's/^/T/' | split -l 1 -a 4 - corpus/text-
	cut -d, -f5 "$abs_srcdir/rules/lexicon.csv" | tr -d '"' |
		sed 's/<[a-z_]*>/hands?/g' | sed 's/^/S/' | split -l 1 -a 4 - corpus/pattern-
fi
export abs_srcdir
exec ./fuzz_words -max_total_time="$FUZZ_SECONDS" -max_len=4096 -timeout=20 -print_final_stats=1 corpus
