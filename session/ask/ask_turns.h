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

#include "session/base/str.h"

struct exchange;
struct prompt_turn;
struct state;

struct ask_turns {	       /* a zeroed one is empty */
	struct prompt_turn *v; /* oldest first; their texts are the state's or in texts */
	size_t n;
	size_t before; /* so many older ones are not among them */
	struct strv texts;
};

/* At most 8; s is borrowed as long as they are used. */
void ask_turns(const struct state *s, struct ask_turns *out);
void ask_turns_fini(struct ask_turns *t);

/* Tokens that the server behind that backend counted for 100 estimated ones,
 * by the last exchanges that both are known of: 60 to 250; 0: not known. */
unsigned ask_percent(const struct state *s, const char *backend);

/* Whether the server counted so much less than was sent that it must have cut
 * the request: below 60 %, and at least 256 tokens. */
bool ask_was_cut(uint64_t estimated, int64_t counted);

#endif
