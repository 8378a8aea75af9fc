#!/usr/bin/env bash
# A session from its first event to a teacher's table: verified, sealed, handed in,
# tampered with, listed, archived, deleted and restored.
. "${srcdir:?}/tests/lib/lib.sh"
need tar sha256sum

cd "$work" && mkdir blink && cd blink
status 0 new blink
mv blink/* . && rmdir blink 2>/dev/null
status 2 verify
notes "there is no session"
status 0 note "it begins"
status 0 ask "8-bit up counter with enable and synchronous reset" --apply
status 0 verify
says "not sealed"
says "shows only against a code noted elsewhere"
id=$(ls .posedge/sessions)
journal=.posedge/sessions/$id/journal.jsonl

# Sealed: the key is made, and the code is always the same.
status 0 seal
code=$(sed -n 's/^code //p' "$work/out")
[ "$(stat -c %a "$XDG_CONFIG_HOME/posedge/seal.key")" = 600 ] || fail "the key is not private"
status 0 log
says "sealed up to #"
status 0 note "and goes on"
status 0 verify "$id" --code "$(echo "$code" | tr 'A-Z-' 'a-z ')"
says "the code is of the seal that is event"
says "yours"
status 1 verify "$id" --code AAAAA-AAAAA-AAAAA-AAAAA
says "of none of these events"
# Ten lines of docs/session.md say the same.
sed -n '/^previous=$/,/^echo whole$/p' "$srcdir/docs/session.md" >"$work/check.sh"
[ "$(bash -c 'cd "$0" && . "$1"' ".posedge/sessions/$id" "$work/check.sh")" = whole ] || fail "the lines of docs/session.md do not find it whole"

# A fork brings the seal along, which covers the journal that it was forked from.
status 0 fork
fork=$(ls .posedge/sessions | tail -n 1)
grep -q '"type":"seal"' ".posedge/sessions/$fork/journal.jsonl" || fail "the fork is without the seal"
status 0 verify "$fork"
says "not sealed"
rm -r ".posedge/sessions/$fork"

# A changed byte, and a tail that is missing.
cp "$journal" "$work/kept"
sed -i 's/it begins/it begun!/' "$journal"
status 1 verify
says "broken at event 2"
head -n 3 "$work/kept" >"$journal"
status 1 verify
says "broken at event 4"
says "is missing"
cp "$work/kept" "$journal"
status 0 verify

# Recorded lints and runs can be repeated, with the local tools and sandbox.
command -v verilator_bin >/dev/null && {
	status 0 lint rtl/counter.sv
	status 0 handin again
	status 0 verify again.posedge --rerun
	says "run again: 0 of 1 differ"
	status 0 verify again.posedge --csv --rerun
	says 'why,run again'
	says ',"0 of 1 differ"'
	rm again.posedge
}

# One file, and what a teacher sees.
status 0 handin
tar xOf blink.posedge report.html >"$work/report.html"
grep -qi '^<!doctype html>' "$work/report.html" && grep -q 'blink' "$work/report.html" || fail "the hand-in has no page to read"
code=$(sed -n 's/^code //p' "$work/out")
[ "$(stat -c %a blink.posedge)" = 600 ] || fail "the hand-in is not private"
tar tf blink.posedge | grep -qx files/rtl/counter.sv || fail "the design is not in it"
status 0 verify blink.posedge --code "$code"
says "sealed up to"
mkdir "$work/class" && cp blink.posedge "$work/class/=anna.posedge" && cd "$work/class"
mkdir x && tar xf "=anna.posedge" -C x
repack() { (cd x && find . -type f -printf '%P\0' | tar --format=ustar -cf "../$1" --null -T -); }
repack same.posedge
printf '// mine\n' >>x/files/rtl/counter.sv && repack edited.posedge
sed -i 's/it begins/it begun!/' x/session/journal.jsonl && repack forged.posedge
ln -s /etc/passwd x/files/link && (cd x && tar --format=ustar -cf ../link.posedge .)
head -c 3000 same.posedge >cut.posedge
head -c 3000 /dev/urandom >noise.posedge
status 1 verify ./*.posedge --csv
says 'file,state,events'
[ "$(wc -l <"$work/out")" = 8 ] || fail "not a row each"
grep -q "^\"./=anna.posedge\",\"whole\",.*$code" "$work/out" || fail "the whole one is not whole"
for f in edited forged link cut noise; do
	grep -q "^\"./$f.posedge\",\"broken\"" "$work/out" || fail "$f passes for whole"
done
grep -q '^"./same.posedge","whole",[0-9]*,"[-0-9T:]*Z",[0-9]*,0,[1-9]' "$work/out" || fail "no lines by the model"
status 0 verify "=anna.posedge" --csv
grep -q "^\"'=anna" "$work/out" || fail "a spreadsheet would compute a name"
status 1 verify edited.posedge
says "rtl/counter.sv is not as it was sealed"

# The page in a hand-in is not signed, and that is said; --report makes it from the journal.
printf '<p>all by me</p>\n' >>x/report.html && tar xf "=anna.posedge" -C x session/journal.jsonl files/rtl/counter.sv && rm x/files/link && repack page.posedge
status 0 verify page.posedge --report page.html
says "report.html is not sealed"
grep -q 'all by me' page.html && fail "the page is that of the hand-in"
bare() { sed 's/page.html/blink/g; s/<span class="id">[^<]*//' "$1"; }
diff <(bare page.html) <(bare "$work/report.html") >"$work/diff" || fail "another page: $(head -n 3 "$work/diff" | cut -c 1-200)"
status 2 verify page.posedge same.posedge --report page.html
# What is not there is not named, and a page that is not made is.
rm x/report.html && repack bare.posedge
status 0 verify bare.posedge
silent_on "report.html"
status 1 verify forged.posedge --report forged.html
notes "forged.posedge is broken: nothing of it is run again, and no page is made"
silent_on "FILE makes that page"
[ ! -e forged.html ] || fail "a page of a forged session"

# A file is as it was sealed whatever its size; one that nobody would unpack is left out by name.
cd "$work/blink"
{ echo "module rom;"; yes "// a row of a table" | head -n 300000; echo "endmodule"; } >rtl/rom.sv
truncate -s 65M rtl/huge.sv
status 0 handin
notes "rtl/huge.sv is left out: it is too large (65.0 MB)"
silent_on "changed while it was packed"
status 0 verify blink.posedge
[ "$(tar xOf blink.posedge files/rtl/rom.sv | sha256sum)" = "$(sha256sum <rtl/rom.sv)" ] || fail "another file was handed in"
rm rtl/rom.sv rtl/huge.sv
# A pipe in place of a file is named, too.
mv spec.md spec.was && mkfifo spec.md
status 0 handin
notes "spec.md is left out: it is not a regular file"
rm spec.md && mv spec.was spec.md

# A secret typed into a file is reported before the file is handed in.
cd "$work/blink"
printf '// key sk-a1B2c3D4e5F6g7H8i9J0k1L2\n' >>rtl/counter.sv
rm blink.posedge
status 2 handin
notes "rtl/counter.sv:"
[ ! -e blink.posedge ] || fail "it was handed in all the same"
status 0 handin --anyway

# A hidden file that the session knows is left out by name; who reads a hand-in refuses such files.
if command -v git >/dev/null; then
	git init -q . && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m begin
	printf 'obj_dir\n' >.gitattributes
	status 0 review --git
	status 0 handin --anyway
	notes ".gitattributes is left out"
	tar tf blink.posedge | grep -q '/\.' && fail "a hidden file is in it"
	status 0 verify blink.posedge
	rm -r .git .gitattributes
fi

# The sessions of the project.
id=$(ls .posedge/sessions)
status 0 sessions
says "$id"
status 0 sessions --rename "$id" "the first one"
status 0 sessions
says "the first one"
status 2 sessions --rename "$id"
status 2 sessions --delete ../sessions
notes "there is no session"
drop "$work/kept" "$POSEDGE_TEST_DIGESTS"
status 2 sessions --delete "$id"
notes "\`posedge sessions --delete $id --yes\` does it"
[ -d ".posedge/sessions/$id" ] || fail "it was deleted unasked"
status 0 sessions --delete "$id" --yes
[ ! -e ".posedge/sessions/$id" ] || fail "it was not deleted"
status 0 sessions
says "in the trash"
status 2 sessions --empty
notes "--yes"
status 0 sessions --restore "$id"
# With a terminal it asks.
tty=$builddir/tests/screen/tty
answers() {	# STATUS KEYS ARGUMENTS...
	local ends=$1 keys=$2
	shift 2
	timeout 600 "$tty" "$posedge" "$@" >"$work/out" 2>"$work/err" <<S || fail "$*: $(head -n 2 "$work/err")"
wait (y/N)
keys $keys
ends $ends
S
}
[ -x "$tty" ] && {
	for no in '\r' 'n\r' '\x04' '\x03' 'yess\r'; do
		answers 2 "$no" sessions --delete "$id"
		[ -d ".posedge/sessions/$id" ] || fail "$no deleted it"
	done
	answers 0 'y\r' sessions --delete "$id"
	[ ! -e ".posedge/sessions/$id" ] || fail "yes did not delete it"
	answers 2 'n\r' sessions --empty
	[ -d ".posedge/trash/$id" ] || fail "no emptied the trash"
	status 0 sessions --restore "$id"
}
status 0 verify "$id"
status 2 sessions --restore "$id"
command -v zstd >/dev/null && {
	status 0 sessions --archive "$id"
	[ ! -e ".posedge/sessions/$id" ] && [ -f ".posedge/archive/$id.tar.zst" ] || fail "it was not archived"
	status 0 sessions
	says "archived"
	cp ".posedge/archive/$id.tar.zst" "$work/z"
	head -c 2000 "$work/z" >".posedge/archive/$id.tar.zst"
	status 2 sessions --restore "$id"
	[ ! -e ".posedge/sessions/$id" ] || fail "a torn archive was restored"
	cp "$work/z" ".posedge/archive/$id.tar.zst"
	status 0 sessions --restore "$id"
	status 0 verify "$id"
	[ ! -e ".posedge/archive/$id.tar.zst" ] || fail "it is in two places"
}
mkdir "$work/none"
TEST_PATH=$work/none status 2 sessions --archive "$id"
notes "apt-get install zstd"
TEST_PATH=$work/none status 2 doctor
says "missing  zstd       apt-get install zstd (archives sessions)"
status 0 verify "$id"
status 0 sessions --delete "$id" --yes
status 0 sessions --empty --yes
says "1 session is gone"
status 0 sessions
says "there are none yet"
