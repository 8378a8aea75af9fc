/* ask_at.h - the words of a question that begin with an @. Pure.
 *
 * "@(posedge clk)", "@*" and mail addresses are none.
 */
#ifndef POSEDGE_ASK_AT_H
#define POSEDGE_ASK_AT_H

#include <stdbool.h>

struct err;

/* Calls fn for each word behind an @, without punctuation at its end, until one fails. */
bool ask_at_words(const char *question, bool (*fn)(void *ctx, const char *word, struct err *err),
		  void *ctx, struct err *err);

#endif
