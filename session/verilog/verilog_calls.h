/* verilog_calls.h - calls that name files and plusargs, and where the names come
 * from.
 *
 * Internal header, for session/verilog/verilog*.c only. Gets every token and
 * finds
 *  $readmemh("rom.hex", mem)  $fopen(NAME, "r")  $test$plusargs("fast")
 *  NAME = "rom.hex"           for a parameter or a variable, or an assignment
 *  rom #(.NAME("boot.hex")) u0  rom #("boot.hex") u0
 * Knows no unit and keeps no list: passes what it finds to callbacks.
 */
#ifndef POSEDGE_VERILOG_CALLS_H
#define POSEDGE_VERILOG_CALLS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog_scan.h"

enum vcall_task {
	VCALL_NONE,
	VCALL_READMEM,
	VCALL_FOPEN,
	VCALL_FOPENR, /* Icarus: the mode is part of the name */
	VCALL_FOPENW, /* $fopenw, $fopena */
	VCALL_WRITEMEM,
	VCALL_DUMP,
	VCALL_SDF,
	VCALL_TEST,  /* $test$plusargs */
	VCALL_VALUE, /* $value$plusargs */
};

/* One argument: a literal (or several, concatenated), a name, or neither. */
struct vcall_arg {
	struct str text;  /* of all literals */
	bool literal;	  /* consists of literals only */
	struct vtok name; /* .len 0: not a single name */
	size_t tokens;
};

struct vcall {
	enum vcall_task task;
	int line;
	struct vcall_arg args[2];
	size_t n_args;
};

struct vcalls {
	struct vcall call;
	size_t depth;		      /* open brackets in the call */
	struct vtok assigned;	      /* NAME of "NAME =" */
	struct vtok dotted;	      /* NAME of ".NAME(" */
	struct vtok module;	      /* of "MODULE #" */
	size_t param_depth, position; /* inside "#( )" */
	void *ctx;
	void (*on_call)(void *ctx, const struct vcall *c);
	void (*on_literal)(void *ctx, const struct vtok *name, const struct vtok *value);
	/* name NULL: by position. value: a string or a name. */
	void (*on_override)(void *ctx, const struct vtok *module, const struct vtok *name,
			    size_t position, const struct vtok *value);
};

void vcalls_token(struct vcalls *c, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next);
void vcalls_fini(struct vcalls *c);

#endif
