/* solve_steps.h - the state of the flow `solve`, and its steps. For solve_*.c only. */
#ifndef POSEDGE_SOLVE_STEPS_H
#define POSEDGE_SOLVE_STEPS_H

#include "session/flow/flow_kit.h"
#include "session/flow/solve.h"

struct candidate {
	struct str text; /* the whole file with this candidate; "": no module */
	struct solve_score score;
	struct str said; /* findings, the verdict, the cycles before the first failure */
	struct str note; /* a clause for the person; "": nothing */
	enum solve_effort effort;
	char *backend;	/* backend that wrote it; NULL: none, v[0] */
	char level[24]; /* raised reasoning level; "": as the backend has it */
	size_t mends;	/* index of the candidate it repairs; 0: written afresh */
	bool judged;	/* to the end; false: that was cancelled */
	size_t twin;	/* index of an earlier one with the same text, judged once; 0: none */
};

struct solving {
	char *module, *path;   /* path: the module's file, or where it will be created */
	char *testbench;       /* the testbench that judges; NULL: none */
	struct str file, spec; /* texts; "": no such file */
	struct strv others;    /* modules defined in other files: not taken from an answer */
	bool there;	       /* the file exists */
	/* v[0] is the existing file, judged like any candidate. */
	struct candidate v[SOLVE_MAX + 1];
	size_t n; /* entries of v, at least 1 */
	size_t best;
	unsigned most; /* limit of candidates, not counting v[0] */
	bool all, can_escalate;
	enum solve_stop stop;
	uint64_t tokens; /* used for the candidates */
	bool bounded;	 /* a bound of the flow ended the asking */
};

/* In a task: lints and simulates c. *why gets a code only if that was cancelled. */
void solving_judge(struct flow *f, struct candidate *c, const char *name, struct err *why);

/* Asks for one more candidate. False: the backend failed, a bound was reached, or cancelled. */
bool solving_ask(struct flow *f, enum solve_effort effort, size_t mends, struct err *err);

/* Steps. */
bool solving_task(struct flow *f, struct str *said, struct err *err);
bool solving_strength(struct flow *f, struct str *said, struct err *err);
bool solving_size(struct flow *f, struct str *said, struct err *err);

/* solving_rank() finds the best candidate, solving_table() lists all. */
void solving_rank(struct solving *g);
void solving_table(const struct solving *g, struct str *out);
void solving_sum(const struct solving *g, struct str *out); /* one line about the effort spent */
void solving_tell_json(struct flow *f);			    /* events: a row each */
bool solving_shows_size(const struct solving *g);	    /* true if some candidate passes */
void solving_name(size_t i, char out[24]);		    /* "candidate 2", "as it is" */

#endif
