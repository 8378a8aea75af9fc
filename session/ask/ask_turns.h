/* ask_turns.h - the earlier exchanges of a session, as sent to a model.
 *
 * An answer's prose stays; its proposed code is replaced by the outcome: taken,
 * refused, rewritten, still open, and the verdict afterwards. The newest exchange keeps
 * the text of an open proposal, which is nowhere else.
 */
#ifndef POSEDGE_ASK_TURNS_H
#define POSEDGE_ASK_TURNS_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct prompt_turn;
struct state;

/* Session setting: exchanges up to this number are compacted to one or two lines
 * each. */
#define ASK_COMPACTED  "chat.compacted"
#define ASK_TURNS_MAX  64u
#define ASK_DIGEST_MAX 8192u /* bytes of all compacted ones; the oldest are dropped first */
#define ASK_TURNS_KEPT 2u    /* the newest ones, never compacted automatically */

struct ask_turns {	       /* zeroed: empty */
	struct prompt_turn *v; /* oldest first; texts are the state's or in texts */
	size_t n;
	size_t before;	   /* number of older exchanges left out entirely */
	struct str digest; /* the compacted ones, for the model; "" */
	size_t compacted;  /* number of compacted ones */
	struct strv texts;
};

/* The exchanges of the conversation after number compacted, at most ASK_TURNS_MAX; s
 * must stay valid while they are used. */
void ask_turns(const struct state *s, uint64_t compacted, struct ask_turns *out);

/* Number up to which the session's exchanges are compacted; 0: none. */
uint64_t ask_compacted(const struct state *s);

/* Number up to which to compact so that the turns take at most percent of budget
 * tokens; `compacted` if they already do. */
uint64_t ask_compact_due(const struct state *s, uint64_t compacted, size_t budget,
			 unsigned percent);

/* Records that the exchanges up to that number are compacted. */
struct session;
bool ask_compact(struct session *s, uint64_t upto, struct err *err);

/* Number that compacts all but the newest ASK_TURNS_KEPT; 0: there are no more. */
uint64_t ask_compact_now(const struct state *s);
void ask_turns_fini(struct ask_turns *t);

/* Tokens counted by that backend's server per 100 estimated, from the last exchanges
 * with both numbers: 60 to 250; 0: not known. */
unsigned ask_percent(const struct state *s, const char *backend);

/* True if the server counted so few tokens that it must have truncated the request:
 * below 60 %, with a count of at least 256. */
bool ask_was_cut(uint64_t estimated, int64_t counted);

#endif
