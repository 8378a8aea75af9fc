#!/usr/bin/env bash
# Renaming a file: its lines are reviewed against the old file, the name is decided like
# a line, the new file is written before the old one is removed, nothing is overwritten,
# and everything can be undone.
. "${srcdir:?}/tests/lib/lib.sh"
mkdir "$work/p" && cd "$work/p"
fresh() {
	cd "$work" && drop "$work/p" && mkdir -p "$work/p/rtl" && cd "$work/p"
	printf 'module a;\n  wire one;\n  wire two;\n  wire three;\nendmodule\n' >rtl/a.sv
	cp rtl/a.sv "$work/old"
	printf 'module a;\n  wire one;\n  wire zwei;\n  wire three;\nendmodule\n' >"$work/new"
	chmod 750 rtl/a.sv
}
renamed() {
	[ ! -e rtl/a.sv ] || fail "the old file is still there"
	cmp "$1" "$2" || fail "the new file is not what it should be"
}
kept() {
	cmp "$1" rtl/a.sv || fail "the old file is not what it should be"
	[ ! -e "$2" ] || fail "the new file is there"
}
cat >"$work/git.diff" <<'D'
diff --git a/rtl/a.sv b/lib/b.sv
similarity index 80%
rename from rtl/a.sv
rename to lib/b.sv
--- a/rtl/a.sv
+++ b/lib/b.sv
@@ -2,3 +2,3 @@
   wire one;
-  wire two;
+  wire zwei;
   wire three;
D
sed -n '5,$p' "$work/git.diff" >"$work/plain.diff"
sed -n '1,4p' "$work/git.diff" >"$work/pure.diff"
sed -i 's/80%/100%/' "$work/pure.diff"

# All of it, with git's wording and without; with every line the same.
for diff in git plain; do
	fresh
	status 0 apply "$work/$diff.diff"
	says "rename from rtl/a.sv"
	status 0 review
	says "rtl/a.sv (moves)"
	says "    1 ?       > moves to lib/b.sv"
	status 0 review --take all --apply
	says "took 2, refused 0, 0 still open; moved"
	renamed "$work/new" lib/b.sv
	[ "$(stat -c %a lib/b.sv)" = 750 ] || fail "the file has another mode now"
	status 0 review
	says "nothing waits"
done
fresh
status 0 apply "$work/pure.diff" --apply
notes "wrote lib/b.sv"
renamed "$work/old" lib/b.sv
status 0 log
says "(moves to lib/b.sv)"
status 0 export --html -o s.html
grep -q "moves to" s.html || fail "the page does not say that the file moved"
status 0 export --markdown -o s.md
grep -q "moves to .lib/b.sv." s.md || fail "the Markdown does not say that the file moved"

# The name alone, the line alone, neither; undecided parts stay open.
fresh
status 0 apply "$work/git.diff"
status 0 review --take 1 --refuse 2 --apply
renamed "$work/old" lib/b.sv
fresh
status 0 apply "$work/git.diff"
status 0 review --take 2 --refuse 1 --apply
kept "$work/new" lib/b.sv
fresh
status 0 apply "$work/git.diff"
status 0 review --refuse all --apply
kept "$work/old" lib/b.sv
fresh
status 0 apply "$work/git.diff"
status 0 review --take 2 --apply
kept "$work/new" lib/b.sv
status 0 review
says "    1 ?       > moves to lib/b.sv"
status 0 review --take 1 --apply
renamed "$work/new" lib/b.sv
fresh
status 0 apply "$work/git.diff"
status 0 review --take 1 --apply
renamed "$work/old" lib/b.sv
status 0 review
says "for lib/b.sv, by outside: 0 taken, 0 refused, 1 open"
status 0 review --take 1 --apply
renamed "$work/new" lib/b.sv

# Nothing is overwritten, neither an existing file nor one that appears meanwhile.
fresh
mkdir lib && echo mine >lib/b.sv
status 2 apply "$work/git.diff"
notes "lib/b.sv already exists: rtl/a.sv is not renamed to it"
rm lib/b.sv
status 0 apply "$work/git.diff"
echo mine >lib/b.sv
status 2 review --take all --apply
notes "lib/b.sv already exists and is not overwritten"
[ "$(cat lib/b.sv)" = mine ] || fail "it was written over"
cmp "$work/old" rtl/a.sv || fail "the old file changed"
status 0 review --refuse 1 --apply
cmp "$work/new" rtl/a.sv || fail "the name was refused, the line was taken"
fresh
sed -i 's,lib/b.sv,../b.sv,' "$work/pure.diff"
status 2 apply "$work/pure.diff"
[ ! -e ../b.sv ] || fail "a file was moved out of the project"
sed 's,\.\./b.sv,.git/hooks/pre-commit,' "$work/pure.diff" >"$work/hook.diff"
status 2 apply "$work/hook.diff"

# The file changed since: its current text is moved.
fresh
status 0 apply "$work/git.diff"
sed -i 's,endmodule,endmodule // mine,' rtl/a.sv
status 2 review --take all --apply
notes "was merged into"
status 0 review --take all --apply
[ "$(sed -n '3p;5p' lib/b.sv)" = "  wire zwei;
endmodule // mine" ] || fail "what was changed meanwhile is lost"
[ ! -e rtl/a.sv ] || fail "the old file is still there"

# Two suggestions for one file: the second follows it to its new name.
fresh
status 0 apply "$work/git.diff"
printf -- '--- a/rtl/a.sv\n+++ b/rtl/a.sv\n@@ -5 +5 @@\n-endmodule\n+endmodule // drei\n' >"$work/second.diff"
status 0 apply "$work/second.diff"
status 0 review --take all --apply
status 2 review --take all --apply
notes "was merged into"
status 0 review --take all --apply
[ "$(sed -n '3p;5p' lib/b.sv)" = "  wire zwei;
endmodule // drei" ] || fail "the second suggestion did not follow the file"
[ ! -e rtl/a.sv ] || fail "the old file came back"

# The author of a line is known under the new name, too.
fresh
printf -- '--- a/rtl/a.sv\n+++ b/rtl/a.sv\n@@ -5 +5 @@\n-endmodule\n+endmodule // drei\n' >"$work/second.diff"
status 0 apply "$work/second.diff" --apply
status 0 apply "$work/git.diff"
status 0 review
status 0 review --take all --apply
status 0 blame lib/b.sv
grep -q "^before .* wire one;" "$work/out" || fail "blame does not know that one was there before"
grep -q "^outside .* endmodule // drei" "$work/out" || fail "blame does not know who wrote drei"
grep -q "^outside .* wire zwei;" "$work/out" || fail "blame does not know who wrote zwei"

# Undone and redone in one step each; the old file is written before the new goes.
for file in lib/b.sv rtl/a.sv; do
	printf '/undo %s\n/quit\n' "$file" | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "undo in plain mode"
	[ ! -e lib/b.sv ] || fail "undo by $file left the new file"
	[ "$(sed -n '3p;5p' rtl/a.sv)" = "  wire two;
endmodule // drei" ] || fail "undo by $file did not bring the old file back"
	status 0 blame rtl/a.sv
	grep -q "^outside .* endmodule // drei" "$work/out" || fail "blame after undo"
	printf '/redo %s\n/quit\n' "$file" | timeout 600 "$posedge" --plain >"$work/out" 2>"$work/err" || fail "redo in plain mode"
	[ ! -e rtl/a.sv ] || fail "redo by $file left the old file"
	grep -q zwei lib/b.sv || fail "redo by $file did not bring the new file back"
done

# A copy is a new file.
fresh
sed -e 's/rename/copy/' "$work/git.diff" >"$work/copy.diff"
status 0 apply "$work/copy.diff" --apply
cmp "$work/old" rtl/a.sv || fail "copying changed the old file"
cmp "$work/new" lib/b.sv || fail "the copy is not what it should be"

# An answer can rename, too, and may continue with the new name.
fresh
{ echo 'Renamed:'; echo '```diff'; cat "$work/git.diff"; echo '```'; } >"$work/answer.md"
echo "backend add m fake file=$work/answer.md" >"$XDG_CONFIG_HOME/posedge/posedgerc"
status 0 ask "rename a to b" --backend m
says "rename to lib/b.sv"
status 0 review --take all --apply
renamed "$work/new" lib/b.sv

# In the working tree: moved with git, or by hand; if refused, everything is as before.
command -v git >/dev/null || exit 0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c
for by in git hand; do
	for decide in "--take all" "--refuse all" "--refuse 1 --take 2" "--take 1 --refuse 2" "--refuse 1" "--refuse 2"; do
		fresh
		git init -q . && git add -A && git commit -qm first
		mkdir lib
		if [ $by = git ]; then git mv rtl/a.sv lib/b.sv; else mv rtl/a.sv lib/b.sv; fi
		cp "$work/new" lib/b.sv
		status 0 review --git
		says "1 file from outside waits"
		status 0 review
		says "lib/b.sv (moved already)"
		says "moved here from rtl/a.sv"
		# shellcheck disable=SC2086
		status 0 review $decide --apply
		case $decide in
		"--take all") renamed "$work/new" lib/b.sv ;;
		"--refuse all") kept "$work/old" lib/b.sv ;;
		"--refuse 1 --take 2" | "--refuse 1") kept "$work/new" lib/b.sv ;;
		*) renamed "$work/old" lib/b.sv ;;
		esac
	done
done
