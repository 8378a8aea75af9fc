#!/usr/bin/env bash
# Every parser's seeds, once: nothing may crash, hang or trip a sanitizer.
set -eu
failed=0
for folder in "$srcdir"/tests/fuzz/*/; do
	name=$(basename "$folder")
	target="$builddir/tests/fuzz/fuzz_$name"
	[ -x "$target" ] || {
		echo "there are seeds for $name, but no target"
		failed=1
		continue
	}
	timeout 60 "$target" "$folder" || {
		echo "fuzz_$name failed"
		failed=1
	}
done
exit $failed
