#!/usr/bin/env bash
# Reviewing changes in the working tree: refused lines are restored byte for byte,
# undecided ones stay, and everything can be undone.
. "${srcdir:?}/tests/lib/lib.sh"
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

# A file that differs and cannot be reviewed is no file that does not differ.
cp keep.sv "$work/keep" && truncate -s 6M keep.sv
status 2 review --git
notes "keep.sv: larger than 1 MB, too large to review"
[ ! -s "$work/out" ] || fail "a file that was not read does not differ: $(cat "$work/out")"
printf 'wait lint\nrun review --git\nwait keep.sv: larger than 1 MB, too large to review\n' >"$work/keys"
status 0 --script "$work/keys"
cp "$work/keep" keep.sv
# It is the same if the text of HEAD is the large one.
mkdir "$work/large" && cd "$work/large" && git init -q .
{ echo 'module l;'; yes '// one of many lines' | head -n 60000; echo endmodule; } >l.sv
git add -A && git commit -qm first && printf 'module l;\nendmodule\n' >l.sv
status 2 review --git
notes "l.sv: larger than 1 MB, too large to review"
cd "$work/p"
# Changed, deleted, added, and a binary file.
printf 'module a;\n  wire uno;\n  wire two;\n  wire tres;\nendmodule\n' >rtl/a.sv
rm b.sv
printf 'module c;\nendmodule\n' >c.sv
printf 'a\0b' >blob.bin
cp -r . "$work/before"
status 0 review --git
says "3 files from outside wait"
notes "blob.bin: not text"
status 0 review
says "b.sv (deleted already), by outside"
says "c.sv (new file, there already), by outside"
says "rtl/a.sv (there already), by outside"
diff -r -x .posedge -x .git . "$work/before" || fail "looking changed a file"

# One line is refused, one stays undecided.
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

# Refusing restores what was deleted and removes what was added.
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
printf 'wait lint\nrun review --git\nwait REVIEW\nkey q\nrun review --git no-such-revision\nwait there is no commit no-such-revision\n' >"$work/keys"
rm -rf .posedge
status 0 --script "$work/keys"

# Before the first commit there is nothing to compare with.
(mkdir "$work/unborn" && cd "$work/unborn" && git init -q . && printf 'module a;\nendmodule\n' >a.sv &&
	status 2 review --git && notes "there is no commit HEAD yet") || exit 1

# A repository is more than one folder. said WHAT: the file of WHAT was changed, and is found.
said() {
	says "1 file from outside waits"
	status 0 review
	says "a.sv"
	rm -rf .posedge
}
changed() { printf 'module a;\n  wire other;\nendmodule\n' >"$1"; }
rm -rf .posedge && git add -A && git commit -qm second
git worktree add -q "$work/tree" && (cd "$work/tree" && changed rtl/a.sv && status 0 review --git && said) || exit 1
git clone -q --shared . "$work/shared" && (cd "$work/shared" && changed rtl/a.sv && status 0 review --git && said) || exit 1
git clone -q --shared "$work/shared" "$work/twice" && (cd "$work/twice" && changed rtl/a.sv && status 0 review --git && said) || exit 1
git clone -q . "$work/linked" && mv "$work/linked/.git" "$work/elsewhere.git" && ln -s "$work/elsewhere.git" "$work/linked/.git"
(cd "$work/linked" && changed rtl/a.sv && status 0 review --git && said) || exit 1
git clone -q . "$work/named" && git -C "$work/named" -c protocol.file.allow=always submodule --quiet add "$work/p" part >/dev/null 2>&1
(cd "$work/named/part" && changed rtl/a.sv && status 0 review --git && said) || exit 1
# Below the top of the repository.
(cd "$work/shared/rtl" && status 0 -C . review --git && said) || exit 1

# The person's own settings hold inside too, with what they include and name.
mkdir -p "$XDG_CONFIG_HOME/git" "$HOME/more"
printf '[include]\n\tpath = %s/more/config\n' "$HOME" >"$XDG_CONFIG_HOME/git/config"
printf '[core]\n\texcludesFile = ~/more/ignored\n' >"$HOME/more/config"
echo '*.tmp.sv' >"$HOME/more/ignored"
unset GIT_CONFIG_GLOBAL
cd "$work/twice" && : >x.tmp.sv
status 0 review --git
silent_on "x.tmp.sv"
export GIT_CONFIG_GLOBAL=/dev/null
cd "$work/p" || exit 1

# git runs in the sandbox: it sees the repository, read-only, and no network, and
# not the home folder. In place of git, something that says what it sees.
look_for_isolation
[ "$isolated" = yes ] || exit 0
echo mine >"$HOME/secret"
cat >"$work/box" <<E
#!/bin/bash
before=()
while [ \$# -gt 0 ]; do
	before+=("\$1")
	[ "\$1" != -- ] || break
	shift
done
case " \$* " in *" git "*) ;; *) exec bwrap "\${before[@]}" "\${@:2}" ;; esac
exec bwrap "\${before[@]}" sh -c 'saw=
	test -e "\$1/secret" && saw="\$saw home"
	touch made "\$2/made" 2>/dev/null && saw="\$saw writable"
	test -r "\$2/b.sv" && saw="\$saw project"
	grep -q "^[^l]*[0-9]:" /proc/net/dev 2>/dev/null && saw="\$saw network"
	echo "saw:\$saw" >&2; exit 1' - "$HOME" "$work/p"
E
chmod +x "$work/box"
POSEDGE_BWRAP=$work/box status 2 review --git
[ "$(tail -n 1 "$work/err")" = "posedge: git: saw: project" ] || fail "what git sees is not the project alone"
[ ! -e made ] || fail "what runs in place of git can write"
# A .git file that names a folder in which all of the person's lies: it is not shown.
mkdir "$work/lies" "$HOME/objects" && cd "$work/lies" || exit 1
echo 'ref: refs/heads/x' >"$HOME/HEAD" && echo "gitdir: $HOME" >.git
POSEDGE_BWRAP=$work/box status 2 review --git
[ "$(tail -n 1 "$work/err")" = "posedge: git: saw:" ] || fail "a stranger's .git file shows the home folder"

# In a chroot the kernel gives nobody a user namespace; root does without one.
cd "$work/p" && mkdir "$work/root"
if [ "$(id -u)" = 0 ] && unshare -m sh -c "mount --rbind / $work/root && chroot $work/root true" 2>/dev/null; then
	unshare -m sh -c "mount --rbind / $work/root && exec chroot $work/root sh -c 'cd $work/p && exec \"$posedge\" review --git'" \
		>"$work/out" 2>"$work/err" </dev/null || fail "git in a chroot"
fi
exit 0
