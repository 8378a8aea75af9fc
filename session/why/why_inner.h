/* why_inner.h - what the files of session/why share.
 *
 * From low to high: places and values (why_place), who assigns them (why_drivers),
 * expressions (why_eval), statements (why_pass), what functions gave back (why_call), one
 * step (why_step), the chain (why).
 */
#ifndef POSEDGE_WHY_INNER_H
#define POSEDGE_WHY_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/text/name_map.h"
#include "session/tool/circuit.h"
#include "session/trace/bits.h"
#include "session/why/why.h"

struct str;
struct trace;

#define ELEMENT_MAX 64	   /* bytes of "[3][17]", ".a" */
#define NEST_MAX    400	   /* expressions in each other, calls, statements */
#define WORK_MAX    400000 /* nodes that one step may look at */
#define WIDTH_MAX   65536u /* bits of a value; what is wider is not known */

/* A variable of an instance, or one element or field of it. */
struct place {
	uint32_t instance, var;
	char element[ELEMENT_MAX]; /* "" = all */
};

/* Bits from low on; 0 bits: all of them. */
struct range {
	uint32_t low, n;
};

/* Who assigns a place, and in which instance: by a name through others ("dut.q", a port of
 * an interface) that is another one than the place's own. */
struct driver {
	const struct circuit_driver *d;
	uint32_t instance;
};

/* What an expression needed to come to its value. */
struct need {
	struct place place;
	struct range range;
	bool chose; /* only chose between what the value could have come from */
	bool here;  /* was assigned before, by the same process in the same pass */
	uint32_t node;
};

/* What a function did on the way to a value: a statement, or a condition of one. */
struct told {
	uint32_t node;	      /* the statement, the condition */
	uint32_t right, leaf; /* of a statement; right 0: a condition, as in a guard */
	uint32_t item;
	char truth;
	bool passed;
};

struct told_list {
	struct told *v;
	size_t n, cap;
};

/* A condition on the way to a statement. */
struct guard {
	const struct guard *outer;
	uint32_t node; /* the condition; of a case its value */
	uint32_t item; /* of a case: the item that matched, or did not; 0 */
	char truth;    /* of an if: 0, 1 or x */
	bool passed;   /* the statement was reached; false: this kept from it */
	struct need *needs;
	size_t n_needs, cap_needs;
	struct told_list told;
};

struct known { /* assigned in this pass */
	struct place place;
	struct bits value;
};

/* An assignment that was carried out, to what is asked about. */
struct write {
	uint32_t node, right; /* the statement, what it assigns */
	struct range range;   /* of the target */
	struct bits value;
	const struct guard *guard;
	struct need *needs;
	size_t n_needs, cap_needs;
	uint32_t leaf; /* the part of right that the value came from */
	struct told_list told;
	struct need *where; /* of the left side's indices */
	size_t n_where, cap_where;
	size_t blocked; /* how many branches were not taken before it */
};

/* A process carried out once, with the values of one time. */
struct pass {
	struct why *w;
	uint32_t instance;
	uint64_t time; /* of the values that are read */
	struct known *env;
	size_t n_env, cap_env;
	int depth;
	bool jumping;		/* to the end of the innermost CIRCUIT_LABELLED */
	bool unsure;		/* something was not understood, or not in the trace */
	int nested;		/* calls that are looked into */
	uint32_t result;	/* of a call: the port whose value comes back */
	struct told_list *told; /* where what functions did is noted; NULL: nowhere */
	/* What is asked about; CIRCUIT_NONE: nothing. */
	struct place target;
	struct range wanted; /* of its bits; n 0: all */
	bool only_x;	     /* needs: those that bring an x */
	const struct guard *guard;
	struct guard **guards; /* all that were made */
	size_t n_guards, cap_guards;
	struct write *writes;
	size_t n_writes, cap_writes;
	const struct guard **blocked; /* that kept from an assignment to the target */
	size_t n_blocked, cap_blocked;
};

/* Who is told what a call's result depended on. */
struct call_ops {
	/* An argument of the call, and what is not the function's own. chose: only chose. */
	void (*argument)(void *ctx, uint32_t node, bool chose);
	void (*read)(void *ctx, const struct need *need, bool chose);
	void *ctx;
};

struct why {
	const struct circuit *c;
	struct trace *t;
	struct name_map signals;   /* full name -> signal of t */
	struct name_map instances; /* path -> instance */
	char **keys;
	size_t n_keys;
	struct bits_pool pool;
	int computing; /* values that are no signals of the trace: how deep */
	long work;     /* left for this step */
	/* The value of what is not in the trace, by whoever drives it. */
	bool (*compute)(struct why *w, const struct place *p, uint64_t time, struct bits *out);
	void (*call)(struct pass *r, uint32_t call, int depth); /* carries out a function */
	/* On what a variable of a function depended that a call came back with; CIRCUIT_NONE: its
	 * value. The function's statements go into r->told. False: calls are nested too deep, or
	 * it has none. */
	bool (*result)(struct pass *r, uint32_t call, uint32_t var, const struct call_ops *ops);
};

/* why_place */
void place_name(const struct why *w, const struct place *p, struct str *out);
bool place_signal(const struct why *w, const struct place *p, size_t *signal);
uint32_t place_width(const struct why *w, const struct place *p);
/* False: it is not known; out is all x. */
bool place_value(struct why *w, const struct place *p, uint64_t time, struct bits *out);
/* The net on the other side of a port that is connected as it is. port: INSTANCE's
 * node of it. False: there is none such. */
bool place_beyond(const struct why *w, const struct place *p, struct place *out, uint32_t *port);
/* The PORT node that connects a port of an instance with its parent; 0: none. */
uint32_t place_port(const struct why *w, uint32_t instance, uint32_t var);
bool place_same(const struct place *a, const struct place *b);
/* "dut.q" as it is seen from an instance. */
bool place_outside(const struct why *w, uint32_t instance, const char *name, struct place *out);

/* The variable that a left side, seen from an instance, is about; without its element. */
bool place_base(const struct why *w, uint32_t instance, uint32_t left, struct place *out);

/* why_drivers */
#define DRIVERS_MAX 10000
/* Those of a place, its own first, at most DRIVERS_MAX; the caller frees. *more: there
 * are others; may be NULL. */
struct driver *drivers_of(const struct why *w, const struct place *p, size_t *n, bool *more);
/* Whether something below a node, seen from an instance, assigns the variable of p. */
bool drives(const struct why *w, uint32_t instance, uint32_t node, const struct place *p);

/* why_eval */
struct bits eval(struct pass *r, uint32_t node);
char eval_truth(struct pass *r, uint32_t node);
/* The place that a reference names, with its element; false: not known which. */
bool eval_place(struct pass *r, uint32_t node, struct place *out, struct range *range);
/* Adds what the indices of a left side depended on. */
void eval_indices(struct pass *r, uint32_t node, struct need **v, size_t *n, size_t *cap);
/* Adds what a call's result in that variable depended on. */
void eval_result(struct pass *r, uint32_t call, uint32_t var, struct need **v, size_t *n,
		 size_t *cap);
/* Adds what node's value depended on, of those bits. leaf: where it came from. */
void eval_needs(struct pass *r, uint32_t node, struct range range, struct need **v, size_t *n,
		size_t *cap, uint32_t *leaf);

/* why_pass */
void pass_init(struct pass *r, struct why *w, uint32_t instance, uint64_t time);
void pass_process(struct pass *r, uint32_t process);
void pass_bind(struct pass *r, uint32_t call);
/* As if the process had just given a variable of its own instance that value. */
void pass_set(struct pass *r, uint32_t var, uint32_t number);
void pass_call(struct pass *r, uint32_t call, int depth);
void pass_fini(struct pass *r);

/* The port of a function after a variable, in the order of its arguments, without its
 * result; after 0: the first. CIRCUIT_NONE: there is none. */
uint32_t pass_port(const struct pass *r, uint32_t function, uint32_t after);

/* why_call, for why.result */
bool call_result(struct pass *r, uint32_t call, uint32_t var, const struct call_ops *ops);

/* why_words */
void why_expression(const struct circuit *c, uint32_t node, struct str *out);

#endif
