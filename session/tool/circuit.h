/* circuit.h - an elaborated design as what drives what: instances, variables,
 * processes and their statements, each with its place in the source.
 *
 * Where hardware.h counts what a design is made of, this says how each value
 * comes about. A tree of nodes holds statements and expressions alike; node 0 is
 * none. Modules are those of a tool after elaboration: parameters are numbers,
 * generate loops are unrolled, and a module with other parameters is another one.
 * Plain data that owns its strings. Knows no tool, no file format and no values.
 *
 * The nodes of an expression, in the order of its children:
 *
 *   CONST    ref: text, "4'h1", "4'bzzzz"       VAR   ref: variable
 *   PART     what, first bit (0 is the last), number of bits
 *   ELEMENT  what, index (0 is the lowest)      FIELD what; ref: text, its name
 *   OUTSIDE  ref: text, a name by way of others ("dut.q")
 *   COND     condition, then, else              CALL  ARGs; ref: node of the FUNCTION
 *   others   their operands; of one width where SystemVerilog says so, since the
 *            tool made every extension a node
 *
 * and of a statement:
 *
 *   ASSIGN, ASSIGN_LATER (<=)   right side, left side
 *   IF       condition, BLOCK [, BLOCK]
 *   CASE     value, ITEMs: values (none: default), then statements
 *   LOOP     BLOCKs: before, condition, body, step
 *   WAIT     something takes time: a delay, an event, a wait, a fork
 *   LABELLED statements that a JUMP within leaves
 *   FUNCTION also a task; ref: text, its name; width: 1 + its first variable, after
 *            which its others stand
 */
#ifndef POSEDGE_CIRCUIT_H
#define POSEDGE_CIRCUIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CIRCUIT_NODES_MAX     4000000u
#define CIRCUIT_INSTANCES_MAX 200000u /* that circuit_finish() unfolds */
#define CIRCUIT_NONE	      UINT32_MAX
#define CIRCUIT_DIMENSIONS    4 /* an array of more is not told apart by element */

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
	CIRCUIT_LT, /* and those with a sign, each directly after */
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
	CIRCUIT_TRISTATE, /* data, enable: z without it */
	CIRCUIT_TRISTATE0,
	CIRCUIT_CALL,
	CIRCUIT_ARG,
	/* statements, and what holds them */
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
	CIRCUIT_EDGE, /* an expression; flag: which */
	CIRCUIT_INSTANCE,
	CIRCUIT_PORT, /* [expression]; ref: text, its name */
};

enum circuit_edge { CIRCUIT_RISING, CIRCUIT_FALLING, CIRCUIT_ANY };

struct circuit_node {
	uint8_t op;
	/* EDGE: circuit_edge; PORT: 'i', 'o', 'b'; PRINT: 1 it ends the run; PART: 1 no text
	 * has it, the tool cut what is too wide */
	uint8_t flag;
	uint16_t file;	/* of circuit.files */
	uint32_t line;	/* 0: not known */
	uint32_t width; /* of an expression's value; 0: not bits, or not known */
	uint32_t ref;
	uint32_t first, next;
};

struct circuit_var {
	char *name; /* in its module, with the blocks it is in: "lane[0].count" */
	uint32_t module;
	uint32_t width; /* of an element; 0: not bits */
	uint32_t line;
	uint16_t file;
	char direction;	   /* 'i', 'o', 'b'; 0: no port of the module */
	bool constant;	   /* a parameter */
	bool counter;	   /* an int or integer, as loops count with */
	uint32_t function; /* node of the one that it is a port or a variable of; 0: of none */
	uint32_t value;	   /* node of a parameter's value; 0 */
	uint8_t n_dims;
	int32_t lowest[CIRCUIT_DIMENSIONS];
	uint32_t count[CIRCUIT_DIMENSIONS];
};

enum circuit_kind { CIRCUIT_CONTINUOUS, CIRCUIT_ALWAYS, CIRCUIT_INITIAL };

struct circuit_process {
	enum circuit_kind kind;
	uint32_t module;
	uint32_t node;	/* PROCESS: [EDGES,] statements */
	uint32_t edges; /* EDGES; 0: runs when something it reads changes */
	bool clocked;	/* an edge of edges rises or falls */
	bool timed;	/* it waits for time: how a testbench is written */
};

/* As a module's text has it. */
struct circuit_child {
	char *name;		 /* with generate blocks: "lane[0].u" */
	uint32_t parent, module; /* CIRCUIT_NONE: it has no source */
	char *source;		 /* how the text calls its module */
	uint32_t node;		 /* INSTANCE: PORTs */
	bool array;		 /* "inv u[3:0](...)": several that could not be told apart */
};

/* Who assigns a variable: a process, or an instance by its port. */
struct circuit_driver {
	uint32_t var;	      /* CIRCUIT_NONE: of another instance, and port is the OUTSIDE node */
	uint32_t process;     /* CIRCUIT_NONE: port */
	uint32_t child, port; /* port: node */
};

struct circuit_module {
	char *name, *source;
	uint32_t line;
	uint16_t file;
	bool top;
};

/* One instance of the whole tree; the first is the top. */
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
	bool cut; /* there are more instances than CIRCUIT_INSTANCES_MAX */
};

#define CIRCUIT_INIT ((struct circuit){ 0 })

void circuit_fini(struct circuit *c); /* back to empty */

/* Each returns the new one's number. Strings are copied. */
uint32_t circuit_node(struct circuit *c, enum circuit_op op);
uint32_t circuit_text(struct circuit *c, const char *text);
uint32_t circuit_file(struct circuit *c, const char *path);
uint32_t circuit_module(struct circuit *c, const char *name, const char *source);
uint32_t circuit_var(struct circuit *c, uint32_t module, const char *name);
uint32_t circuit_process(struct circuit *c, uint32_t module, enum circuit_kind kind, uint32_t node);
uint32_t circuit_child(struct circuit *c, uint32_t parent, const char *name, const char *source,
		       uint32_t node);

/* Finds the modules of children that have none yet. circuit_finish() does it, too. */
void circuit_find_modules(struct circuit *c);

/* After the last is added: finds the modules of children, says of processes how
 * they run, lists drivers, and unfolds the tree from the top. */
void circuit_finish(struct circuit *c);

static inline const struct circuit_node *circuit_at(const struct circuit *c, uint32_t node)
{
	return &c->nodes[node];
}

bool circuit_is_expression(const struct circuit *c, uint32_t node);

/* The drivers of a variable of a module; *n of them. Of CIRCUIT_NONE: those that reach into
 * another instance by a name. */
const struct circuit_driver *circuit_drivers(const struct circuit *c, uint32_t var, size_t *n);

/* What an assignment's left side is about, below PART, ELEMENT and FIELD: a VAR, an
 * OUTSIDE, or a CONCAT of several. */
uint32_t circuit_base_node(const struct circuit *c, uint32_t left);

/* Calls fn for each variable that something below node assigns, with CIRCUIT_NONE for one
 * OUTSIDE; base: its node. */
void circuit_each_assigned(const struct circuit *c, uint32_t node,
			   void (*fn)(void *ctx, uint32_t var, uint32_t base), void *ctx);

/* The next node in document order below top; 0: that was the last. */
struct circuit_walk {
	uint32_t *stack;
	size_t n, cap;
};
uint32_t circuit_walk(const struct circuit *c, struct circuit_walk *w, uint32_t top);
void circuit_walk_end(struct circuit_walk *w);

#endif
