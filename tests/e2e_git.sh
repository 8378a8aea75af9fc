#!/usr/bin/env bash
# What somebody else did in the working tree, reviewed: what is refused is put
# back, byte for byte, what is undecided stays, and all of it can be undone.
. "${srcdir:?}/tests/lib.sh"
need git
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c
mkdir "$work/p" && cd "$work/p"
status 2 review --git
notes "git: "
git init -q . && mkdir rtl
printf 'module a;\n  wire one;\n  wire two;\n  wire three;\nendmodule\n' >rtl/a.sv
printf 'module b;\nendmodule\n' >b.sv
printf 'module keep;\nendmodule\n' >keep.sv
git add -A && git commit -qm first
status 0 review --git
says "nothing differs from HEAD"
status 2 review --git no-such-revision
status 2 review --git --upload-pack=touch
[ ! -e touch ] || fail "a revision became an option"
status 2 review HEAD

# Changed, deleted, added, and a file that is no text.
printf 'module a;\n  wire uno;\n  wire two;\n  wire tres;\nendmodule\n' >rtl/a.sv
rm b.sv
printf 'module c;\nendmodule\n' >c.sv
printf 'a\0b' >blob.bin
cp -r . "$work/before"
status 0 review --git
says "3 files from outside wait"
notes "blob.bin: no text"
status 0 review
says "b.sv (deleted already), by outside"
says "c.sv (new file, there already), by outside"
says "rtl/a.sv (there already), by outside"
diff -r -x .posedge -x .git . "$work/before" || fail "looking changed a file"

# One line back, one stays undecided.
n=$(sed -n 's/^. suggestion \([0-9]*\) for rtl.a.sv.*/\1/p' "$work/out")
status 0 review --suggestion "$n"
units=$(grep -c '^ *[0-9]* ? ' "$work/out")
[ "$units" -ge 2 ] || fail "there should be two places to decide on"
status 0 review --suggestion "$n" --refuse 1 --apply
[ "$(sed -n 2p rtl/a.sv)$(sed -n 4p rtl/a.sv)" = "  wire one;  wire tres;" ] || fail "only what was refused goes back: $(cat rtl/a.sv)"
status 0 review
n=$(sed -n 's/^. suggestion \([0-9]*\) for rtl.a.sv.*/\1/p' "$work/out")
status 0 review --suggestion "$n" --take all --apply
[ "$(sed -n 4p rtl/a.sv)" = "  wire tres;" ] || fail "what was taken is not in the file"
status 0 blame rtl/a.sv
grep -q "^outside .* wire tres;" "$work/out" || fail "blame does not know who wrote tres"
grep -q "^before .* wire one;" "$work/out" || fail "blame does not know that one was there before"

# What was deleted comes back, what was added goes.
for file in b.sv c.sv; do
	status 0 review
	n=$(sed -n "s/^. suggestion \\([0-9]*\\) for $file.*/\\1/p" "$work/out")
	status 0 review --suggestion "$n" --refuse all --apply
done
cmp b.sv <(git show HEAD:b.sv) || fail "what was deleted did not come back"
[ ! -e c.sv ] || fail "what was added is still there"
status 0 review
says "nothing waits"
git status --porcelain | grep -v blob.bin >"$work/left"
[ "$(cat "$work/left")" = " M rtl/a.sv" ] || fail "other files than those decided on differ: $(cat "$work/left")"

# A diff that deletes a file can be reviewed, too.
git show HEAD:keep.sv >keep.sv && rm keep.sv && git diff -- keep.sv >"$work/delete.diff" && git checkout -q keep.sv
status 0 apply "$work/delete.diff"
[ -e keep.sv ] || fail "bringing a diff into review deleted a file"
status 0 review --refuse 1 --take rest --apply
[ "$(cat keep.sv)" = "module keep;" ] || fail "half of a deletion is not half of the file"
git checkout -q keep.sv
status 0 apply "$work/delete.diff" --apply
[ ! -e keep.sv ] || fail "the file is still there"

# On the screen the palette does the same.
printf 'wait lint\nrun review --git\nwait REVIEW\nkey q\nrun review --git no-such-revision\nwait git: fatal\n' >"$work/keys"
rm -rf .posedge
status 0 --script "$work/keys"
