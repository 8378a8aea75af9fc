# model.sh - a scripted model as the backend of a flow; sourced after lib.sh.

# scripted_model [text]: request n, from 0, is answered with the file $work/model.N, or
# model.all if there is none: lines of JSON, or text that is put into them. Requests are
# appended to model.requests. model.do is run meanwhile, as the user's action. With text,
# FILE.cut makes an answer end at the length limit, and FILE.endless makes it never end.
scripted_model() {
	cat >"$work/model" <<'END'
#!/usr/bin/env bash
cat >>"$0.requests"
n=$(cat "$0.n" 2>/dev/null || echo 0)
echo $((n + 1)) >"$0.n"
[ ! -e "$0.do" ] || . "$0.do"
[ -e "$0.$n" ] && f=$0.$n || f=$0.all
END
	if [ "${1:-}" = text ]; then
		cat >>"$work/model" <<'END'
[ -e "$f.endless" ] && exec yes '{"text":"I am sorry, let me try once more.\n"}'
awk 'BEGIN { printf "{\"text\":\"" } { gsub(/\\/, "\\\\"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); printf "%s\\n", $0 } END { print "\"}" }' "$f"
[ ! -e "$f.cut" ] || echo '{"finish":"length"}'
END
	else
		echo 'cat "$f"' >>"$work/model"
	fi
	chmod +x "$work/model"
	printf 'backend add m exec cmd="%s"\nset backend m\n' "$work/model" >>"$XDG_CONFIG_HOME/posedge/posedgerc"
}
begin() { rm -f "$work"/model.*; }
asked() { [ "$(cat "$work/model.n")" = "$1" ] || fail "asked $(cat "$work/model.n") times, not $1"; }
