/* cookbook_asks.h - recognizes a design by its described function, without its name.
 * Pure.
 *
 * "Detects 1101" is a bit detector, "one of eight lines is high" a decoder, "picks one
 * of four inputs" a multiplexer, and so on in other words.
 */
#ifndef POSEDGE_COOKBOOK_ASKS_H
#define POSEDGE_COOKBOOK_ASKS_H

#include <stdbool.h>

#define COOKBOOK_SAYS_SO 15 /* more points than any name gives */

struct cookbook_card;
struct words;

/* Points for or against a card; 0: the request says nothing about it. */
double cookbook_asks(const struct cookbook_card *card, const struct words *request);

/* True if the request contains one of the words in list, which are separated by single
 * spaces. */
bool cookbook_says(const struct words *request, const char *list);

/* The four of "one of four 8-bit inputs is taken"; 0: none. */
long cookbook_choice(const struct words *request);

/* The eight of "one of eight outputs is high", "8 lines"; 0: none. */
long cookbook_lines(const struct words *request);

#endif
