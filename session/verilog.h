/* verilog.h - Verilog and SystemVerilog source: tokens, and an outline.
 *
 * The lexer is total: any bytes give tokens that cover them without a gap, so
 * it serves colours, the outline and the finding of files alike. The outline
 * is what can be known without elaborating: modules with ports and parameters,
 * what they instantiate, includes, what looks like a testbench. It does not
 * expand macros: of `ifdef branches all are read.
 * Grammar: IEEE 1800-2017 annex A, keywords per annex B.
 */
#ifndef POSEDGE_VERILOG_H
#define POSEDGE_VERILOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/lang.h"

enum vtoken_kind {
	VTOKEN_SPACE,
	VTOKEN_COMMENT,
	VTOKEN_DIRECTIVE,	/* `define, `FOO */
	VTOKEN_KEYWORD,
	VTOKEN_NAME,		/* also \escaped */
	VTOKEN_SYSTEM,		/* $display */
	VTOKEN_NUMBER,
	VTOKEN_STRING,
	VTOKEN_SYMBOL,		/* one operator or bracket, as long as it gets */
	VTOKEN_OTHER,		/* bytes that belong nowhere */
};

/* What must be remembered from one line to the next; 0 at the start of a file. */
enum vlex_state { VLEX_CODE, VLEX_COMMENT, VLEX_STRING };

struct vtoken {
	enum vtoken_kind kind;
	size_t off, len;
};

/* The token at off (off < len); *state is what holds there and is moved on. */
struct vtoken vlex_next(const char *text, size_t len, size_t off, enum vlex_state *state);

bool vkeyword(const char *word, size_t len, enum lang lang);	/* reserved in that language */

enum vport_dir { VPORT_INPUT, VPORT_OUTPUT, VPORT_INOUT, VPORT_REF, VPORT_INTERFACE };

struct vport {
	enum vport_dir dir;
	char *name;
	char *type;	/* "logic [7:0]", "wire signed [W-1:0]", "axi_if.master"; "" = a plain bit; as a declaration would say it */
	char *dims;	/* unpacked, "[0:3]"; "" */
	int line;	/* 1-based */
};

struct vparam {
	char *name;
	char *type;	/* "int"; "" */
	char *value;	/* its default as written; "" */
	bool local;	/* localparam */
};

struct vinstance {
	char *module;	/* what is instantiated */
	char *name;	/* "u0"; "" if it cannot be told */
	int line;
};

enum vunit_kind { VUNIT_MODULE, VUNIT_INTERFACE, VUNIT_PACKAGE, VUNIT_PROGRAM, VUNIT_PRIMITIVE, VUNIT_CLASS };

struct vmodule {
	enum vunit_kind kind;
	char *name;
	int line;		/* of the keyword, 1-based */
	int end_line;		/* of its end; 0 = the file ends before */
	size_t off, end;	/* bytes from the keyword to after the end and its label */
	struct vport *ports;
	size_t n_ports;
	struct vparam *params;
	size_t n_params;
	struct vinstance *instances;
	size_t n_instances;
	char **imports;		/* packages named by import or :: */
	size_t n_imports;
	bool has_initial;	/* an initial or final block */
	bool calls_finish;	/* $finish, $stop, $fatal somewhere */
	bool dumps;		/* $dumpvars */
	bool checks;		/* $error, $fatal, assert: it can fail */
	bool prints;		/* $display and alikes */
};

struct voutline {
	struct vmodule *modules;
	size_t n;
	char **includes;	/* as written between the quotes */
	size_t n_includes;
	bool systemverilog;	/* uses what Verilog-2005 does not have */
	bool v2005;		/* needs Verilog-2005 over 2001 */
};

/* Never fails. Recursion free; at most 10,000 units of each kind are kept. */
void voutline_init(struct voutline *o, const char *text, size_t len);
void voutline_fini(struct voutline *o);
const struct vmodule *voutline_module(const struct voutline *o, const char *name);	/* NULL: none */

/* No ports, an initial block, and instances or $finish; or only a clock, an
 * initial block and instances. */
bool vmodule_is_testbench(const struct vmodule *m);

#endif
