/* ask_digest.h - summaries of the design sent in addition to its files, by `set
 * digest`.
 *
 * At most two texts, "flow-digest" and "netlist-digest"; each is an entry that can be
 * switched off. ports.digest makes them.
 */
#ifndef POSEDGE_ASK_DIGEST_H
#define POSEDGE_ASK_DIGEST_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt;
struct workbench;

#define ASK_DIGESTS 2u

struct ask_digest {	  /* zeroed: none */
	const char *name; /* "flow-digest" */
	struct str text;  /* empty: not sent */
	bool off;	  /* switched off by the user; not computed */
	struct str why;	  /* reason of a failure, a few words */
};

/* Computes the configured ones; call in a task. off: names that are switched off. A
 * failing digest is not an error; false: ERR_CANCELLED. The caller must finish *v in
 * any case. */
bool ask_digests(struct workbench *w, const char *question, const struct strv *off,
		 struct ask_digest v[ASK_DIGESTS], struct err *err);
void ask_digests_fini(struct ask_digest v[ASK_DIGESTS]);

/* Adds entries for those that are not sent. */
void ask_digests_note(const struct ask_digest v[ASK_DIGESTS], struct prompt *p);

#endif
