/* call_words.h - what a model said besides the calls that it wrote in its text. Pure.
 *
 * Calls in the text (text_call.h, stray_call.h) are recorded as text first and then as
 * calls. Whoever shows the calls leaves their text out.
 */
#ifndef POSEDGE_CALL_WORDS_H
#define POSEDGE_CALL_WORDS_H

struct exchange;
struct str;

/* Appends the answer of x without such calls. */
void call_words(const struct exchange *x, struct str *out);

#endif
