/* ask_offer.h - tools as a part of a request: their size, and their entries for the
 * user to look at. */
#ifndef POSEDGE_ASK_OFFER_H
#define POSEDGE_ASK_OFFER_H

#include <stddef.h>

struct ask_offer;
struct prompt;

size_t ask_offer_tokens(const struct ask_offer *o); /* NULL: 0 */

/* Adds entries for them to p, whose first message ends with the rules and which will
 * have these tools. */
void ask_offer_note(const struct ask_offer *o, struct prompt *p);

#endif
