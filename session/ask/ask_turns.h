/* ask_turns.h - the earlier exchanges of a session, as a model is to read them.
 *
 * Of an answer that proposed something its prose stays; in place of its code
 * stands what became of it: taken, refused, rewritten, still open, and the
 * verdict that came after. The text of an open proposal stays in the newest
 * exchange, for it stands nowhere else.
 */
#ifndef POSEDGE_ASK_TURNS_H
#define POSEDGE_ASK_TURNS_H

#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct exchange;
struct prompt_turn;
struct state;

/* The setting of a session that tells up to which exchange its turns are compacted: such
 * an exchange is told in a line or two instead of word for word. */
#define ASK_COMPACTED  "chat.compacted"
#define ASK_TURNS_MAX  64u
#define ASK_DIGEST_MAX 8192u /* bytes of all that is compacted; the oldest goes first */
#define ASK_TURNS_KEPT 2u    /* the newest ones are never compacted by themselves */

struct ask_turns {	       /* a zeroed one is empty */
	struct prompt_turn *v; /* oldest first; their texts are the state's or in texts */
	size_t n;
	size_t before;	   /* so many older ones are neither among them nor in the digest */
	struct str digest; /* of those that are compacted, for the model to read; "" */
	size_t compacted;  /* so many */
	struct strv texts;
};

/* The exchanges of the conversation after number compacted, at most ASK_TURNS_MAX;
 * s is borrowed as long as they are used. */
void ask_turns(const struct state *s, uint64_t compacted, struct ask_turns *out);

/* Up to which exchange the session says that they are compacted; 0: none is. */
uint64_t ask_compacted(const struct state *s);

/* Up to which they are to be, so that the turns take no more than percent of budget
 * tokens; the same number when they do not. */
uint64_t ask_compact_due(const struct state *s, uint64_t compacted, size_t budget,
			 unsigned percent);

/* Records that they are compacted up to that one. */
struct session;
bool ask_compact(struct session *s, uint64_t upto, struct err *err);

/* All but the newest ASK_TURNS_KEPT; 0: there are no more. */
uint64_t ask_compact_now(const struct state *s);
void ask_turns_fini(struct ask_turns *t);

/* Tokens that the server behind that backend counted for 100 estimated ones,
 * by the last exchanges that both are known of: 60 to 250; 0: not known. */
unsigned ask_percent(const struct state *s, const char *backend);

/* Whether the server counted so much less than was sent that it must have cut
 * the request: below 60 %, and at least 256 tokens. */
bool ask_was_cut(uint64_t estimated, int64_t counted);

#endif
