/* cookbook_differs.h - how a design differs from the request. Pure.
 *
 * A request asks for a kind of design with certain properties. Properties that occur in
 * many requests have a name here ("mealy", "async-reset") and the phrases that ask for
 * them; a card's "has:" line lists those of its design. A property that is asked for
 * but not listed is a difference. So are a bit pattern other than the card's, a number
 * that set no parameter, and a significant word that occurs nowhere on the card.
 */
#ifndef POSEDGE_COOKBOOK_DIFFERS_H
#define POSEDGE_COOKBOOK_DIFFERS_H

#include <stdbool.h>

struct cookbook_card;
struct cookbook_value;
struct strv;

/* Appends one complete sentence for each difference. values: from cookbook_numbers(). */
void cookbook_differs(const struct cookbook_card *card, const char *request,
		      const struct cookbook_value *values, struct strv *out);

/* True if name is a property; lets a test check the cards. */
bool cookbook_property(const char *name);

#endif
