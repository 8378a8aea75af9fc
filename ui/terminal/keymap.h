/* keymap.h - which key runs which command in which place.
 *
 * A binding is a place, a key and a command line. A binding of the place wins over one
 * for PLACE_ANY. Keys that are not bound go to the pane: letters are typed, arrows
 * move.
 */
#ifndef POSEDGE_KEYMAP_H
#define POSEDGE_KEYMAP_H

#include <stdbool.h>

#include "session/base/err.h"
#include "ui/terminal/keys.h"

enum place { PLACE_ANY, PLACE_EDIT, PLACE_CHAT, PLACE_LOG, PLACE_REVIEW, PLACE_WAVE, PLACES };

struct keymap;

struct keymap *keymap_new(void); /* with the default bindings */
void keymap_free(struct keymap *m);

/* command "": removes the binding. ERR_USAGE: no such key, or one that must stay
 * free (Ctrl-I, Ctrl-M, Ctrl-J, Ctrl-H, Ctrl-[). */
bool keymap_bind(struct keymap *m, enum place p, const char *key, const char *command,
		 struct err *err);

/* NULL: not bound. Borrowed until the next keymap_bind(). */
const char *keymap_find(const struct keymap *m, enum place p, const struct key *k);

/* True if any plain letter, digit or sign is bound there. */
bool keymap_has_letters(const struct keymap *m, enum place p);

/* The first key bound to command in that place, for hints on the screen; NULL: none.
 * Borrowed until the next keymap_bind(). */
const char *keymap_key_at(const struct keymap *m, enum place p, const char *command);

/* The first key bound to a command of that name in any place; NULL: none. */
const char *keymap_key_of(const struct keymap *m, const char *command);

bool keymap_place(const char *name, enum place *p);

#endif
