/* cookbook_numbers.h - the numbers of a request as a design's parameters. Pure.
 *
 * A number, in digits or words, belongs to the parameter one of whose words
 * stands beside it; each number to one parameter at most, and of all ways to
 * share them out that one is taken which serves most parameters and keeps the
 * distances short. Besides: "256x8" is depth by width, "active low" a phrase
 * that sets a parameter of the range 0..1, and a card's rule may compute a
 * value from rates ("9600 baud at 12 MHz"), times ("10 ms") or a range
 * ("0 to 9").
 */
#ifndef POSEDGE_COOKBOOK_NUMBERS_H
#define POSEDGE_COOKBOOK_NUMBERS_H

#include <stdbool.h>

struct cookbook_card;
struct words;
struct cookbook_value;

/* A clock that is not named runs at 50 MHz. */
#define COOKBOOK_CLOCK_HZ 50e6
#define COOKBOOK_USUAL_MS 10 /* a button bounces for less */

/* A rule of the card finds what it needs in the request. */
bool cookbook_computes(const struct cookbook_card *card, const struct words *request);

/* One for each of the card's parameters. */
void cookbook_numbers(const struct cookbook_card *card, const char *request,
		      struct cookbook_value *values);

#endif
