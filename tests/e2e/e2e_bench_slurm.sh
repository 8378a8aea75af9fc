#!/usr/bin/env bash
# bench: the Slurm script of docs/bench.md, unchanged, on a controller and a node on
# this machine. The parts of an array add up to the whole; a second array repeats
# nothing.
. "${srcdir:?}/tests/lib/lib.sh"
need iverilog vvp slurmctld slurmd sbatch

cd "$work" || exit 9
pids=()
at_end() {
	[ ${#pids[@]} = 0 ] || kill "${pids[@]}" 2>/dev/null
	wait
}

# slurm_conf PORT: both listen on this machine only, as the user who runs the test.
slurm_conf() {
	local me host
	me=$(id -un) host=$(hostname -s)
	mkdir -p state spool
	cat >slurm.conf <<-END
		ClusterName=test
		SlurmctldHost=$host(127.0.0.1)
		SlurmctldPort=$1
		SlurmdPort=$(($1 + 1))
		CommunicationParameters=NoInAddrAny
		SlurmUser=$me
		SlurmdUser=$me
		AuthType=auth/none
		CredType=cred/none
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		SelectType=select/cons_tres
		MpiDefault=none
		ReturnToService=2
		StateSaveLocation=$work/state
		SlurmdSpoolDir=$work/spool
		SlurmctldPidFile=$work/controller.pid
		SlurmdPidFile=$work/node.pid
		NodeName=$host NodeAddr=127.0.0.1 CPUs=2
		PartitionName=all Nodes=ALL Default=YES State=UP
	END
}

# The daemons exit by themselves if the test is killed.
start_slurm() {
	slurm_conf "$1"
	timeout 300 slurmctld -D -i >controller.log 2>&1 &
	pids+=($!)
	timeout 300 slurmd -D >node.log 2>&1 &
	pids+=($!)
	for _ in $(seq 100); do
		timeout 5 sinfo -h -o %T 2>/dev/null | grep -q idle && return 0
		kill -0 "${pids[0]}" 2>/dev/null && kill -0 "${pids[1]}" 2>/dev/null || break
		sleep 0.1
	done
	kill "${pids[@]}" 2>/dev/null
	wait
	pids=()
	return 1
}

mkdir given given/ve bin
for i in 1 2 3 4 5 6 7; do
	echo "Build TopModule: y is a xor $i." >"given/ve/Prob00${i}_xor_prompt.txt"
	echo "module RefModule(input [2:0] a, output [2:0] y); assign y = a ^ $i; endmodule" >"given/ve/Prob00${i}_xor_ref.sv"
	cat >"given/ve/Prob00${i}_xor_test.sv" <<-'V'
		module tb;
		  reg [2:0] a = 0; wire [2:0] r, d; integer errors = 0, clocks = 0;
		  RefModule good1 (.a(a), .y(r));
		  TopModule top_module1 (.a(a), .y(d));
		  always begin #5 clocks = clocks + 1; if (r !== d) errors = errors + 1; a = a + 1; end
		  initial #100 $finish;
		  final $display("Mismatches: %1d in %1d samples", errors, clocks);
		endmodule
	V
	for s in 1 2 3; do
		echo "module TopModule(input [2:0] a, output [2:0] y); assign y = a ^ $((i % 3 ? i : s)); endmodule" >"given/Prob00${i}_xor_sample0$s.sv"
	done
done
ln -s "$posedge" bin/posedge
export PATH=$work/bin:$PATH SLURM_CONF=$work/slurm.conf
awk '/sbatch --array/ { begun = 1; next }
	begun && /^    / { print substr($0, 5) }
	begun && /^[^ ]/ { exit }' "$srcdir/docs/bench.md" >published
grep -q 'bench verilog-eval /data/ve ' published || fail "docs/bench.md has no script for Slurm"
sed "s|/data/|$work/given/|g; s|--jobs 2|--answers $work/given &|" published >bench.sbatch

for try in 1 2 3 none; do
	[ $try != none ] || fail "Slurm does not start: $(tail -n 3 controller.log node.log)"
	start_slurm $((20000 + (RANDOM % 10000) * 2)) && break
done
array() { timeout 120 sbatch --wait --array=1-3 --output=part%a.log bench.sbatch >sbatch.log 2>&1 || fail "the array failed: $(cat sbatch.log part?.log)"; }
plain() { sed -E 's/"seconds":\{[^}]*\}//' "$@" | sort; }
status 0 bench verilog-eval given/ve --answers given --out once.jsonl
[ "$(wc -l <once.jsonl)" = 21 ] || fail "not each sample has a row"
array
plain once.jsonl >want
plain given/part[123].jsonl | cmp -s - want || fail "the parts are not the whole"
cp given/part2.jsonl before
array
cmp -s before given/part2.jsonl || fail "a second array judged again"
exit 0
