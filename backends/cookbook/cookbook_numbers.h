/* cookbook_numbers.h - the numbers of a request as a design's parameters. Pure.
 *
 * A number, in digits or words, is assigned to a parameter if one of that parameter's
 * words is next to it; each number to at most one parameter. Of all assignments the one
 * is taken that sets the most parameters at the shortest total distance. In addition,
 * "256x8" is depth by width, "active low" a phrase that sets a parameter with range
 * 0..1, and a card's rule may compute a value from rates ("9600 baud at 12 MHz"), times
 * ("10 ms") or a range ("0 to 9").
 */
#ifndef POSEDGE_COOKBOOK_NUMBERS_H
#define POSEDGE_COOKBOOK_NUMBERS_H

#include <stdbool.h>

struct cookbook_card;
struct words;
struct cookbook_value;

/* Clock frequency if the request gives none: 50 MHz. */
#define COOKBOOK_CLOCK_HZ 50e6
#define COOKBOOK_USUAL_MS 10 /* longer than a button bounces */

/* True if the request has all that one of the card's rules needs. */
bool cookbook_computes(const struct cookbook_card *card, const struct words *request);

/* Fills one value for each of the card's parameters. */
void cookbook_numbers(const struct cookbook_card *card, const char *request,
		      struct cookbook_value *values);

#endif
