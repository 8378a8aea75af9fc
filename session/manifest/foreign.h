/* foreign.h - finds testbenches that are not Verilog, by what they include.
 *
 * cocotb and MyHDL in Python, a C++ main program for Verilator, SystemC, VUnit;
 * and Makefiles with a target `test`, `sim` or `check`. They are reported to the
 * user with the line that makes posedge run them (`testbench add`); none is run
 * here. Pure but for tree.h.
 */
#ifndef POSEDGE_FOREIGN_H
#define POSEDGE_FOREIGN_H

#include <stddef.h>

struct tree;

#define FOREIGN_MAX_TEXT (256u << 10) /* bytes of a file that are examined */
#define FOREIGN_MAX_READ 1000	      /* files opened */
#define FOREIGN_MAX	 100

enum foreign_kind {
	FOREIGN_COCOTB,
	FOREIGN_MYHDL,
	FOREIGN_VUNIT,
	FOREIGN_VERILATOR,
	FOREIGN_SYSTEMC,
	FOREIGN_MAKE
};

struct foreign_testbench {
	enum foreign_kind kind;
	char *path;
	char *top;	/* module under test; "": unknown */
	char *command;	/* likely command to run it; "": unknown */
	char *results;	/* report the command is likely to write; "": none */
	char *sentence; /* all of this in words, with what to do */
};

struct foreign_list {
	struct foreign_testbench *v; /* sorted by kind, then path */
	size_t n, cap;
};

void foreign_find(struct foreign_list *l, const struct tree *t); /* l is overwritten */
void foreign_list_fini(struct foreign_list *l);			 /* zeroed is fine */

#endif
