/* terminal_notes.h - what a terminal needs to be told, as far as its
 * environment shows: one line for each thing, ready for `doctor`. Pure, but for
 * the environment and the locale. */
#ifndef POSEDGE_TERMINAL_NOTES_H
#define POSEDGE_TERMINAL_NOTES_H

#include <stdbool.h>

struct str;

void terminal_notes(struct str *out);

/* Whether that is to be said now: once for each person, remembered beside
 * their other data. False also when there is nothing to say. */
bool terminal_notice_due(void);

#endif
