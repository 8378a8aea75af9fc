/* yes_no.h - one question on the terminal, for a command given in a shell. */
#ifndef POSEDGE_YES_NO_H
#define POSEDGE_YES_NO_H

#include <stdbool.h>

struct loop;

bool yes_no_able(void); /* somebody is there: stdin and stderr are a terminal */

/* Shows "question (y/N) " on stderr and waits, in a task, for a line on stdin.
 * Anything but a yes is a no, and so are its end and being cancelled. */
bool yes_no(struct loop *l, const char *question);

/* The same for a line of words, without the blanks at its end; to be freed. NULL: the input
 * ended, or the task was cancelled. */
char *typed_answer(struct loop *l, const char *question, const char *choice);

#endif
