/* evidence.h - what drove the signals that the last failing check compared, step by step, as
 * it is sent with `fix` and `@why`: a person decides which steps go along.
 *
 * A step that was left out stays so for as long as it reads the same, from one command to
 * the next. Owns its texts.
 */
#ifndef POSEDGE_EVIDENCE_H
#define POSEDGE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct workbench;

#define EVIDENCE_MAX   6000 /* bytes, about 1,500 tokens; steps after that are not sent */
#define EVIDENCE_INTRO "\nWhat drove the signals that the check compared:\n"

struct evidence_step {
	char *text; /* as `why` prints it, with its number; ends with LF */
	bool left;  /* the person leaves it out */
};

struct evidence {
	struct evidence_step *v;
	size_t n;
	bool cut; /* the chain goes on */
};

/* In a task. False with err as flow_why() has it; *out is empty then. */
bool evidence_read(struct workbench *w, struct evidence *out, struct err *err);
void evidence_fini(struct evidence *e);

/* Leaves a step out, or takes it again; it is remembered. i is below n. */
void evidence_switch(struct workbench *w, struct evidence *e, size_t i);

/* What is sent; empty: nothing. */
void evidence_print(const struct evidence *e, struct str *out);
/* Both at once; empty, too, where nothing is known. */
void evidence_tell(struct workbench *w, struct str *out);

/* The list to choose from: "[x] 1 ~120 tb.q = 3 at 30 ns", and a last line with the sum. */
void evidence_list(const struct evidence *e, struct str *out);

#endif
