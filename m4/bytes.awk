# bytes.awk - a program as C, from what od prints of it: see sim/sandbox/launcher.h.
#
#   od -An -v -tu1 FILE | awk -v name=NAME -f bytes.awk
BEGIN {
	print "/* Made by m4/bytes.awk. */"
	print "#include \"config.h\"\n"
	print "#include \"sim/sandbox/launcher.h\"\n"
	printf "const char launch_name[] = \"%s\";\nconst unsigned char launch_bytes[] = {", name
}
{
	printf "\n\t"
	for (i = 1; i <= NF; i++) printf "%d,", $i
	n += NF
}
END {
	if (!n) printf " 0 "
	printf "\n};\nconst size_t launch_len = %d;\n", n
}
