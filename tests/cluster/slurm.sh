# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# A Slurm cluster of one machine that lives in $dir: munge, slurmctld and slurmd with
# configuration, keys, sockets, state and logs of their own. Read by run.sh.

slurm_started=''

slurm_configure() {
	mkdir -p "$dir/state" "$dir/spool"
	name=$(hostname -s)
	memory=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
	cat >"$dir/slurm.conf" <<-CONF
		ClusterName=scapula
		SlurmctldHost=$name(127.0.0.1)
		SlurmctldPort=16817
		SlurmdPort=16818
		SlurmUser=root
		SlurmdUser=root
		AuthType=auth/munge
		AuthInfo=socket=$dir/munge.socket
		CredType=cred/munge
		# No control groups: a container often has none to give.
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		JobAcctGatherType=jobacct_gather/none
		AccountingStorageType=accounting_storage/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		MpiDefault=none
		ReturnToService=2
		StateSaveLocation=$dir/state
		SlurmdSpoolDir=$dir/spool
		SlurmctldPidFile=$dir/slurmctld.pid
		SlurmdPidFile=$dir/slurmd.pid
		SlurmctldLogFile=$dir/slurmctld.log
		SlurmdLogFile=$dir/slurmd.log
		NodeName=$name NodeAddr=127.0.0.1 CPUs=$(getconf _NPROCESSORS_ONLN) RealMemory=$memory
		PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
	CONF
	export SLURM_CONF="$dir/slurm.conf"
}

start_munge() {
	(umask 077 && head -c 1024 /dev/urandom >"$dir/munge.key")
	munged --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" \
		--pid-file="$dir/munge.pid" --log-file="$dir/munge.log" --seed-file="$dir/munge.seed" \
		>"$dir/munge.talk" 2>&1 || { cat "$dir/munge.talk" >&2; stop "munged does not start"; }
	munge -n -S "$dir/munge.socket" | unmunge -S "$dir/munge.socket" >/dev/null ||
		stop "munge does not answer"
}

# Until the node is idle; a minute at most.
wait_for_node() {
	left=60
	until [ "$(sinfo -h -o %T 2>/dev/null)" = idle ]; do
		left=$((left - 1))
		if [ "$left" = 0 ]; then
			tail -n 5 "$dir/slurmctld.log" "$dir/slurmd.log" >&2
			stop "Slurm does not start"
		fi
		sleep 1
	done
}

slurm_start() {
	slurm_configure
	slurm_started=yes
	start_munge
	slurmctld -c
	slurmd -c
	wait_for_node
	say "Slurm:        $(sinfo --version), one node, $(getconf _NPROCESSORS_ONLN) cores"
}

# Ends what slurm_start started, by number.
slurm_stop() {
	[ -n "$slurm_started" ] || return 0
	scancel --user=root >/dev/null 2>&1 || :
	for server in slurmd slurmctld munge; do
		pid=$(cat "$dir/$server.pid" 2>/dev/null) || continue
		kill "$pid" 2>/dev/null || continue
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -0 "$pid" 2>/dev/null || break
			sleep 1
		done
	done
	slurm_started=''
}

job_field() { # JOB FIELD
	scontrol show job "$1" 2>/dev/null | tr ' ' '\n' | sed -n "s/^$2=//p" | head -n 1
}

# A part that was put back into the queue would wait for two minutes; here it need not.
# Sets $restarted to what Slurm says of it.
slurm_restart_at_once() {
	left=120
	until [ "$(job_field "$1" Restarts)" = 1 ]; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || stop "task $1 was not put back into the queue"
		sleep 1
	done
	restarted="put back into the queue (Restarts=$(job_field "$1" Restarts))"
	scontrol update "JobId=$1" StartTime=now
}

# slurm_wait JOB: until it has ended; true if it went well
slurm_wait() {
	left=600
	while :; do
		case $(job_field "$1" JobState) in
		COMPLETED) return 0 ;;
		PENDING | RUNNING | COMPLETING | CONFIGURING) ;;
		*) return 1 ;;
		esac
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 1
	done
}
