/* ask_digest.h - what goes along of the design besides its files, by `set digest`.
 *
 * Two texts at most, each an entry of its own that can be switched off: "flow-digest" and
 * "netlist-digest". Knows not how they are made: ports.digest does.
 */
#ifndef POSEDGE_ASK_DIGEST_H
#define POSEDGE_ASK_DIGEST_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt;
struct strv;
struct workbench;

#define ASK_DIGESTS 2u

struct ask_digest {	  /* a zeroed one is none */
	const char *name; /* "flow-digest" */
	struct str text;  /* empty: nothing is sent of it */
	bool off;	  /* the person switched it off: it was not made */
	struct str why;	  /* it cannot be told: the reason, a few words */
};

/* In a task: makes those that are set. off: names that are switched off. What cannot be told
 * is no failure; false: ERR_CANCELLED. *v is to be finished in any case. */
bool ask_digests(struct workbench *w, const char *question, const struct strv *off,
		 struct ask_digest v[ASK_DIGESTS], struct err *err);
void ask_digests_fini(struct ask_digest v[ASK_DIGESTS]);

/* Entries of those that are not sent. */
void ask_digests_note(const struct ask_digest v[ASK_DIGESTS], struct prompt *p);

#endif
