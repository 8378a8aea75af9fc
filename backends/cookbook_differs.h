/* cookbook_differs.h - where a design is not what was asked for. Pure.
 *
 * A request is a kind of design and properties that it must have. Properties
 * that occur in many requests have a name here ("mealy", "async-reset") and
 * the ways to say them; a card's "has:" line lists those that are true of its
 * design. Asked for and not listed is a difference. So is another bit pattern
 * than the card's, a number that became no parameter, and a telling word that
 * the card does not use anywhere in what it says of itself.
 */
#ifndef POSEDGE_COOKBOOK_DIFFERS_H
#define POSEDGE_COOKBOOK_DIFFERS_H

#include <stdbool.h>

struct cookbook_card;
struct cookbook_value;
struct strv;

/* Adds a finished sentence for each. values: as cookbook_numbers() gave them. */
void cookbook_differs(const struct cookbook_card *card, const char *request,
		      const struct cookbook_value *values, struct strv *out);

/* name is one of the properties; for the cards' own check. */
bool cookbook_property(const char *name);

#endif
