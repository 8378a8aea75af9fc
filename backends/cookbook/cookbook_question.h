/* cookbook_question.h - "why is q always 0?": a question about a design, which a library
 * cannot answer. Pure.
 */
#ifndef POSEDGE_COOKBOOK_QUESTION_H
#define POSEDGE_COOKBOOK_QUESTION_H

#include <stdbool.h>

struct str;

/* True if the request asks about something that exists, in place of asking for a design:
 * "how do I build a counter" wants one. */
bool cookbook_is_question(const char *request);

/* Appends which commands of posedge answer such a question without a model. */
void cookbook_answer_question(struct str *out);

#endif
