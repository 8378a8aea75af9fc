#!/usr/bin/env bash
# The arrows between the folders point inward: see "The shape" in README.md.
# Fails with every include that points the wrong way.
set -eu
cd "${srcdir:-.}"
bad=0

# say FILE INCLUDE WHY
say() {
	echo "$1 includes $2: $3"
	bad=1
}

# Our own includes, by folder.
while IFS=: read -r file include; do
	case $file in
	ui/main.c | ui/main_*.c | tests/*) continue ;;
	esac
	folder=${file%%/*}
	to=${include%%/*}
	case $file in
	session/base/*)
		case $include in config.h | session/base/*) ;; *) say "$file" "$include" "base knows only base" ;; esac
		continue
		;;
	esac
	case $include in
	config.h | session/* | "$folder"/*) ;;
	*) say "$file" "$include" "$folder may include itself and session" ;;
	esac
done < <(grep -HoE '^#[[:space:]]*include[[:space:]]+"[^"]+"' $(git ls-files '*.c' '*.h' 2>/dev/null || find . -name '*.[ch]' -not -path './build*' | sed 's|^\./||') |
	sed -E 's/:#[[:space:]]*include[[:space:]]+"([^"]+)"/:\1/')

# Foreign libraries, each with its home.
home() {
	local pattern=$1 allowed=$2 file
	while read -r file; do
		case $file in tests/*) continue ;; esac
		[[ $file =~ ^($allowed)$ ]] || say "$file" "<$pattern>" "its home is $allowed"
	done < <(grep -lE "^#[[:space:]]*include[[:space:]]+<($pattern)" -r --include='*.[ch]' session backends sim ui plugins || true)
}
home 'uv\.h' 'session/base/(loop|child)\.c'
home 'curl/' 'backends/libcurl\.h'
home '(ncurses|curses|ncursesw/).*' 'ui/term_curses\.c'
home 'pcre2\.h' 'ui/find\.c'
# Verilator's XML is streamed by its reader; small files go through session/text/xml.
home 'expat\.h' 'sim/netlist\.c|session/text/xml\.c'
home 'sodium\.h' 'session/base/(base64|hash)\.c|session/proof/seal\.c'
home 'dlfcn\.h' 'plugins/host\.c|backends/libcurl\.c'
home 'ucontext\.h' 'session/base/task\.c'
[ $bad = 0 ] && echo "the arrows point inward"
exit $bad
