/* assert_design.h - a design folder of the suite `assert`: its files, its top, its clock.
 *
 * Reads all Verilog below the folder. Compiled are the files that the folder's
 * FPV_*.tcl analyzes, in that order, else the files that define what the top needs;
 * the others are kept for `include. The top is that of the script's `elaborate -top`,
 * else the module named like the folder, possibly with _top or _core, else the
 * module, not a testbench, that needs the most others. The clock is the script's if
 * the top has it, else the first clock that a process of the top waits for, else an
 * input with such a name.
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
	} * files; /* compiled ones first, in compile order */
	size_t n, top_file;
	char *top;
	char *clock;	     /* "posedge clk"; NULL: none */
	struct strv folders; /* for `include */
};

/* ERR_NOT_FOUND: there is no Verilog module, or none with the script's name.
 * ERR_LIMIT: too many files or bytes. */
bool assert_design_read(const char *dir, struct assert_design *out, struct err *err);
void assert_design_fini(struct assert_design *d);

/* Appends the text of the top's file with lines inserted before its end, each an item of
 * the module. *first: line number of the first one. False: the module's end was not found. */
bool assert_design_lay(const struct assert_design *d, const struct strv *lines, struct str *out,
		       int *first);

#endif
