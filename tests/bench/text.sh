# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# Free text: `scapula read`, 60 characters a line. Read by run.sh.

# texts HOW_MANY: words in a row from the labelled sentences; so many begin differently
texts() {
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

say "Free text, 60 characters a line:"
for starts in 0 1000; do
	texts $starts >"$intake"
	: >"$times"
	round=0
	while [ "$round" -lt "$rounds" ]; do
		measure_as bare "$tools/bare" "$intake"
		with_full measure_as read "$SCAP" read "$intake"
		round=$((round + 1))
	done
	[ "$starts" = 0 ] && say "of any words in a row:" || say "of $starts different ones:"
	table bare=bare_libcsv read=scapula_read
done
