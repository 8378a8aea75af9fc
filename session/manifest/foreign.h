/* foreign.h - testbenches that are not Verilog, recognised by what they include.
 *
 * cocotb and MyHDL in Python, a main program in C++ for Verilator, SystemC,
 * VUnit; and a Makefile with a target `test`, `sim` or `check`. They are named
 * to the person, with the line that lets posedge run them (`testbench add`);
 * nothing of them is run. Pure but for tree.h.
 */
#ifndef POSEDGE_FOREIGN_H
#define POSEDGE_FOREIGN_H

#include <stddef.h>

struct tree;

#define FOREIGN_MAX_TEXT (256u << 10) /* bytes of a file that are looked at */
#define FOREIGN_MAX_READ 1000	      /* files looked into */
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
	char *top;	/* module that it tests; "": not told */
	char *command;	/* how it is likely to be run; "": not known */
	char *results;	/* the report that this is likely to write; "": none */
	char *sentence; /* all of it, with what to do */
};

struct foreign_list {
	struct foreign_testbench *v; /* by kind, then path */
	size_t n, cap;
};

void foreign_find(struct foreign_list *l, const struct tree *t); /* l is overwritten */
void foreign_list_fini(struct foreign_list *l);			 /* zeroed is fine */

#endif
