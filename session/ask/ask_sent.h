/* ask_sent.h - requests that were sent: the one to continue, the last one to look at,
 * and what the user wants left out of the next.
 *
 * The texts are in the journal; a request whose text is missing, or does not match its
 * event, counts as not there.
 */
#ifndef POSEDGE_ASK_SENT_H
#define POSEDGE_ASK_SENT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/prompt.h"

struct exchange;
struct session;
struct state;

struct ask_sent { /* zeroed: none */
	struct str text;
	struct prompt_before request; /* borrows text */
};

/* The request of x. False: not available. The caller must finish *out in any case. */
bool ask_sent(const struct session *s, const struct exchange *x, struct ask_sent *out);
void ask_sent_fini(struct ask_sent *t);

/* The request of the newest exchange in the conversation that has an answer. */
bool ask_sent_before(const struct session *s, struct ask_sent *out);

/* Switches. The session setting ASK_OFF holds the names as words. */
#define ASK_OFF	      "context.off"
#define ASK_OFF_TURNS "turns" /* all earlier exchanges; a single one would leave a gap */

/* The name that switches an entry; NULL: it is always sent. */
const char *ask_switch_of(const struct prompt_entry *e);

void ask_off(const struct state *s, struct strv *out); /* appends the names */

/* ERR_USAGE: the name contains both kinds of quotes, or a control byte. */
bool ask_switch(struct session *s, const char *name, bool on, struct err *err);

#endif
