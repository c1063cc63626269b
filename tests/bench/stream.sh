# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# Memory: a stream from the generator through a pipe, without free text and with it (in
# quotes, with line breaks, read as words). The bar is 64 MiB, however long the stream.
# Read by run.sh.
#
#   BENCH_STREAM_GB  how long each of them is, in 1,000,000,000 bytes (1)

MOST_MIB=64
stream_gb=${BENCH_STREAM_GB:-1}

# rows_of COMMAND...: how many rows of such intakes fill the stream
rows_of() {
	"$@" 20000 | wc -c | awk -v gb="$stream_gb" '{ printf "%.0f", gb * 1e9 / ($1 / 20000) }'
}

with_texts() { generate_full "$1" "$dir/texts"; }

# stream LABEL GENERATOR OPTION...: measures one stream
stream() {
	label=$1 generator=$2
	shift 2
	many=$(rows_of "$generator")
	: >"$times"
	"$generator" "$many" | with_full measure_as stream "$SCAP" score "$@" -
	awk -v label="$label" -v rows="$many" -v gb="$stream_gb" -v most="$MOST_MIB" '
		NR == 1 {
			printf "%-36s %9.1f M rows %8.1f GB %8.1f s CPU %8.1f MiB%s\n", label, rows / 1e6, gb,
				$2 + $3, $5 / 1024, ($5 / 1024 > most ? "  TOO MUCH" : "")
		}
		END {
			if (!NR)
				print label ": it failed"
			exit !NR || $5 / 1024 > most
		}' "$times" || wrong=1
}

say "Memory at its peak, of a stream through a pipe (at most $MOST_MIB MiB):"
cut -f1 "$abs_srcdir/tests/words/sentences.tsv" >"$dir/texts"
stream "shipped pack" generate_full
stream "the same, --no-routines" generate_full --no-routines
stream "with quoted free text" with_texts --no-routines
if has_jobs; then
	stream "--jobs 2" generate_full --jobs 2
	stream "--jobs 2, with quoted free text" with_texts --no-routines --jobs 2
else
	say "(nothing with --jobs: this scapula refuses it)"
fi
