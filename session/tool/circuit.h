/* circuit.h - an elaborated design as what drives what: instances, variables,
 * processes and their statements, each with its place in the source.
 *
 * hardware.h counts what a design is made of; this says how each value is computed.
 * One tree of nodes holds statements and expressions; node 0 means none. Modules
 * are those of a tool after elaboration: parameters are numbers, generate loops are
 * unrolled, and a module with other parameters is a separate module. Plain data
 * that owns its strings. Knows no tool, no file format and no values.
 *
 * The nodes of an expression, with their children in order:
 *
 *   CONST    ref: text, "4'h1", "4'bzzzz"       VAR   ref: variable
 *   PART     operand, first bit (0 is the lowest), number of bits
 *   ELEMENT  operand, index (0 is the lowest)    FIELD operand; ref: text, its name
 *   OUTSIDE  ref: text, a hierarchical name ("dut.q")
 *   COND     condition, then, else              CALL  ARGs; ref: node of the FUNCTION
 *   others   their operands; of equal width where SystemVerilog requires it, because
 *            the tool made every extension a node
 *
 * and of a statement:
 *
 *   ASSIGN, ASSIGN_LATER (<=)   right side, left side
 *   IF       condition, BLOCK [, BLOCK]
 *   CASE     value, ITEMs: values (none: default), then statements
 *   LOOP     BLOCKs: before, condition, body, step
 *   WAIT     something takes time: a delay, an event, a wait, a fork
 *   LABELLED statements that a JUMP inside leaves
 *   FUNCTION also a task; ref: text, its name; width: 1 + its first variable, which
 *            its other variables follow
 */
#ifndef POSEDGE_CIRCUIT_H
#define POSEDGE_CIRCUIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CIRCUIT_NODES_MAX     4000000u
#define CIRCUIT_INSTANCES_MAX 200000u /* that circuit_finish() creates */
#define CIRCUIT_NONE	      UINT32_MAX
#define CIRCUIT_DIMENSIONS    4 /* elements of an array with more are not distinguished */

enum circuit_op {
	CIRCUIT_OTHER, /* not understood */
	/* expressions */
	CIRCUIT_CONST,
	CIRCUIT_VAR,
	CIRCUIT_OUTSIDE,
	CIRCUIT_PART,
	CIRCUIT_ELEMENT,
	CIRCUIT_FIELD,
	CIRCUIT_CONCAT,
	CIRCUIT_REPLICATE,
	CIRCUIT_COND,
	CIRCUIT_NOT,
	CIRCUIT_LOG_NOT,
	CIRCUIT_AND,
	CIRCUIT_OR,
	CIRCUIT_XOR,
	CIRCUIT_XNOR,
	CIRCUIT_LOG_AND,
	CIRCUIT_LOG_OR,
	CIRCUIT_IMPLIES,
	CIRCUIT_EQ,
	CIRCUIT_NEQ,
	CIRCUIT_SAME,
	CIRCUIT_NOT_SAME,
	CIRCUIT_MATCH,
	CIRCUIT_NOT_MATCH,
	CIRCUIT_LT, /* each is followed by its signed form */
	CIRCUIT_LTS,
	CIRCUIT_GT,
	CIRCUIT_GTS,
	CIRCUIT_LTE,
	CIRCUIT_LTES,
	CIRCUIT_GTE,
	CIRCUIT_GTES,
	CIRCUIT_ADD,
	CIRCUIT_SUB,
	CIRCUIT_MUL,
	CIRCUIT_DIV,
	CIRCUIT_DIVS,
	CIRCUIT_MOD,
	CIRCUIT_MODS,
	CIRCUIT_NEGATE,
	CIRCUIT_LEFT,
	CIRCUIT_RIGHT,
	CIRCUIT_RIGHTS,
	CIRCUIT_RED_AND,
	CIRCUIT_RED_OR,
	CIRCUIT_RED_XOR,
	CIRCUIT_EXTEND,
	CIRCUIT_EXTENDS,
	CIRCUIT_COUNT_ONES,
	CIRCUIT_ONE_HOT,
	CIRCUIT_ONE_HOT0,
	CIRCUIT_IS_UNKNOWN,
	CIRCUIT_TRISTATE, /* data, enable: z when not enabled */
	CIRCUIT_TRISTATE0,
	CIRCUIT_CALL,
	CIRCUIT_ARG,
	/* statements and their containers */
	CIRCUIT_ASSIGN,
	CIRCUIT_ASSIGN_LATER,
	CIRCUIT_BLOCK,
	CIRCUIT_IF,
	CIRCUIT_CASE,
	CIRCUIT_ITEM,
	CIRCUIT_LOOP,
	CIRCUIT_LABELLED,
	CIRCUIT_JUMP,
	CIRCUIT_WAIT,
	CIRCUIT_PRINT,
	CIRCUIT_FUNCTION,
	CIRCUIT_PROCESS,
	CIRCUIT_EDGES,
	CIRCUIT_EDGE, /* an expression; flag: enum circuit_edge */
	CIRCUIT_INSTANCE,
	CIRCUIT_PORT, /* [expression]; ref: text, its name */
};

enum circuit_edge { CIRCUIT_RISING, CIRCUIT_FALLING, CIRCUIT_ANY };

struct circuit_node {
	uint8_t op;
	/* EDGE: circuit_edge; PORT: 'i', 'o', 'b'; PRINT: 1 if it ends the run; PART: 1 if it
	 * is not in the source, because the tool cut a value that is too wide */
	uint8_t flag;
	uint16_t file;	/* index in circuit.files */
	uint32_t line;	/* 0: unknown */
	uint32_t width; /* of an expression's value; 0: not bits, or unknown */
	uint32_t ref;
	uint32_t first, next;
};

struct circuit_var {
	char *name;   /* within its module, with its blocks: "lane[0].count" */
	uint32_t own; /* where its own name begins in it; that of an escaped one may have dots */
	uint32_t module;
	uint32_t width; /* of an element; 0: not bits */
	uint32_t line;
	uint16_t file;
	char direction;	   /* 'i', 'o', 'b'; 0: not a port of the module */
	bool constant;	   /* a parameter, or a label of an enum */
	bool counter;	   /* an int or integer, as used in loops */
	uint32_t function; /* node of the function that it is a port or variable of; 0: none */
	uint32_t value;	   /* node of a constant's value; 0: none */
	uint8_t n_dims;
	int32_t lowest[CIRCUIT_DIMENSIONS];
	uint32_t count[CIRCUIT_DIMENSIONS];
};

enum circuit_kind { CIRCUIT_CONTINUOUS, CIRCUIT_ALWAYS, CIRCUIT_INITIAL };

struct circuit_process {
	enum circuit_kind kind;
	uint32_t module;
	uint32_t node;	/* PROCESS: [EDGES,] statements */
	uint32_t edges; /* EDGES; 0: runs when a value it reads changes */
	bool clocked;	/* one of edges is rising or falling */
	bool timed;	/* waits for time, as testbenches do */
};

/* An instance as written in a module. */
struct circuit_child {
	char *name;		 /* with generate blocks: "lane[0].u" */
	uint32_t parent, module; /* CIRCUIT_NONE: has no source */
	char *source;		 /* the module's name in the source */
	uint32_t node;		 /* INSTANCE: PORTs */
	bool array;		 /* "inv u[3:0](...)": several instances that could not be
				  * distinguished */
};

/* A driver of a variable: a process, or a port of an instance. */
struct circuit_driver {
	uint32_t var;	      /* CIRCUIT_NONE: variable of another instance; port is the OUTSIDE
			       * node */
	uint32_t process;     /* CIRCUIT_NONE: driven by port */
	uint32_t child, port; /* port: node */
};

struct circuit_module {
	char *name, *source;
	uint32_t line;
	uint16_t file;
	bool top;
	bool package; /* has no instance */
};

/* An instance in the elaborated tree; the first is the top. */
struct circuit_instance {
	uint32_t parent; /* CIRCUIT_NONE */
	uint32_t child;	 /* CIRCUIT_NONE: the top */
	uint32_t module;
	char *path; /* "tb.dut.lane[0].u" */
};

struct circuit {
	struct circuit_node *nodes;
	struct circuit_module *modules;
	struct circuit_var *vars;
	struct circuit_process *processes;
	struct circuit_child *children;
	struct circuit_driver *drivers; /* sorted by var */
	struct circuit_instance *instances;
	char **files; /* relative to the project */
	char **texts;
	uint32_t n_nodes, n_modules, n_vars, n_processes, n_children, n_drivers, n_instances,
		n_files, n_texts;
	size_t cap_nodes, cap_modules, cap_vars, cap_processes, cap_children, cap_drivers,
		cap_instances, cap_files, cap_texts;
	bool cut; /* more than CIRCUIT_INSTANCES_MAX instances */
};

#define CIRCUIT_INIT ((struct circuit){ 0 })

void circuit_fini(struct circuit *c); /* back to empty */

/* Each adds an item and returns its number. Strings are copied. */
uint32_t circuit_node(struct circuit *c, enum circuit_op op);
uint32_t circuit_text(struct circuit *c, const char *text);
uint32_t circuit_file(struct circuit *c, const char *path);
uint32_t circuit_module(struct circuit *c, const char *name, const char *source);
uint32_t circuit_var(struct circuit *c, uint32_t module, const char *name);
uint32_t circuit_process(struct circuit *c, uint32_t module, enum circuit_kind kind, uint32_t node);
uint32_t circuit_child(struct circuit *c, uint32_t parent, const char *name, const char *source,
		       uint32_t node);

/* Finds the modules of children that have none yet. circuit_finish() does that too. */
void circuit_find_modules(struct circuit *c);

/* Call after the last item was added: finds the modules of children, determines how
 * processes run, lists drivers, and creates the tree of instances. */
void circuit_finish(struct circuit *c);

/* "count" of "lane[0].count"; borrowed. */
static inline const char *circuit_own_name(const struct circuit_var *v)
{
	return v->name + v->own;
}

static inline const struct circuit_node *circuit_at(const struct circuit *c, uint32_t node)
{
	return &c->nodes[node];
}

bool circuit_is_expression(const struct circuit *c, uint32_t node);

/* The *n drivers of a module's variable. For CIRCUIT_NONE: the drivers that assign
 * a hierarchical name in another instance. */
const struct circuit_driver *circuit_drivers(const struct circuit *c, uint32_t var, size_t *n);

/* What an assignment's left side refers to, below PART, ELEMENT and FIELD: a VAR,
 * an OUTSIDE, or a CONCAT of several. */
uint32_t circuit_base_node(const struct circuit *c, uint32_t left);

/* Calls fn for each variable that something below node assigns, with CIRCUIT_NONE
 * for an OUTSIDE; base: its node. */
void circuit_each_assigned(const struct circuit *c, uint32_t node,
			   void (*fn)(void *ctx, uint32_t var, uint32_t base), void *ctx);

/* circuit_walk() returns the next node in document order below top; 0 after the last. */
struct circuit_walk {
	uint32_t *stack;
	size_t n, cap;
};
uint32_t circuit_walk(const struct circuit *c, struct circuit_walk *w, uint32_t top);
void circuit_walk_end(struct circuit_walk *w);

#endif
