/* keymap.h - which key runs which command, where.
 *
 * A binding is a place, a key and a command line. The place's own binding wins
 * over the one for everywhere. What is not bound is the pane's: letters are
 * typed, arrows move.
 */
#ifndef POSEDGE_KEYMAP_H
#define POSEDGE_KEYMAP_H

#include <stdbool.h>

#include "session/base/err.h"
#include "ui/terminal/keys.h"

enum place { PLACE_ANY, PLACE_EDIT, PLACE_CHAT, PLACE_LOG, PLACE_REVIEW, PLACE_WAVE, PLACES };

struct keymap;

struct keymap *keymap_new(void); /* with the usual bindings */
void keymap_free(struct keymap *m);

/* command "": the binding is taken away. ERR_USAGE: no such key, or one that
 * must stay free (Ctrl-I, Ctrl-M, Ctrl-J, Ctrl-H, Ctrl-[). */
bool keymap_bind(struct keymap *m, enum place p, const char *key, const char *command,
		 struct err *err);

/* NULL: nothing is bound. Borrowed until the next bind. */
const char *keymap_find(const struct keymap *m, enum place p, const struct key *k);

/* Whether any plain letter, digit or sign is bound there. */
bool keymap_has_letters(const struct keymap *m, enum place p);

/* The first key that does so in that place, as it is bound now: what a hint on
 * the screen names. NULL: none does. Borrowed until the next keymap_bind(). */
const char *keymap_key_at(const struct keymap *m, enum place p, const char *command);

/* The first key that runs a command of that name; NULL. */
const char *keymap_key_of(const struct keymap *m, const char *command);

bool keymap_place(const char *name, enum place *p);

#endif
