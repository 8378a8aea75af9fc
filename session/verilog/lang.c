#include "config.h"

#include "session/verilog/lang.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name, *title;
} langs[] = {
	[LANG_V2001] = { "verilog2001", "Verilog-2001" },
	[LANG_V2005] = { "verilog2005", "Verilog-2005" },
	[LANG_SV2017] = { "sv2017", "SystemVerilog (IEEE 1800-2017)" },
};

const char *lang_name(enum lang l)
{
	return langs[l].name;
}

const char *lang_title(enum lang l)
{
	return langs[l].title;
}

bool lang_parse(const char *name, enum lang *l)
{
	for (size_t i = 0; i < sizeof(langs) / sizeof(*langs); i++) {
		if (strcmp(langs[i].name, name) == 0) {
			*l = (enum lang)i;
			return true;
		}
	}
	return false;
}

enum lang_file lang_file(const char *path)
{
	static const struct {
		const char *ending;
		enum lang_file file;
	} endings[] = {
		{ ".v", LANG_FILE_V },	     { ".vl", LANG_FILE_V },
		{ ".vlog", LANG_FILE_V },    { ".verilog", LANG_FILE_V },
		{ ".sv", LANG_FILE_SV },     { ".vh", LANG_FILE_VH },
		{ ".svh", LANG_FILE_SVH },   { ".vhd", LANG_FILE_VHDL },
		{ ".vhdl", LANG_FILE_VHDL },
	};
	const char *dot = strrchr(path, '.');

	for (size_t i = 0; dot && i < sizeof(endings) / sizeof(*endings); i++)
		if (strcasecmp(dot, endings[i].ending) == 0)
			return endings[i].file;
	return LANG_FILE_OTHER;
}
