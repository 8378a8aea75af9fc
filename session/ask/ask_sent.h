/* ask_sent.h - requests that were sent: the one to go on from, the last one to look at, and
 * what the person wants left out of the next.
 *
 * The texts are the journal's; a request whose text is not there any more, or does not fit
 * what the journal says of it, is as none.
 */
#ifndef POSEDGE_ASK_SENT_H
#define POSEDGE_ASK_SENT_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/prompt.h"

struct exchange;
struct session;
struct state;
struct workbench;

struct ask_sent { /* a zeroed one is none */
	struct str text;
	struct prompt_before request; /* borrows text */
};

/* What was sent with x. False: it cannot be had. To be finished in either case. */
bool ask_sent(const struct session *s, const struct exchange *x, struct ask_sent *out);
void ask_sent_fini(struct ask_sent *t);

/* Of the newest exchange of the conversation to which something was answered. */
bool ask_sent_before(const struct session *s, struct ask_sent *out);

/* Switches. A setting of the session, ASK_OFF, holds the names as words. */
#define ASK_OFF	      "context.off"
#define ASK_OFF_TURNS "turns" /* all earlier exchanges: one alone would leave a hole */

/* The name that switches an entry off and on; NULL: it always goes along. */
const char *ask_switch_of(const struct prompt_entry *e);

void ask_off(const struct state *s, struct strv *out); /* adds the names */

/* ERR_USAGE: the name holds quotes of both kinds, or a control byte. */
bool ask_switch(struct session *s, const char *name, bool on, struct err *err);

#endif
