/* evidence.h - what drove the signals that the last failing check compared, step
 * by step, as sent with `fix` and `@why`. The user decides which steps are sent.
 *
 * An excluded step stays excluded across commands while its text does not change.
 * Owns its texts.
 */
#ifndef POSEDGE_EVIDENCE_H
#define POSEDGE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct str;
struct workbench;

#define EVIDENCE_MAX   6000 /* bytes, about 1,500 tokens; later steps are not sent */
#define EVIDENCE_INTRO "\nWhat drove the signals that the check compared:\n"

struct evidence_step {
	char *text; /* as printed by `why`, with its number; ends with LF */
	bool left;  /* the user excluded it */
};

struct evidence {
	struct evidence_step *v;
	size_t n;
	bool cut; /* the chain is longer */
};

/* Waits in the calling task. On failure err is that of flow_why() and *out is empty. */
bool evidence_read(struct workbench *w, struct evidence *out, struct err *err);
void evidence_fini(struct evidence *e);

/* Excludes step i, or includes it again, and stores that. i must be below n. */
void evidence_switch(struct workbench *w, struct evidence *e, size_t i);

/* Adds the text to be sent; nothing if there is none. */
void evidence_print(const struct evidence *e, struct str *out);
/* evidence_read() and evidence_print() in one call; adds nothing if nothing is known. */
void evidence_tell(struct workbench *w, struct str *out);

/* Adds the list to choose from, "[x] 1 ~120 tb.q = 3 at 30 ns", and a last line
 * with the sum. */
void evidence_list(const struct evidence *e, struct str *out);

#endif
