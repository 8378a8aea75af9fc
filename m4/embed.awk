# embed.awk - text files as C, so that the program needs nothing but itself.
# HEADER declares what is defined here.
#
#   awk -v header=HEADER -v prefix=PREFIX -f embed.awk FILES
#       a string for each file: page/style.css is PREFIXstyle
#   awk -v header=HEADER -v table=DECLARATION -v root=FOLDER -f embed.awk FILES
#       a table of { path below FOLDER, text }, ended by { NULL, NULL }
BEGIN {
	print "/* Made by m4/embed.awk. */"
	print "#include \"config.h\"\n"
	print "#include <stddef.h>\n"
	print "#include \"" header "\""
	between = table ? " }," : ";"
	if (table) printf "\n%s = {", table
}
FNR == 1 {
	if (NR > 1) printf "%s", between
	name = FILENAME
	if (table) {
		sub("^" root "/", "", name)
		printf "\n\t{ \"%s\",", name
	} else {
		gsub(/.*\/|\.[a-z]*$/, "", name)
		printf "\n\nconst char %s%s[] =", prefix, name
	}
}
{
	gsub(/\\/, "&&")
	gsub(/"/, "\\\"")
	gsub(/\?\?/, "?\\?")
	printf "\n\t  \"%s\\n\"", $0
}
END {
	print between
	if (table) print "\t{ NULL, NULL },\n};"
}
