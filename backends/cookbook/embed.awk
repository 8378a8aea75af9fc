# embed.awk - the cookbook's files as one C table, so that the program needs
# nothing but itself: awk -v root=FOLDER -f embed.awk FILES > cookbook_data.c
BEGIN {
	print "/* Made by embed.awk from the files of backends/cookbook. */"
	print "#include \"config.h\"\n"
	print "#include <stddef.h>\n"
	print "#include \"backends/cookbook_card.h\"\n"
	print "const struct cookbook_file cookbook_files[] = {"
}
FNR == 1 {
	if (open) print "\t},"
	path = FILENAME
	sub("^" root "/", "", path)
	printf "\t{ \"%s\",", path
	open = 1
}
{
	gsub(/\\/, "\\\\")
	gsub(/"/, "\\\"")
	gsub(/\?\?/, "?\\?")
	printf "\n\t  \"%s\\n\"", $0
}
END {
	if (open) print "\t},"
	print "\t{ NULL, NULL },\n};"
}
