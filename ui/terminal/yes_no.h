/* yes_no.h - asks one question on the terminal, for a command run in a shell. */
#ifndef POSEDGE_YES_NO_H
#define POSEDGE_YES_NO_H

#include <stdbool.h>

struct loop;

bool yes_no_able(void); /* a user is there: stdin and stderr are terminals */

/* Shows "question (y/N) " on stderr and waits, in a task, for a line on stdin. Only
 * a yes is true; end of input and cancelling are false. */
bool yes_no(struct loop *l, const char *question);

/* Like yes_no() for a line of text; trailing blanks are removed. The caller frees
 * it. NULL: end of input, or the task was cancelled. */
char *typed_answer(struct loop *l, const char *question, const char *choice);

#endif
