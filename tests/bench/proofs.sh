# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# What proofs cost as packs grow. Read by run.sh.
#
#   BENCH_PROOFS  about how many rules each pack has (125 250 500; 1000 takes very long)

if [ "${PYTHON:-no}" = no ]; then
	say "No proofs: python3 writes the packs, and it is not installed."
else
	say "Proofs, load included, of made-up packs with a hazard for every sign; the least of three:"
	for size in ${BENCH_PROOFS:-125 250 500}; do
		"$PYTHON" "$here/packs.py" "$size" "$dir/made-up"
		: >"$times"
		for round in 1 2 3; do
			# Nobody minds here that some claims about nonsense do not hold (exit 1).
			# shellcheck disable=SC2016 # expanded by that shell
			measure_as made-up sh -c '"$@" || [ $? = 1 ]' sh "$SCAP" prove --people 1 \
				--rules "$dir/made-up/rules" --data "$dir/made-up/data"
		done
		rules=$(cat "$dir/made-up/rules/findings.csv" "$dir/made-up/rules/escalations.csv" \
			"$dir/made-up/rules/contraindications.csv" | grep -vc '^id,')
		awk -v rules="$rules" '!least || $2 + $3 < least { least = $2 + $3 }
			END { printf "%6d rules: %7.0f ms\n", rules, least * 1000 }' "$times"
	done
fi
