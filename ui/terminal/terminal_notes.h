/* terminal_notes.h - settings that this terminal needs, as far as the environment
 * shows: one line each, ready for `doctor`. Pure except for the environment and the
 * locale. */
#ifndef POSEDGE_TERMINAL_NOTES_H
#define POSEDGE_TERMINAL_NOTES_H

#include <stdbool.h>

struct str;

void terminal_notes(struct str *out);

/* Adds one shortcoming of the terminal, such as "tmux may delay Esc", without the
 * setting that helps. False: there is none, or this user has seen it before, which
 * is recorded in the user's data folder. */
bool terminal_notice_due(struct str *out);

#endif
