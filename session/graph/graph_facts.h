/* graph_facts.h - the facts in one design file, as rows: modules, signals, blocks,
 * instances, and who writes and reads what. Pure.
 *
 * Derived from the text alone, without elaboration and without other files, so only a
 * changed file has to be read again. What an instance does to a signal depends on a
 * port's direction in another file; it is left open here (GRAPH_PORT) and resolved by
 * the store (graph.h), which knows both.
 *
 *	clock	the first edge that a block waits for and does not test
 *	reset	an if at the start of a clocked block whose first branch gives a signal a
 *		constant: GRAPH_CLEAR there, GRAPH_RESET for the tested signal
 *
 * A use is kept once per line, block and role. Names the module does not declare are
 * ignored, except at an instance, where they are implicit nets. All branches of a
 * generate are read. Of two declarations of a name in a module the first counts. A
 * module that begins in an included file is a fact of that file only.
 */
#ifndef POSEDGE_GRAPH_FACTS_H
#define POSEDGE_GRAPH_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vpp.h"

/* Limits per file. Rows beyond them are left out, and facts.cut is set. */
#define GRAPH_TEXT_MAX	  (4u << 20) /* bytes after preprocessing */
#define GRAPH_MODULES_MAX 2000u
#define GRAPH_SIGNALS_MAX 50000u
#define GRAPH_USES_MAX	  200000u
#define GRAPH_NAME_MAX	  255u /* bytes; longer names are truncated */
#define GRAPH_DOC_MAX	  400u /* bytes of comment kept per item */

enum graph_role {
	GRAPH_DRIVE = 1u << 0,	   /* assigned */
	GRAPH_LOAD = 1u << 1,	   /* read */
	GRAPH_CONDITION = 1u << 2, /* read to decide an if, a case or a loop; implies LOAD */
	GRAPH_CLOCK = 1u << 3,	   /* the block waits for its edge */
	GRAPH_RESET = 1u << 4,	   /* resets something in the block; implies LOAD */
	GRAPH_CLEAR = 1u << 5,	   /* gets its reset value; implies DRIVE */
	GRAPH_PORT = 1u << 6,	   /* connected to a port of an instance */
};

enum graph_signal_kind {
	GRAPH_INPUT,
	GRAPH_OUTPUT,
	GRAPH_INOUT,
	GRAPH_INTERFACE,
	GRAPH_NET, /* any variable or net of the module */
	GRAPH_PARAMETER,
	GRAPH_VALUE, /* an enum value */
};

/* "input", "interface port", "signal", "parameter", "enum value". */
const char *graph_signal_word(enum graph_signal_kind k);

struct graph_module {
	enum vunit_kind kind;
	char *name;
	char *doc; /* the comment above it; "" */
	int line, end_line;
};

struct graph_signal {
	size_t module;
	enum graph_signal_kind kind;
	char *name, *type; /* type: "logic [7:0]"; a parameter's value; for an enum value
			    * "state_t = 2'd1"; "" */
	char *doc;	   /* the comment on its line, or above it; "" */
	int position;	   /* index of a port, from 0; else -1 */
	int line;
};

struct graph_block {
	size_t module;
	char *kind;	     /* "always_ff", "assign", "initial", "function", ... */
	char *name;	     /* label or function name; "" */
	char *clock, *reset; /* names; "" */
	char *doc;
	int line, end_line;
};

struct graph_instance {
	size_t module;
	char *of, *name;
	int line;
	bool star; /* .*: unnamed ports are connected by name */
};

struct graph_use {
	size_t signal;
	int block;     /* -1: none */
	int instance;  /* -1: none */
	char *port;    /* port name; NULL: connected by position */
	int position;  /* from 0; -1: by name */
	unsigned role; /* flags of enum graph_role */
	int line;
};

struct graph_facts {
	struct graph_module *modules;
	struct graph_signal *signals;
	struct graph_block *blocks;
	struct graph_instance *instances;
	struct graph_use *uses;
	size_t n_modules, n_signals, n_blocks, n_instances, n_uses;
	size_t cap_modules, cap_signals, cap_blocks, cap_instances, cap_uses;
	bool cut; /* a limit was reached */
};

/* A file after preprocessing, in one piece that keeps the file's line numbers. Feed
 * it the tokens in order. A second pass over the file (project_tokens()) is ignored. */
struct graph_flat {
	struct str text;
	struct graph_range { /* bytes of text, in order */
		size_t from, to;
	} * included; /* what came from included files */
	size_t n_included, cap_included;
	int line;
	bool over; /* a second pass began, or GRAPH_TEXT_MAX was reached */
	bool cut;
};

void graph_flat_token(struct graph_flat *f, const struct vpp_token *t);
void graph_flat_fini(struct graph_flat *f);

/* raw is the unprocessed file, used for its comments. */
void graph_facts_read(struct graph_facts *f, const struct graph_flat *flat, const char *raw,
		      size_t len);
void graph_facts_fini(struct graph_facts *f);

#endif
