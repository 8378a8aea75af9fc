#!/usr/bin/env bash
# The arrows between the folders point inward: see "A tour of the source" in README.md.
# Fails with every include, and every symbol that an object takes from another,
# that goes where the table below does not let it; with a foreign library
# outside its home; with files that depend on each other in a circle; and with
# a folder whose map does not name each of its files.
set -eu
here=$PWD
cd "${srcdir:-.}"
bad=0

complain() {
	echo "$*"
	bad=1
}

# The folders of session/, from low to high, and what each may use beside itself.
allowed='
base:
text: base
verilog: base text
output: base verilog
testbench: base text verilog output
verdict: base output testbench
tool: base verilog output verdict
trace: base tool
waveview: base trace
why: base text tool trace
model: base verilog
answer: base text verilog
journal: base text output verdict model
option: base text tool
manifest: base text verilog
project: base text verilog output tool option manifest
workbench: base text verilog tool trace model journal option manifest project
proof: base text journal project workbench
graph: base text verilog journal project workbench
lint: base text verilog output tool model journal option project workbench
check: base text verilog output verdict tool trace why model journal option manifest project workbench lint
review: base text output tool answer journal option project workbench lint
ask: base text output trace model answer journal option project workbench review
export: base text verilog output verdict tool trace model answer journal
toolbox: base text verilog output verdict tool trace why model journal option manifest project workbench graph lint check review ask
servers: base text tool model option workbench toolbox
turn: base text output verdict tool model answer journal option project workbench lint check review ask toolbox
mutant: base text verilog output verdict tool journal option project workbench check toolbox
formal: base text verilog tool journal option project workbench lint check review
flow: base text verilog output verdict tool trace model answer journal option project workbench graph lint check review ask turn mutant formal
bench: base text verilog output verdict tool model answer journal option project workbench graph check review ask turn
command: base text verilog output verdict tool trace why waveview model answer journal option manifest project workbench proof graph lint check review ask export toolbox servers turn mutant flow bench formal
'

# The same of ui/.
allowed_ui='
look:
terminal: look
document: look terminal
widget: look terminal document
paint: look terminal document widget
screen: look terminal document widget paint
job: look document widget screen
act: look terminal document widget screen job
pane: look terminal document widget paint screen job act
turn: look terminal document widget paint screen job act pane
time: terminal document widget screen job turn
run: look terminal widget screen job act turn time
'

# The same of sim/ and backends/. What they have directly below them puts the
# folders together: a folder may include the header there, which declares what it
# defines.
allowed_sim='
sandbox:
stage: sandbox
trace: sandbox
netlist:
git: sandbox
viewer:
engine: sandbox stage netlist trace
yosys: sandbox stage engine
'
allowed_backends='
wire:
hosted: wire
acp: hosted
cookbook:
'

sources() {
	git ls-files '*.c' '*.h' 2>/dev/null || find . -name '*.[ch]' -not -path './build*' | sed 's|^\./||'
}

# Reads "FILE USES" and prints those that the table forbids. ui/main*.c puts
# the parts together; tests may look everywhere.
forbidden() {
	awk -v session="$allowed" -v ui="$allowed_ui" -v sim="$allowed_sim" -v backends="$allowed_backends" '
	function folder(path, part, n) {
		n = split(path, part, "/")
		return n > 2 && part[1] ~ /^(session|ui|sim|backends)$/ ? part[1] "/" part[2] : part[1]
	}
	function allow(whole, table, row, half, uses, n, k, i, j) {
		n = split(table, row, "\n")
		for (i = 1; i <= n; i++) {
			split(row[i], half, ":")
			k = split(half[2], uses, " ")
			for (j = 1; j <= k; j++)
				ok[whole "/" half[1], whole "/" uses[j]] = 1
		}
	}
	BEGIN {
		allow("session", session)
		allow("ui", ui)
		allow("sim", sim)
		allow("backends", backends)
	}
	$1 ~ /^ui\/main/ || $1 ~ /^tests\// || $2 == "config.h" { next }
	{
		from = folder($1)
		to = folder($2)
		if (index(to, from "/") == 1 || ($2 == to "/" to ".h" && index(from, to "/") == 1))
			next
		if (from == to || (from, to) in ok || (from !~ /^session/ && to ~ /^session\//))
			next
		print $1 " uses " $2 ": " from " may not"
	}'
}

includes=$(sources | xargs grep -HoE '^#[[:space:]]*include[[:space:]]+"[^"]+"' |
	sed -E 's/:#[[:space:]]*include[[:space:]]+"([^"]+)"/ \1/')
while read -r line; do
	[ -z "$line" ] || complain "$line"
done < <(forbidden <<<"$includes")

# A map names a file by its name, or by a pattern such as export_*.
for folder in session/*/ ui/*/ sim/*/ backends/*/; do
	folder=${folder%/}
	maps=$(grep -l "Map of $folder:" "$folder"/*.h || true)
	if [ "$(wc -w <<<"$maps")" != 1 ]; then
		complain "$folder: one header has its map, here: ${maps:-none}"
		continue
	fi
	# The first column of its rows.
	names=$(awk '/Map of/ { on = 1 }
		on && /^ \*   / { row = 1; sub(/^ \*   /, ""); sub(/  .*/, ""); print; next }
		row { exit }' "$maps")
	for file in "$folder"/*.[ch]; do
		base=$(basename "$file")
		base=${base%.*}
		found=no
		for name in $(set -f; echo $names); do
			# shellcheck disable=SC2053 # a pattern
			[[ $base == $name ]] && found=yes
		done
		[ $found = yes ] || [ "$file" = session/base/base.h ] || complain "$maps: its map does not name $base"
	done
done

# The tour in the README has the folders of session/ and ui/, in the same order.
toured=$(sed -n 's/^| `\([a-z]*\)` | .*/\1/p' README.md)
[ "$toured" = "$(sed -n 's/^\([a-z]*\):.*/\1/p' <<<"$allowed$allowed_ui")" ] ||
	complain "README.md: the folders of its tour are not those of the tables here"

# Symbols, where there are objects of these sources.
source_dir=$PWD
objects=$(cd "$here" && find session backends sim ui plugins -name '*.o' 2>/dev/null | sort |
	while read -r o; do
		[ -f "$source_dir/${o%.o}.c" ] && echo "$o"
	done || true)
if [ -n "$objects" ] && command -v nm >/dev/null; then
	links=$(cd "$here" && nm -A $objects 2>/dev/null | sed -E 's/:([0-9a-f]*) +/ /' |
		awk '$2 ~ /^[TDRBC]$/ { home[$3] = $1 }
		$2 == "U" { user[++n] = $1; wants[n] = $3 }
		END {
			for (i = 1; i <= n; i++)
				if (wants[i] in home && home[wants[i]] != user[i])
					print user[i], home[wants[i]]
		}' | sed 's/\.o\b//g' | sort -u)
	while read -r line; do
		[ -z "$line" ] || complain "$line (a symbol)"
	done < <(forbidden <<<"$links")
	# Files that reach themselves.
	circle=$(awk '
		{ uses[$1] = uses[$1] " " $2 }
		function reaches(start, n, i, k, at, stack, seen, next_) {
			stack[n = 1] = start
			while (n > 0) {
				at = stack[n--]
				k = split(uses[at], next_, " ")
				for (i = 1; i <= k; i++) {
					if (next_[i] == start)
						return 1
					if (!(next_[i] in seen)) {
						seen[next_[i]]
						stack[++n] = next_[i]
					}
				}
			}
			return 0
		}
		END {
			for (x in uses)
				if (reaches(x))
					print x
		}' <<<"$links" | sort)
	for file in $circle; do
		complain "$file: depends on itself by way of others"
	done
	[ -n "${ARROWS_SHOW:-}" ] && echo "in a circle:" $circle
else
	echo "no objects here: symbols were not looked at"
fi
while read -r name; do
	[ -z "$name" ] || complain "two sources are called $name"
done < <(sources | grep -E '^(session|backends|sim|ui|plugins)/.*\.c$' | sed 's|.*/||' | sort | uniq -d)

# Foreign libraries, each with its home.
home() {
	local pattern=$1 allowed=$2 file
	while read -r file; do
		[[ $file =~ ^($allowed)$ ]] || complain "$file includes <$pattern>: its home is $allowed"
	done < <(grep -lE "^#[[:space:]]*include[[:space:]]+<($pattern)" -r --include='*.[ch]' session backends sim ui plugins || true)
}
home 'uv\.h' 'session/base/(loop|child)\.c'
home 'curl/' 'backends/hosted/libcurl\.h'
home '(ncurses|curses|ncursesw/).*' 'ui/terminal/term_curses\.c'
home 'pcre2\.h' 'session/text/find\.c'
# Verilator's XML is streamed by its reader; small files go through session/text/xml.
home 'expat\.h' 'sim/netlist/vxml\.c|session/text/xml\.c'
home 'sodium\.h' 'session/base/(base64|hash)\.c|session/proof/seal\.c'
home 'dlfcn\.h' 'plugins/host\.c|session/base/late\.c'
home 'archive(_entry)?\.h' 'session/base/tar\.c'
home 'sqlite3\.h' 'session/graph/libsqlite\.h'
home 'zlib\.h' 'sim/trace/fst_unpack\.c'
home 'ucontext\.h' 'session/base/task\.c'
[ $bad = 0 ] && echo "the arrows point inward"
exit $bad
