/* verilog.h - Verilog and SystemVerilog source: tokens, and an outline.
 *
 * Map of session/verilog: the language. Pure: text in, facts out; knows no
 * file, no project and no tool.
 *
 *   lang                 which Verilog a project speaks
 *   verilog verilog_*    tokens and outline: modules, ports, instances
 *   vpp vpp_* vmacros    the preprocessor
 *   vstmt vstmt_*        statements as a light tree
 *   vrace vrace_*        races between clocked processes
 *   template template_*  an instance or a testbench made from ports
 *
 * The lexer is total: any bytes give tokens that cover them without a gap, so
 * it serves colours, the outline and the finding of files alike. The outline
 * is what can be known without elaborating: modules with ports and parameters,
 * what they instantiate, includes, data files, what looks like a testbench. It
 * is read through the preprocessor (vpp.h): of `ifdef branches the one that
 * holds, macros expanded, included files in their place. Of a generate all
 * branches are read.
 * Grammar: IEEE 1800-2017 annex A, keywords per annex B.
 */
#ifndef POSEDGE_VERILOG_H
#define POSEDGE_VERILOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/verilog/lang.h"

struct vmacros;

enum vtoken_kind {
	VTOKEN_SPACE,
	VTOKEN_COMMENT,
	VTOKEN_DIRECTIVE, /* `define, `FOO */
	VTOKEN_KEYWORD,
	VTOKEN_NAME,   /* also \escaped */
	VTOKEN_SYSTEM, /* $display */
	VTOKEN_NUMBER,
	VTOKEN_STRING,
	VTOKEN_SYMBOL, /* one operator or bracket, as long as it gets */
	VTOKEN_OTHER,  /* bytes that belong nowhere */
};

/* What must be remembered from one line to the next; 0 at the start of a file. */
enum vlex_state { VLEX_CODE, VLEX_COMMENT, VLEX_STRING };

struct vtoken {
	enum vtoken_kind kind;
	unsigned char word; /* of a keyword, which: an enum vword; else 0 */
	bool sv_word;	    /* a keyword that only SystemVerilog reserves */
	size_t off, len;
};

/* The token at off (off < len); *state is what holds there and is moved on. */
struct vtoken vlex_next(const char *text, size_t len, size_t off, enum vlex_state *state);

bool vkeyword(const char *word, size_t len, enum lang lang); /* reserved in that language */

enum vport_dir { VPORT_INPUT, VPORT_OUTPUT, VPORT_INOUT, VPORT_REF, VPORT_INTERFACE };

struct vport {
	enum vport_dir dir;
	char *name;
	/* "logic [7:0]", "wire signed [W-1:0]", "axi_if.master"; "" = a plain bit; as a
	 * declaration would say it */
	char *type;
	char *dims;	  /* unpacked, "[0:3]"; "" */
	int line;	  /* 1-based */
	bool has_default; /* "input en = 1'b1": need not be connected */
};

struct vparam {
	char *name;
	char *type;  /* "int"; "" */
	char *value; /* its default as written; "" */
	bool local;  /* localparam */
};

struct vinstance {
	char *module; /* what is instantiated */
	char *name;   /* "u0"; "" if it cannot be told */
	int line;
};

/* Powers of ten of a second, -9 for 1ns, -10 for 100ps. */
struct vtimescale {
	bool known; /* false: none was said */
	int unit, precision;
};

enum vunit_kind {
	VUNIT_MODULE,
	VUNIT_INTERFACE,
	VUNIT_PACKAGE,
	VUNIT_PROGRAM,
	VUNIT_PRIMITIVE,
	VUNIT_CLASS
};

struct vmodule {
	enum vunit_kind kind;
	char *name;   /* an escaped one that is no plain identifier keeps its backslash: \chip.a */
	int line;     /* of the keyword, 1-based */
	int end_line; /* of its end; 0 = the file ends before */
	size_t off, end; /* bytes from the keyword to after the end and its label */
	struct vport *ports;
	size_t n_ports;
	struct vparam *params;
	size_t n_params;
	struct vinstance *instances;
	size_t n_instances;
	char **imports; /* packages named by import or :: */
	size_t n_imports;
	struct vtimescale timescale; /* of timeunit in it, else of the `timescale before it */
	bool has_initial;	     /* an initial or final block */
	bool delays;		     /* a statement waits for a time: always #5 ..., begin #5 ... */
	bool calls_finish;	     /* $finish, $stop, $fatal somewhere */
	bool dumps;		     /* $dumpvars */
	bool checks;		     /* $error, $fatal, assert: it can fail */
	bool prints;		     /* $display and alikes */
};

/* A macro that was used (`NAME) or asked for (`ifdef NAME) while nothing had
 * defined it. Each name once, as used rather than as asked for; `ifndef NAME `error
 * is a use. */
struct vmacro_use {
	char *name;   /* without the backquote */
	int line;     /* of the first use */
	bool asked;   /* only asked for */
	bool refused; /* `ifdef NAME `error: the file must be read before what defines it */
};

struct vinclude {
	char *name; /* as written between the quotes, or as a macro made it */
	char *path; /* as the callback called it; NULL: it found none */
	int line;
	bool nested; /* it stands in an included file */
};

enum vdata_use {
	VDATA_READMEM, /* $readmemh, $readmemb */
	VDATA_FOPEN,
	VDATA_WRITEMEM, /* $writememh, $writememb */
	VDATA_DUMP,	/* $dumpfile */
	VDATA_SDF,	/* $sdf_annotate */
};

/* A file that the simulation reads or writes. */
struct vdata {
	enum vdata_use use;
	bool reads, writes; /* $fopen: by its mode; "r+" is both */
	/* literal, or that of a variable, a parameter or a concatenation with only
	 * literals in it; NULL: cannot be told */
	char *name;
	char *param; /* name stands in this parameter or variable; NULL: in none */
	char *unit;  /* it is in, "" */
	int line;
};

/* "rom #(.INIT("boot.hex")) u0": may override the name in a vdata of rom. */
struct vdata_param {
	char *module, *param; /* param NULL: the one at position */
	size_t position;      /* from 0 */
	char *value;
	int line;
};

struct vplusarg {
	char *name; /* "SEED" of $value$plusargs("SEED=%d", seed) */
	bool value; /* $value$plusargs */
	int line;
};

/* What a file is good for. */
enum vfile_kind {
	/* has a module or the like, or the end of one (it may be misspelt), or a branch
	 * that one of the tools may take */
	VFILE_UNITS,
	VFILE_EMPTY,  /* blanks and comments */
	VFILE_DEAD,   /* all that is in it is in branches that do not hold */
	VFILE_MACROS, /* only directives: fit for inclusion, says nothing by itself */
	/* only declarations that may stand outside of units: typedef, parameter, function,
	 * import */
	VFILE_DECLS,
	VFILE_FRAGMENT, /* tasks, assignments, statements, instances: fit only for inclusion */
	VFILE_CONFIG,	/* only a `config`, which says where a tool's libraries are */
	/* What no tool here reads, and nothing else is told of it: */
	VFILE_UTF16,
	VFILE_SEALED, /* encrypted: `protected, `pragma protect begin_protected */
};

/* "bind fifo checks c (...);" outside of units: a checks in each fifo. */
struct vbind {
	char *target, *module;
	int line;
};

struct voutline {
	struct vmodule *modules;
	size_t n;
	struct vbind *binds; /* by a module's name; those by paths of instances are not here */
	size_t n_binds;
	char **includes; /* names in it, as written between the quotes; not of included files */
	size_t n_includes;
	bool systemverilog; /* uses what Verilog-2005 does not have */
	bool v2005;	    /* needs Verilog-2005 over 2001 */
	enum vfile_kind kind;
	bool asks_tool;		   /* it asks which tool reads it: `ifdef VERILATOR, __ICARUS__ */
	struct vinclude *included; /* the same and those of included files, each path once */
	size_t n_included;
	struct vmacro_use *uses;
	size_t n_uses;
	/* what it and its includes define, as it holds at the end; never NULL after a read */
	struct vmacros *macros;
	struct vdata *data;
	size_t n_data;
	struct vdata_param *data_params;
	size_t n_data_params;
	struct vplusarg *plusargs;
	size_t n_plusargs;
	struct vtimescale timescale; /* that holds at the end, for the next file */
	char *nettype;		     /* of `default_nettype at the end; "" = none said */
	char **notes;		     /* limits that were met, finished sentences */
	size_t n_notes;
};

/* What an `include means. from is the path of the file it stands in, name what
 * stands between the quotes (angle: between < and >). True: *path, *text and
 * *len are set and stay until the read returns. False: there is no such file. */
typedef bool vpp_include_fn(void *ctx, const char *from, const char *name, bool angle,
			    const char **path, const char **text, size_t *len);

/* What a file is read with. All zero: nothing is defined, nothing can be included. */
struct vpp_env {
	const struct vmacros *given; /* defined before the first line; NULL: none */
	vpp_include_fn *include;     /* NULL: nothing is found */
	void *ctx;
};

/* Never fails. Recursion free; at most 10,000 units of each kind are kept. Units
 * that begin and end in an included file are not among them. path is that of
 * text, as the callback is to see it; env may be NULL. */
void voutline_read(struct voutline *o, const char *path, const char *text, size_t len,
		   const struct vpp_env *env);
void voutline_init(struct voutline *o, const char *text,
		   size_t len); /* with nothing defined or included */
void voutline_fini(struct voutline *o);
/* Adds the units, instances, imports and includes that other has and o has not:
 * the same file as another tool reads it. Nothing else of other counts. */
void voutline_add(struct voutline *o, const struct voutline *other);
/* Why no tool here reads such a file, a clause; NULL: they do. */
const char *voutline_unreadable(const struct voutline *o);
const struct vmodule *voutline_module(const struct voutline *o, const char *name); /* NULL: none */
/* Where the `endmodule` of a module of that text begins. False: it has none. */
bool voutline_endmodule(const char *text, size_t len, const char *module, size_t *off);

/* Makes its stimuli itself, by an initial block or by delays, and has instances,
 * $finish, or something that it prints or checks (who forgot the $finish is to
 * hear of that); and has no ports, or only a clock, or (when named as testbenches
 * are) only ports with defaults. A program without ports needs no instance. */
bool vmodule_is_testbench(const struct vmodule *m);

/* Whether a module stands within another one (IEEE 1800-2017 23.4). */
bool voutline_nests(const struct voutline *o);

/* A name as the command line of a tool wants it: \chip.a is chip.a. Borrowed. */
const char *vname_plain(const char *name);

#endif
