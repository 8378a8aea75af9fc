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

/* Bytes of text, which ends where part i of x is, before the calls that it ends with
 * and the blanks in front of them; len if part i is no call, or one that was not written
 * in text. */
size_t call_words_end(const struct exchange *x, size_t i, const char *text, size_t len);

/* Appends the answer of x without such calls. */
void call_words(const struct exchange *x, struct str *out);

#endif
