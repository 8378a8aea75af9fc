/* verilog.h - Verilog and SystemVerilog source: tokens and an outline.
 *
 * Map of session/verilog: the language. Pure: text in, facts out; knows no file,
 * no project and no tool.
 *
 *   lang                 the version of Verilog that a project uses
 *   verilog verilog_*    tokens and outline: modules, ports, instances
 *   vpp vpp_* vmacros    the preprocessor
 *   vstmt vstmt_*        statements as a light tree
 *   vsystem              what the value of a system function depends on
 *   vrace vrace_*        races between clocked processes
 *   template template_*  an instance or a testbench generated from ports; template_data:
 *                        the files of new/, as the build embeds them
 *   configs              configurations, which no tool here reads
 *   print_task           tasks that print
 *   foreign_waves        tasks that write waves in other vendors' formats
 *
 * The lexer is total: the tokens of any bytes cover them without gaps, so it
 * serves highlighting, the outline and the search for files alike. The outline
 * has what is known without elaboration: modules with ports and parameters, what
 * they instantiate, includes, data files, what looks like a testbench. It is read
 * through the preprocessor (vpp.h): only active `ifdef branches, macros expanded,
 * included files in place. Of a generate all branches are read. Grammar: IEEE
 * 1800-2017 annex A, keywords per annex B.
 */
#ifndef POSEDGE_VERILOG_H
#define POSEDGE_VERILOG_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
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
	VTOKEN_SYMBOL, /* one operator or bracket, the longest match */
	VTOKEN_OTHER,  /* bytes that are not part of the language */
};

/* State carried from one line to the next; 0 at the start of a file. */
enum vlex_state { VLEX_CODE, VLEX_COMMENT, VLEX_STRING };

struct vtoken {
	enum vtoken_kind kind;
	unsigned char word; /* for a keyword its enum vword, else 0 */
	bool sv_word;	    /* a keyword reserved only in SystemVerilog */
	size_t off, len;
};

/* Reads the token at off (off < len); *state is the state there and is updated. */
struct vtoken vlex_next(const char *text, size_t len, size_t off, enum vlex_state *state);
/* The same into *t, for loops over whole files or a drawing: a token is large to copy. */
void vlex_into(const char *text, size_t len, size_t off, enum vlex_state *state, struct vtoken *t);

/* A walk over the tokens of a text that are code. */
struct vwalk {
	const char *text;
	size_t len, at; /* of the token; len at the end, and 0 with an empty token at first */
	size_t before;	/* end of the token before it */
	struct vtoken t;
	enum vlex_state lex;
};

bool vwalk_next(struct vwalk *w); /* false at the end */
/* The token is that word or operator; or one of these, up to NULL. */
bool vwalk_is(const struct vwalk *w, const char *word);
bool vwalk_is_any(const struct vwalk *w, const char *const *words);
/* From an opening bracket to after the one that closes it. */
void vwalk_skip_brackets(struct vwalk *w);

/* true if reserved in that language */
bool vkeyword(const char *word, size_t len, enum lang lang);

enum vport_dir { VPORT_INPUT, VPORT_OUTPUT, VPORT_INOUT, VPORT_REF, VPORT_INTERFACE };

struct vport {
	enum vport_dir dir;
	char *name;
	/* As in a declaration: "logic [7:0]", "wire signed [W-1:0]",
	 * "axi_if.master"; "": a plain bit. */
	char *type;
	char *dims;	  /* unpacked, "[0:3]"; "" */
	int line;	  /* 1-based */
	bool has_default; /* "input en = 1'b1": may be left unconnected */
};

struct vparam {
	char *name;
	char *type;  /* "int"; "" */
	char *value; /* default as written; "" */
	bool local;  /* localparam */
};

struct vinstance {
	char *module; /* module that is instantiated */
	char *name;   /* "u0"; "": unknown */
	int line;
};

/* Powers of ten of a second: -9 for 1ns, -10 for 100ps. */
struct vtimescale {
	bool known; /* false: none given */
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
	/* an escaped name that is not a plain identifier keeps its backslash: \chip.a */
	char *name;
	int line;	 /* of the keyword, 1-based */
	int end_line;	 /* of the end; 0: missing in the file */
	size_t off, end; /* bytes from the keyword to after the end and its label */
	struct vport *ports;
	size_t n_ports;
	struct vparam *params;
	size_t n_params;
	struct vinstance *instances;
	size_t n_instances;
	char **imports; /* packages named by import or :: */
	size_t n_imports;
	/* First words of names with a dot, each once: tb of tb.dut.q, and those of
	 * structures and instances. */
	char **heads;
	size_t n_heads;
	/* NAME of "NAME (...);" where an item may start, each once: a task, or a primitive
	 * whose instance has no name. */
	char **calls;
	size_t n_calls;
	/* from its timeunit, else from the `timescale before it, else from timeunit outside */
	struct vtimescale timescale;
	bool has_initial;  /* an initial or final block */
	bool delays;	   /* a statement waits for a time: always #5 ..., begin #5 ... */
	bool calls_finish; /* it contains $finish, $finish_and_return, $stop or $fatal */
	bool dumps;	   /* $dumpvars */
	bool checks;	   /* $error, $fatal, assert: it can fail */
	bool prints;	   /* $display and the like */
};

/* A macro that was used (`NAME) or tested (`ifdef NAME) while undefined. One
 * entry per name; a use takes precedence over a test; `ifndef NAME `error counts
 * as a use. */
struct vmacro_use {
	char *name; /* without the backquote */
	int line;   /* of the first use */
	bool asked; /* only tested */
	/* Each use is (part of) the file name of a $dumpfile; in_quotes: between `" and `". */
	bool dumps, in_quotes;
	/* `ifdef NAME `error: the file must be read before the one that defines it */
	bool refused;
};

struct vinclude {
	char *name; /* as written between the quotes, or as produced by a macro */
	char *path; /* as returned by the callback; NULL: not found */
	int line;
	bool nested; /* the `include is in an included file */
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
	bool reads, writes; /* $fopen: according to its mode; "r+" is both */
	/* A literal, or the value of a variable, parameter or concatenation that
	 * consists of literals only; NULL: unknown. */
	char *name;
	char *param; /* parameter or variable that holds the name; NULL: none */
	char *unit;  /* the unit it is in, or "" */
	int line;
};

/* "rom #(.INIT("boot.hex")) u0": may override the name in a vdata of rom. */
struct vdata_param {
	char *module, *param; /* param NULL: by position */
	size_t position;      /* from 0 */
	/* The literal; or that of the parameter `from` of the unit it is in, which
	 * `.INIT(FILE)` passes on, NULL if that has none. from NULL: it is a literal. */
	char *value, *unit, *from;
	int line;
};

struct vplusarg {
	char *name; /* "SEED" of $value$plusargs("SEED=%d", seed) */
	bool value; /* $value$plusargs */
	int line;
};

/* The use of a file. */
enum vfile_kind {
	/* Has a unit, or the end of one (whose start may be misspelt), or a
	 * branch that one of the tools may take. */
	VFILE_UNITS,
	VFILE_EMPTY,  /* only blanks and comments */
	VFILE_DEAD,   /* all of its contents are in inactive branches */
	VFILE_MACROS, /* only directives: to be included, means nothing on its own */
	/* Only declarations allowed outside of units: typedef, parameter,
	 * function, import. */
	VFILE_DECLS,
	VFILE_SUBS,	/* functions and tasks: to be included, or like these declarations */
	VFILE_FRAGMENT, /* assignments, statements, instances: can only be included */
	VFILE_CONFIG,	/* only a `config`, which maps a tool's libraries */
	/* Not readable by the tools here; nothing else is known about these: */
	VFILE_UTF16,
	VFILE_ONE_LINE, /* its lines end in CR alone */
	VFILE_BINARY,	/* control characters throughout: no text */
	VFILE_SEALED,	/* encrypted: `protected, `pragma protect begin_protected */
};

/* "bind fifo checks c (...);" outside of units: an instance of checks in each fifo. */
struct vbind {
	char *target, *module;
	char *text; /* from the module to the connections, may be cut */
	int line;
};

struct voutline {
	struct vmodule *modules;
	size_t n;
	struct vbind *binds; /* to a module's name; binds to instance paths are not listed */
	size_t n_binds;
	char **includes; /* names as written between the quotes; not those of included files */
	size_t n_includes;
	bool systemverilog; /* uses features that Verilog-2005 lacks */
	/* It declares a word that only SystemVerilog reserves. Of SystemVerilog itself it uses no
	 * more than $urandom and '1, which tools accept in Verilog too. */
	bool old_names;
	bool v2005; /* needs Verilog-2005 rather than 2001 */
	enum vfile_kind kind;
	bool configures;	   /* has a `config` */
	bool asks_tool;		   /* tests which tool reads it: `ifdef VERILATOR, __ICARUS__ */
	struct vinclude *included; /* these and those of included files, each path once */
	size_t n_included;
	struct vmacro_use *uses;
	size_t n_uses;
	/* Macros defined by it and its includes, as of the end; never NULL after a read. */
	struct vmacros *macros;
	struct vdata *data;
	size_t n_data;
	struct vdata_param *data_params;
	size_t n_data_params;
	struct vplusarg *plusargs;
	size_t n_plusargs;
	/* Names of types, their values, parameters, functions and tasks that are declared, here
	 * and in included files; and names that are used like one of these, or like a module,
	 * and are not declared. See verilog_types.h. */
	struct strv names, lacked;
	struct vtimescale timescale; /* in effect at the end, for the next file */
	bool timeunit;		     /* timeunit stands outside of units */
	char *nettype;		     /* of `default_nettype at the end; "": none given */
	char **notes;		     /* limits that were hit, as complete sentences */
	size_t n_notes;
};

/* Resolves an `include. from: path of the file it is in; name: the text between
 * the quotes (angle: between < and >). True: *path, *text and *len are set and
 * stay valid until the read returns. False: there is no such file. */
typedef bool vpp_include_fn(void *ctx, const char *from, const char *name, bool angle,
			    const char **path, const char **text, size_t *len);

/* Environment for reading a file. All zero: nothing is defined, nothing can be included. */
struct vpp_env {
	const struct vmacros *given; /* defined before the first line; NULL: none */
	vpp_include_fn *include;     /* NULL: no file is found */
	void *ctx;
};

/* Never fails. Not recursive; keeps at most 10,000 entries of each kind. Units
 * that start and end in an included file are left out. path: the path of text,
 * passed to the callback; env may be NULL. */
void voutline_read(struct voutline *o, const char *path, const char *text, size_t len,
		   const struct vpp_env *env);
void voutline_init(struct voutline *o, const char *text,
		   size_t len); /* with nothing defined or included */
void voutline_fini(struct voutline *o);
/* Adds units, instances, imports and includes that other has and o lacks, where
 * other is the same file as read by another tool. The rest of other is ignored. */
void voutline_add(struct voutline *o, const struct voutline *other);
/* A clause that says why no tool here reads such a file; NULL if they do. */
const char *voutline_unreadable(const struct voutline *o);
/* NULL: not found */
const struct vmodule *voutline_module(const struct voutline *o, const char *name);
const struct vport *vmodule_port(const struct vmodule *m, const char *name); /* likewise */
bool voutline_instantiates(const struct voutline *o, const char *module);
/* The first that no other instantiates; NULL: none. */
const struct vmodule *voutline_top(const struct voutline *o);
/* Finds the offset of the `endmodule` of a module in the text. False if it has none. */
bool voutline_endmodule(const char *text, size_t len, const char *module, size_t *off);

/* True if the module drives its own stimuli, by an initial block or by delays;
 * and has instances, $finish, or something it prints or checks (so that a missing
 * $finish can be reported); and has no ports, or only a clock, or (if named like
 * a testbench) only ports with defaults. A program without ports needs no
 * instance. */
bool vmodule_is_testbench(const struct vmodule *m);

/* True if a module is nested in another one (IEEE 1800-2017 23.4). */
bool voutline_nests(const struct voutline *o);

/* The name as used on a tool's command line: chip.a for \chip.a. Borrowed. */
const char *vname_plain(const char *name);

#endif
