# How many functions of posedge itself ran in a dump of callgrind. Its lines are costs
# of the function named last; the one behind "calls=" is that of the callee. A name is
# given once, "fn=(7) str_add", and is "(7)" from then on. The compiler may split a
# function and name the pieces "push.part.0" or "push.cold": no name in C has a dot, so
# a piece counts as the function that it is from.
function name(tab, s,   id) {
	id = substr(s, 1, index(s, ")"))
	if (length(s) > length(id))
		tab[id] = substr(s, length(id) + 2)
	return tab[id]
}
/^c?ob=/ { o = name(objects, substr($0, index($0, "=") + 1)); if (/^ob/) object = o }
/^c?fn=/ { f = name(functions, substr($0, index($0, "=") + 1)); sub(/\..*/, "", f); if (/^fn/) current = f }
/^calls=/ { getline; next }
/^[-+*0-9]/ && object ~ /posedge[^\/]*$/ && $2 > 0 && !(current in ran) {
	ran[current]
	n++
}
END {
	if (list)
		for (f in ran) print f >list
	print n + 0, "session_record" in ran && "term_draw" in ran
}
