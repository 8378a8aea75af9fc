#!/usr/bin/env bash
# How long each test of the last `make check` took, in seconds, the longest first: from
# the birth of its log to its result. Tests that run at a time share the machine, so
# these are no processor times, and their sum is not how long all of it took.
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
