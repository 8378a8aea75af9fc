/* why_inner.h - shared by the files of session/why.
 *
 * From low to high: places and values (why_place), drivers (why_drivers), expressions
 * (why_eval), statements (why_pass), function results (why_call), one step (why_step),
 * the chain (why).
 */
#ifndef POSEDGE_WHY_INNER_H
#define POSEDGE_WHY_INNER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/text/name_map.h"
#include "session/tool/circuit.h"
#include "session/trace/bits.h"
#include "session/why/why.h"

struct trace;

#define ELEMENT_MAX 64	   /* bytes of "[3][17]", ".a" */
#define NEST_MAX    400	   /* nested expressions, calls, statements */
#define WORK_MAX    400000 /* nodes visited per step */
#define WIDTH_MAX   65536u /* bits of a value; wider ones are treated as not known */

/* A variable of an instance, or one element or field of it. */
struct place {
	uint32_t instance, var;
	char element[ELEMENT_MAX]; /* "": all */
};

/* Bits from low on; n 0: all of them. */
struct range {
	uint32_t low, n;
};

/* A driver of a place and its instance, which differs from the place's if the name
 * goes through others ("dut.q", a port of an interface). */
struct driver {
	const struct circuit_driver *d;
	uint32_t instance;
};

/* Values that an expression needed. */
struct need {
	struct place place;
	struct range range;
	bool chose; /* only selected among possible sources */
	bool index; /* only chose the element or the bits */
	bool here;  /* assigned earlier by the same process in the same pass */
	uint32_t node;
};

/* What a function did for a value: a statement, or a condition. */
struct told {
	uint32_t node;	      /* the statement or condition */
	uint32_t right, leaf; /* of a statement; right 0: a condition, as in a guard */
	uint32_t item;
	char truth;
	bool passed;
};

struct told_list {
	struct told *v;
	size_t n, cap;
};

/* A condition on the path to a statement. */
struct guard {
	const struct guard *outer;
	uint32_t node; /* the condition; for a case its value */
	uint32_t item; /* for a case: the item that matched, or did not; 0 */
	char truth;    /* for an if: 0, 1 or x */
	bool passed;   /* the statement was reached; false: this prevented it */
	struct need *needs;
	size_t n_needs, cap_needs;
	struct told_list told;
};

struct known { /* assigned in this pass */
	struct place place;
	struct bits value;
};

/* An executed assignment to the target. */
struct write {
	uint32_t node, right; /* the statement, and its right side */
	struct range range;   /* of the target */
	struct bits value;
	const struct guard *guard;
	struct need *needs;
	size_t n_needs, cap_needs;
	uint32_t leaf; /* the part of right that gave the value */
	struct told_list told;
	struct need *where; /* for the indices on the left side */
	size_t n_where, cap_where;
	size_t blocked; /* number of branches not taken before it */
};

/* One execution of a process with the values of one time. */
struct pass {
	struct why *w;
	uint32_t instance;
	uint64_t time; /* of the values read */
	struct known *env;
	size_t n_env, cap_env;
	int depth;
	bool jumping;		/* to the end of the innermost CIRCUIT_LABELLED */
	bool unsure;		/* something was not understood, or is not in the trace */
	int nested;		/* depth of calls being examined */
	uint32_t result;	/* for a call: the port that returns the value */
	struct told_list *told; /* records what functions did; NULL: off */
	/* The target of the query; CIRCUIT_NONE: none. */
	struct place target;
	struct range wanted; /* bits of the target; n 0: all */
	bool only_x;	     /* needs: only those that bring an x */
	bool writes_only;    /* records what is written to the target: no needs, no guards */
	const struct guard *guard;
	struct guard **guards; /* owns all guards */
	size_t n_guards, cap_guards;
	struct write *writes;
	size_t n_writes, cap_writes;
	const struct guard **blocked; /* guards that prevented an assignment to the target */
	size_t n_blocked, cap_blocked;
};

/* Receives what a call's result depended on. */
struct call_ops {
	/* An argument of the call, and what does not belong to the function. chose:
	 * only selected. */
	void (*argument)(void *ctx, uint32_t node, bool chose);
	void (*read)(void *ctx, const struct need *need, bool chose);
	void *ctx;
};

/* A value in place of the one in the trace. */
struct instead {
	bool on, used;
	struct place place;
	uint64_t time;
	struct bits value;
};

struct why {
	const struct circuit *c;
	struct trace *t;
	struct name_map signals;   /* full name -> signal of t */
	struct name_map instances; /* path -> instance */
	char **keys; /* of signals: the names in the trace, then others (why_unnamed) */
	size_t n_keys, cap_keys;
	bool *handed; /* per variable, see is_handed(); NULL: not looked at yet */
	struct bits_pool pool;
	int computing;	       /* depth of nested computed values, which are not in the trace */
	int depth;	       /* of the expressions of the pass that asks for a value */
	int waiting;	       /* of those of the passes that wait for it */
	struct why_memo *memo; /* of computed values; NULL: none */
	size_t given_up;       /* computed values that limits left unknown */
	long work;	       /* left for this step */
	long spent;	       /* by all steps so far, with what they tried */
	atomic_bool *stop;     /* set: the rest need not be found; NULL: none */
	const char *wanted;    /* of the signal of this step, in binary; "" or NULL: not known */
	struct instead instead;
	/* The value of what is not in the trace, computed from its driver. */
	bool (*compute)(struct why *w, const struct place *p, uint64_t time, struct bits *out);
	void (*call)(struct pass *r, uint32_t call, int depth); /* executes a function */
	/* Reports what the result in a variable of a function depended on;
	 * CIRCUIT_NONE: its return value. Adds the function's statements to r->told.
	 * False: calls are nested too deep, or there is no result. */
	bool (*result)(struct pass *r, uint32_t call, uint32_t var, const struct call_ops *ops);
};

/* why_place */
void place_name(const struct why *w, const struct place *p, struct str *out);
bool place_signal(const struct why *w, const struct place *p, size_t *signal);
uint32_t place_width(const struct why *w, const struct place *p);
/* False: not known; out is all x. */
bool place_value(struct why *w, const struct place *p, uint64_t time, struct bits *out);
/* The net on the other side of a directly connected port. port: its PORT node in the
 * instance. False: none. */
bool place_beyond(const struct why *w, const struct place *p, struct place *out, uint32_t *port);
/* The PORT node that connects a port of an instance to its parent; 0: none. */
uint32_t place_port(const struct why *w, uint32_t instance, uint32_t var);
bool place_same(const struct place *a, const struct place *b);
struct place place_of(const struct why_signal *s);
/* Resolves "dut.q" as seen from an instance. */
bool place_outside(const struct why *w, uint32_t instance, const char *name, struct place *out);

/* The variable of a left side as seen from an instance; without its element. */
bool place_base(const struct why *w, uint32_t instance, uint32_t left, struct place *out);

/* why_drivers */
#define DRIVERS_MAX 10000
/* The drivers of a place, its own module's first, at most DRIVERS_MAX; the caller
 * frees them. *more: there are others; may be NULL. */
struct driver *drivers_of(const struct why *w, const struct place *p, size_t *n, bool *more);
/* True if something below a node, seen from an instance, assigns the variable of p. */
bool drives(const struct why *w, uint32_t instance, uint32_t node, const struct place *p);
/* True if the variable is handed to something that is not understood and may assign it, such as
 * $readmemh: that is no driver. */
bool is_handed(struct why *w, uint32_t var);

/* why_eval */
struct bits eval(struct pass *r, uint32_t node);
char eval_truth(struct pass *r, uint32_t node);
/* The place that a reference names, with its element; false: not known. */
bool eval_place(struct pass *r, uint32_t node, struct place *out, struct range *range);
/* Adds what the indices of a left side depended on. */
void eval_indices(struct pass *r, uint32_t node, struct need **v, size_t *n, size_t *cap);
/* Adds what a call's result in that variable depended on. */
void eval_result(struct pass *r, uint32_t call, uint32_t var, struct need **v, size_t *n,
		 size_t *cap);
/* Adds what those bits of node's value depended on. leaf: where they came from. */
void eval_needs(struct pass *r, uint32_t node, struct range range, struct need **v, size_t *n,
		size_t *cap, uint32_t *leaf);

/* why_pass */
static inline const struct circuit_node *pass_node(const struct pass *r, uint32_t node)
{
	return &r->w->c->nodes[node];
}
void pass_init(struct pass *r, struct why *w, uint32_t instance, uint64_t time);
void pass_process(struct pass *r, uint32_t process);
void pass_bind(struct pass *r, uint32_t call);
/* Acts as if the process had just assigned that number to a variable of its own
 * instance. */
void pass_set(struct pass *r, uint32_t var, uint32_t number);
void pass_call(struct pass *r, uint32_t call, int depth);
void pass_fini(struct pass *r);

/* The next port of a function after a variable, in argument order, without its result;
 * after 0: the first. CIRCUIT_NONE: none. */
uint32_t pass_port(const struct pass *r, uint32_t function, uint32_t after);

/* why_call; implements why.result */
bool call_result(struct pass *r, uint32_t call, uint32_t var, const struct call_ops *ops);

/* why_since: the last change at or before a time; 0: none, or not in the trace. *often: the
 * number of changes until then, at most SINCE_OFTEN. */
#define SINCE_OFTEN 16
uint64_t since_change(struct why *w, const struct why_signal *s, uint64_t time, size_t *often);
/* When the signal, x at that time, last became x; it may have held several values with
 * an x since. Later edges only keep an x alive, so this is where its cause is. ever: also
 * if it began so; else time, since before the reset nearly all signals have an x. */
uint64_t since_x(struct why *w, const struct why_signal *s, uint64_t time, bool ever);

/* why_words: a name as the source spells it, an escaped one with its backslash and blank. */
void why_name(const char *name, struct str *out);
void why_expression(const struct circuit *c, uint32_t node, struct str *out);

/* why_step: adds the lines of the connections from a signal to where it is driven. */
void why_connections(struct why *w, const struct why_signal *s, struct why_step *to);

#endif
