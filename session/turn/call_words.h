/* call_words.h - what a model said besides the calls that it wrote in its text. Pure.
 *
 * Calls in the text (text_call.h, stray_call.h) are recorded as text first and then as
 * calls. Whoever shows the calls leaves their text out.
 */
#ifndef POSEDGE_CALL_WORDS_H
#define POSEDGE_CALL_WORDS_H

#include <stddef.h>

struct exchange;
struct str;

/* Length of text without the calls written at its end and the blanks before them.
 * text ends where part i of x is; len if part i is not a call, or not one that was
 * written in text. */
size_t call_words_end(const struct exchange *x, size_t i, const char *text, size_t len);

/* Appends the answer of x without calls that were written in text. */
void call_words(const struct exchange *x, struct str *out);

#endif
