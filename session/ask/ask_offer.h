/* ask_offer.h - tools as a part of a request: what they take of its room, and as entries
 * that the person can look at. */
#ifndef POSEDGE_ASK_OFFER_H
#define POSEDGE_ASK_OFFER_H

#include <stddef.h>

struct ask_offer;
struct prompt;

size_t ask_offer_tokens(const struct ask_offer *o); /* NULL: 0 */

/* Notes them among the entries of p, whose first message gets the rules at its end and
 * whose tools they will be. */
void ask_offer_note(const struct ask_offer *o, struct prompt *p);

#endif
