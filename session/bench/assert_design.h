/* assert_design.h - a design folder of the suite `assert`: its files, its top, its clock.
 *
 * All Verilog below the folder is read. What is compiled: the files that the folder's
 * FPV_*.tcl analyzes, in that order, else those that hold what the top needs; the rest is
 * laid beside them for `include. The top is that of the script's `elaborate -top`, else
 * the module called as the folder, or so with _top or _core, else the one that needs most
 * others and is no testbench. The clock is that of the script when the top has it, else the
 * first that a process of the top waits for, else an input called so.
 */
#ifndef POSEDGE_ASSERT_DESIGN_H
#define POSEDGE_ASSERT_DESIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define ASSERT_FILES_MAX  600u
#define ASSERT_SOURCE_MAX (16u << 20) /* bytes of all files together */

struct assert_design {
	struct assert_file {
		char *path; /* relative to the folder */
		struct str text;
		bool compiled;
	} * files; /* compiled ones first, in their order */
	size_t n, top_file;
	char *top;
	char *clock;	     /* "posedge clk"; NULL: it has none */
	struct strv folders; /* for `include */
};

/* ERR_NOT_FOUND: there is no Verilog module, or none of the script's name. ERR_LIMIT. */
bool assert_design_read(const char *dir, struct assert_design *out, struct err *err);
void assert_design_fini(struct assert_design *d);

/* The text of the top's file with lines in it, each an item of the top, before its end.
 * first: the line of the first of them. False: its end is not found. */
bool assert_design_lay(const struct assert_design *d, const struct strv *lines, struct str *out,
		       int *first);

#endif
