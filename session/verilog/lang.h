/* lang.h - the version of Verilog that a project uses. */
#ifndef POSEDGE_LANG_H
#define POSEDGE_LANG_H

#include <stdbool.h>

enum lang { LANG_V2001, LANG_V2005, LANG_SV2017 };

const char *lang_name(enum lang l); /* "verilog2001", "verilog2005", "sv2017" */
bool lang_parse(const char *name, enum lang *l);
const char *lang_title(enum lang l); /* "Verilog-2001", ... for users and prompts */

/* File type by extension, ignoring case: .v .vl .vlog .verilog; .sv; .vh .svh; .vhd .vhdl. */
enum lang_file {
	LANG_FILE_OTHER,
	LANG_FILE_V,
	LANG_FILE_SV,
	LANG_FILE_VH,
	LANG_FILE_SVH,
	LANG_FILE_VHDL
};

enum lang_file lang_file(const char *path);

#endif
