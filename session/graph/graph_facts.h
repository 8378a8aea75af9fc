/* graph_facts.h - what one file says of a design, as rows: modules, signals, blocks,
 * instances, and who writes and reads what. Pure.
 *
 * Told from the text alone, without elaborating and without any other file: so a file
 * that changes is read again and no other. What an instance does to a signal depends on
 * the direction of a port in another file, and is left open here (GRAPH_PORT); the store
 * (graph.h) knows both.
 *
 *	clock	the first edge that a block waits for and does not test
 *	reset	an if that stands first in a clocked block, whose side that comes first
 *		gives a signal a constant: GRAPH_CLEAR there, GRAPH_RESET for what it tests
 *
 * A use is kept once for each line, block and role. Names that the module does not
 * declare are passed over, but for those at an instance, which are implicit nets. Of a
 * generate all branches are read, of a name declared twice in a module the first.
 */
#ifndef POSEDGE_GRAPH_FACTS_H
#define POSEDGE_GRAPH_FACTS_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vpp.h"

/* Limits for each file: what is above is left out, and facts.cut is set. */
#define GRAPH_TEXT_MAX	  (4u << 20) /* bytes after the preprocessor */
#define GRAPH_MODULES_MAX 2000u
#define GRAPH_SIGNALS_MAX 50000u
#define GRAPH_USES_MAX	  200000u
#define GRAPH_NAME_MAX	  255u /* bytes; a longer name is cut */
#define GRAPH_DOC_MAX	  400u /* bytes of comment that go with a thing */

enum graph_role {
	GRAPH_DRIVE = 1u << 0,	   /* assigned */
	GRAPH_LOAD = 1u << 1,	   /* read */
	GRAPH_CONDITION = 1u << 2, /* read to decide: of an if, a case, a loop; LOAD too */
	GRAPH_CLOCK = 1u << 3,	   /* the block waits for its edge */
	GRAPH_RESET = 1u << 4,	   /* it resets something in the block; LOAD too */
	GRAPH_CLEAR = 1u << 5,	   /* it gets its reset value; DRIVE too */
	GRAPH_PORT = 1u << 6,	   /* connected to a port of an instance */
};

enum graph_signal_kind {
	GRAPH_INPUT,
	GRAPH_OUTPUT,
	GRAPH_INOUT,
	GRAPH_INTERFACE,
	GRAPH_NET, /* any variable or net of the module */
	GRAPH_PARAMETER,
	GRAPH_VALUE, /* of an enum */
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
	char *name, *type; /* type: "logic [7:0]", of a parameter its value, of a
			    * value of an enum "state_t = 2'd1"; "" */
	char *doc;	   /* the comment on its line, or above it; "" */
	int position;	   /* of a port, from 0; else -1 */
	int line;
};

struct graph_block {
	size_t module;
	char *kind;	     /* "always_ff", "assign", "initial", "function", ... */
	char *name;	     /* label or function; "" */
	char *clock, *reset; /* names; "" */
	char *doc;
	int line, end_line;
};

struct graph_instance {
	size_t module;
	char *of, *name;
	int line;
	bool star; /* .*: ports that are not named are connected by their names */
};

struct graph_use {
	size_t signal;
	int block;     /* -1: none */
	int instance;  /* -1: none */
	char *port;    /* of the instance; NULL: by position */
	int position;  /* from 0; -1: by name */
	unsigned role; /* a set of enum graph_role */
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
	bool cut; /* a limit was met */
};

/* A file as the compiler sees it, in one piece with the lines of the file: feed it the
 * tokens in their order. A second pass over the file (project_tokens()) is passed over. */
struct graph_flat {
	struct str text;
	int line;
	bool over; /* a second pass began, or GRAPH_TEXT_MAX was met */
	bool cut;
};

void graph_flat_token(struct graph_flat *f, const struct vpp_token *t);
void graph_flat_fini(struct graph_flat *f);

/* raw is the file as it stands, for its comments. */
void graph_facts_read(struct graph_facts *f, const struct graph_flat *flat, const char *raw,
		      size_t len);
void graph_facts_fini(struct graph_facts *f);

#endif
