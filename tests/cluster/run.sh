#!/bin/sh
# SPDX-License-Identifier: MIT
#
# The recipes of doc/cluster.md, for real: run.sh [BUILD]
# On this one machine, GNU parallel and a Slurm cluster of its own score one file in
# parts; one part is killed half-way in each. What they merge must be, byte for byte,
# what a single run writes. As root, on Debian or Ubuntu: missing packages are
# installed. All files are in a temporary folder, also Slurm's and munge's; nothing in
# /etc is changed, and every process started here is ended.
#
# BUILD is the folder that scapula was built in (build beside the sources).
#
#   CLUSTER_ROWS   how many intakes (1000000)
#   CLUSTER_PARTS  how many parts (8)
#   CLUSTER_DIR    where the files go and stay (a temporary folder)
#   SCAPULA        the program (BUILD/scapula)
set -eu
LC_ALL=C
export LC_ALL

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "${1:-$root/build}" && pwd)
rows=${CLUSTER_ROWS:-1000000}
parts=${CLUSTER_PARTS:-8}
SCAPULA=${SCAPULA:-$build/scapula}
export SCAPULA SCAPULA_PACK="$root"

say() { printf '%s\n' "$*"; }
stop() { say "cluster: $*" >&2; exit 1; }

# shellcheck source=tests/cluster/slurm.sh
. "$here/slurm.sh"

# ---- Setting up ------------------------------------------------------------------------

install_packages() {
	wanted=''
	for pair in parallel:parallel munged:munge slurmctld:slurmctld slurmd:slurmd sbatch:slurm-client; do
		command -v "${pair%%:*}" >/dev/null || wanted="$wanted ${pair#*:}"
	done
	[ -n "$wanted" ] || return 0
	say "installing$wanted"
	# Should the packages start services, they are left alone: this script has its own.
	{
		apt-get -q update
		# shellcheck disable=SC2086 # a list of packages
		DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $wanted
	} >"$dir/apt.log" 2>&1 || { tail "$dir/apt.log" >&2; stop "can't install$wanted"; }
}

make_intake() {
	make -s -C "$build" tests/bench/generate >"$dir/make.log" 2>&1 ||
		stop "can't build the generator, see make -C $build tests/bench/generate"
	"$build/tests/bench/generate" "$rows" 1 "$root/rules/questions.csv" \
		"$root/tests/bench/prevalence.csv" >"$dir/big.csv" 2>"$dir/make.log"
}

# A scapula that stumbles: in each recipe the first try of one part is killed half-way,
# as the kernel does when memory runs out.
make_stumble() {
	mkdir -p "$dir/bin"
	cat >"$dir/bin/scapula" <<'SCRIPT'
#!/bin/sh
case " $* " in
*" --shard $CLUSTER_STUMBLE/"*)
	if mkdir stumbled 2>/dev/null; then
		"$SCAPULA" "$@" &
		sleep 0.05
		kill -KILL "$!"
		wait "$!" || [ $? != 137 ] || echo "killed after 0.05 s" >stumbled/how
		kill -KILL $$
	fi
	;;
esac
exec "$SCAPULA" "$@"
SCRIPT
	chmod +x "$dir/bin/scapula"
	PATH=$dir/bin:$PATH
	export PATH CLUSTER_STUMBLE=$(((parts + 1) / 2))
}

# recipe NAME: a block of doc/cluster.md, as a file
recipe() {
	awk -v name="$1" '/^```$/ { on = 0 } on { print } $0 == "```sh " name { on = 1 }' \
		"$root/doc/cluster.md" >"$1"
	[ -s "$1" ] || stop "doc/cluster.md has no $1"
}

# ---- What came of it ---------------------------------------------------------------------

seconds() { date +%s.%N; }
since() { awk -v from="$1" -v to="$(seconds)" 'BEGIN { printf "%.1f", to - from }'; }

single() {
	begun=$(seconds)
	"$SCAPULA" score big.csv -o single.csv --summary single.json 2>single.log || [ $? = 1 ] ||
		{ head -n 3 single.log >&2; stop "the single run failed"; }
	say "single run:   $(since "$begun") s, $(wc -l <single.csv) lines"
}

# check NAME: are the merged files those of the single run?
check() {
	cmp -s all.csv ../single.csv || stop "$1: all.csv is not what the single run wrote"
	python3 "$root/tests/summary.py" same all.json ../single.json ||
		stop "$1: all.json counts otherwise than the single run"
	[ -e stumbled/how ] || stop "$1: no part was killed, so this shows nothing"
	say "              the same bytes as the single run, $(du -h all.csv | cut -f1), and the same counts"
}

try_parallel() {
	mkdir parallel
	cd parallel
	recipe parallel.sh
	begun=$(seconds)
	sh parallel.sh ../big.csv "$parts" 2>parallel.talk || { tail parallel.talk >&2; stop "parallel.sh failed"; }
	say "GNU parallel: $(since "$begun") s, $parts parts; part $CLUSTER_STUMBLE: $(cat stumbled/how), done again"
	check parallel
	cd ..
}

try_slurm() {
	mkdir slurm
	cd slurm
	recipe score.sbatch
	recipe submit.sh
	begun=$(seconds)
	jobs=$(sh submit.sh "$dir/big.csv" "$parts") || stop "submit.sh failed"
	slurm_restart_at_once "${jobs% *}_$CLUSTER_STUMBLE"
	slurm_wait "${jobs#* }" || { cat part-*.log merge.log >&2 2>/dev/null; stop "the jobs failed"; }
	say "Slurm:        $(since "$begun") s, $parts tasks; task $CLUSTER_STUMBLE: $(cat stumbled/how), $restarted"
	check slurm
	cd ..
}

# ---- All of it ---------------------------------------------------------------------------

[ "$(id -u)" = 0 ] || stop "run it as root: it installs packages and starts Slurm"
[ -x "$SCAPULA" ] || stop "$SCAPULA is not there: build it first"
if [ -n "${CLUSTER_DIR:-}" ]; then
	mkdir -p "$CLUSTER_DIR"
	dir=$(cd "$CLUSTER_DIR" && pwd)
	trap 'slurm_stop' EXIT
else
	dir=$(mktemp -d)
	trap 'slurm_stop; cd /; rm -rf "$dir"' EXIT
fi
trap 'exit 130' HUP INT TERM
cd "$dir"
install_packages
make_intake
say "$rows people, $(du -h big.csv | cut -f1), $(getconf _NPROCESSORS_ONLN) cores"
single
make_stumble
try_parallel
slurm_start
try_slurm
say "done"
