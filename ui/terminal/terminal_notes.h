/* terminal_notes.h - settings that this terminal needs, as far as the environment
 * shows: one line each, ready for `doctor`. Pure except for the environment and the
 * locale. */
#ifndef POSEDGE_TERMINAL_NOTES_H
#define POSEDGE_TERMINAL_NOTES_H

#include <stdbool.h>

struct str;

void terminal_notes(struct str *out);

/* True if there is something to say and this user has not seen it yet; records it in
 * the user's data folder. */
bool terminal_notice_due(void);

#endif
