/* solve_steps.h - what the flow `solve` keeps, and its steps; for solve_*.c only. */
#ifndef POSEDGE_SOLVE_STEPS_H
#define POSEDGE_SOLVE_STEPS_H

#include "session/flow/flow_kit.h"
#include "session/flow/solve.h"

struct candidate {
	struct str text; /* of the file, with it; "": there is no module */
	struct solve_score score;
	struct str said; /* findings, the verdict, the cycles before the first failure */
	struct str note; /* what a person should know, a clause; "" */
	enum solve_effort effort;
	char *backend;	/* that was asked; NULL: none, it is the file as it is */
	char level[24]; /* of its reasoning, which was raised to this; "": as the backend has it */
	size_t mends;	/* which one; 0: none, it is a fresh one */
	size_t twin;	/* an earlier one with the same text, judged once; 0: none */
};

struct solving {
	char *module, *path;   /* and its file, or where it goes */
	char *testbench;       /* that judges; NULL: there is none */
	struct str file, spec; /* texts; "": there is none */
	struct strv others;    /* modules that other files define: they are not the answer's */
	bool there;	       /* the file is */
	/* v[0] is the file as it is, judged like any other. */
	struct candidate v[SOLVE_MAX + 1];
	size_t n; /* of v, at least 1 */
	size_t best;
	unsigned most; /* candidates, without v[0] */
	bool all;
	enum solve_stop stop;
	uint64_t tokens; /* of the candidates */
	bool bounded;	 /* a bound of the flow ended the asking */
};

/* In a task: v[i] is linted and simulated. *why has a code only when that was cancelled. */
void solving_judge(struct flow *f, struct candidate *c, const char *name, struct err *why);

/* Asks for one more candidate. False: the backend failed, a bound, or cancelled. */
bool solving_ask(struct flow *f, enum solve_effort effort, size_t mends, struct err *err);

/* Steps. */
bool solving_task(struct flow *f, struct str *said, struct err *err);
bool solving_strength(struct flow *f, struct str *said, struct err *err);
bool solving_size(struct flow *f, struct str *said, struct err *err);

/* The best of all, and the table of all. */
void solving_rank(struct solving *g);
void solving_table(const struct solving *g, struct str *out);
void solving_sum(const struct solving *g, struct str *out); /* what it took, a line */
void solving_tell_json(struct flow *f);		  /* a row for each, where events are wanted */
bool solving_shows_size(const struct solving *g); /* something passes */
void solving_name(size_t i, char out[24]);	  /* "candidate 2", "as it is" */

#endif
