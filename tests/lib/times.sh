#!/usr/bin/env bash
# Prints the duration of each test of the last `make check` in seconds, the longest first,
# from the creation of its log to its result. Concurrent tests share the machine, so these
# are not processor times, and their sum is not the total duration.
#
#   bash tests/lib/times.sh [BUILD]
set -u
cd "${1:-build}/tests" || exit 2
find . -name '*.trs' | while read -r result; do
	log=${result%.trs}.log
	born=$(stat -c %.W "$log" 2>/dev/null) || continue
	case $born in
	-* | 0*)
		echo "times: this file system tells no times of birth" >&2
		exit 1
		;;
	esac
	name=${result#./}
	echo "$born $(stat -c %.Y "$result") ${name%.trs}"
done | awk '{ printf "%8.1f  %s\n", $2 - $1, $3 }' | sort -rn
