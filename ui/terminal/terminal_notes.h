/* terminal_notes.h - settings that this terminal needs, as far as the environment
 * shows: one line each, ready for `doctor`. Pure except for the environment and the
 * locale. */
#ifndef POSEDGE_TERMINAL_NOTES_H
#define POSEDGE_TERMINAL_NOTES_H

#include <stdbool.h>

struct str;

void terminal_notes(struct str *out);

/* Adds what is not as it could be, without the settings: "tmux may delay Esc". False:
 * nothing is, or this user was told of it before; that is recorded in the user's data
 * folder. */
bool terminal_notice_due(struct str *out);

#endif
