/* tty_ask.h - asks one question on the terminal, for a command run in a shell. */
#ifndef POSEDGE_TTY_ASK_H
#define POSEDGE_TTY_ASK_H

#include <stdbool.h>

struct loop;

bool tty_ask_possible(void); /* a user is there: stdin and stderr are terminals */

/* Shows "question (y/N) " on stderr and waits, in a task, for a line on stdin. Only
 * a yes is true; end of input and cancelling are false. */
bool tty_ask_yes_no(struct loop *l, const char *question);

/* Like tty_ask_yes_no() for a line of text; trailing blanks are removed. The caller frees
 * it. NULL: end of input, or the task was cancelled. */
char *tty_ask_line(struct loop *l, const char *question, const char *choice);

#endif
