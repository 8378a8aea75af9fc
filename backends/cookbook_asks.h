/* cookbook_asks.h - what a request asks for by what it says, without a name of the design. Pure.
 *
 * "Detects 1101" is a detector of bits, "one of eight lines is high" a decoder, "picks one
 * of four inputs" a multiplexer, in whatever words else.
 */
#ifndef POSEDGE_COOKBOOK_ASKS_H
#define POSEDGE_COOKBOOK_ASKS_H

#include <stdbool.h>

#define COOKBOOK_SAYS_SO 15 /* more than any name counts */

struct cookbook_card;
struct words;

/* Points for or against a card; 0: the request says nothing of the kind. */
double cookbook_asks(const struct cookbook_card *card, const struct words *request);

/* One of the list's words, parted by single spaces, stands in the request. */
bool cookbook_says(const struct words *request, const char *list);

/* The four of "one of four 8-bit inputs is taken"; 0: there is none. */
long cookbook_choice(const struct words *request);

/* The eight of "one of eight outputs is high", "8 lines"; 0: there is none. */
long cookbook_lines(const struct words *request);

#endif
