/* ask_at.h - the words of a question that begin with an @. Pure.
 *
 * "@(posedge clk)", "@*" and mail addresses do not count. A path with blanks or the like
 * stands in quotes: @"my lab/fifo.sv":10-40.
 */
#ifndef POSEDGE_ASK_AT_H
#define POSEDGE_ASK_AT_H

#include <stdbool.h>
#include <stddef.h>

struct err;

/* Calls fn for each word behind an @, without quotes and punctuation at its end, until one
 * fails. */
bool ask_at_words(const char *question, bool (*fn)(void *ctx, const char *word, struct err *err),
		  void *ctx, struct err *err);

/* Where the word begins, with its @, that s ends with after len bytes; len: it ends with none.
 * A quote may still be open. */
size_t ask_at_before(const char *s, size_t len);
bool ask_at_needs_quotes(const char *path);

#endif
