/* Bindings are one list, the defaults first; a user's binding of the same key and place
 * replaces an entry. Keys are compared by code, modifiers and text instead of by name,
 * since every key typed is looked up.
 */
#include "config.h"

#include "ui/terminal/keymap.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/mem.h"

struct binding {
	enum place place;
	struct key is; /* is.text is NULL: see text */
	char text[8];  /* of KEY_CHAR */
	char *key;     /* normalised name */
	char *command;
};

struct keymap {
	struct binding *v;
	size_t n, cap;
};

/* The default bindings. Terminals, tmux, screen and ssh swallow many keys, so each
 * of these commands is also in the Ctrl-O menu or the palette. */
static const struct {
	enum place place;
	const char *key, *command;
} usual[] = {
	{ PLACE_ANY, "F1", "help" },
	{ PLACE_ANY, "F4", "edit-outside" },
	{ PLACE_ANY, "F5", "sim" },
	{ PLACE_ANY, "F6", "wave" },
	{ PLACE_ANY, "F7", "lint" },
	{ PLACE_ANY, "F8", "review" },
	{ PLACE_ANY, "Ctrl-O", "menu" },
	{ PLACE_ANY, "Ctrl-P", "palette" },
	{ PLACE_ANY, "Ctrl-S", "save" },
	{ PLACE_ANY, "Ctrl-Q", "quit" },
	{ PLACE_ANY, "Ctrl-C", "interrupt" },
	{ PLACE_ANY, "Ctrl-L", "redraw" },
	{ PLACE_ANY, "Ctrl-PageDown", "next-tab" },
	{ PLACE_ANY, "Ctrl-PageUp", "prev-tab" },
	{ PLACE_EDIT, "Ctrl-Z", "undo" },
	{ PLACE_EDIT, "Ctrl-Y", "redo" },
	{ PLACE_EDIT, "Ctrl-X", "cut" },
	{ PLACE_EDIT, "Ctrl-V", "paste" },
	{ PLACE_EDIT, "Ctrl-A", "select-all" },
	{ PLACE_EDIT, "Ctrl-F", "find" },
	{ PLACE_EDIT, "F3", "find-next" },
	{ PLACE_EDIT, "Ctrl-R", "replace" },
	{ PLACE_EDIT, "Ctrl-G", "goto" },
	{ PLACE_EDIT, "Ctrl-]", "definition" },
	{ PLACE_EDIT, "Ctrl-K", "peek" },
	{ PLACE_EDIT, "Ctrl-^", "back" },
	{ PLACE_EDIT, "Alt-Left", "back" },
	{ PLACE_EDIT, "Ctrl-T", "match" },
	{ PLACE_EDIT, "Ctrl-_", "comment" },
	{ PLACE_EDIT, "Ctrl-N", "next-finding" },
	{ PLACE_CHAT, "Ctrl-F", "find" },
	{ PLACE_CHAT, "F3", "find-next" },
	{ PLACE_CHAT, "Ctrl-V", "paste" },
	{ PLACE_CHAT, "Ctrl-T", "steer" },
	{ PLACE_LOG, ":", "palette" },
	{ PLACE_LOG, "w", "log-why" },
	{ PLACE_REVIEW, "y", "take" },
	{ PLACE_REVIEW, "n", "refuse" },
	{ PLACE_REVIEW, "u", "undecide" },
	{ PLACE_REVIEW, "Space", "toggle" },
	{ PLACE_REVIEW, "Y", "take-hunk" },
	{ PLACE_REVIEW, "N", "refuse-hunk" },
	{ PLACE_REVIEW, "s", "split" },
	{ PLACE_REVIEW, "m", "smallest" },
	{ PLACE_REVIEW, "e", "rewrite" },
	{ PLACE_REVIEW, "c", "ask-line" },
	{ PLACE_REVIEW, "?", "explain-line" },
	{ PLACE_REVIEW, "t", "thread" },
	{ PLACE_REVIEW, "h", "hardware" },
	{ PLACE_REVIEW, "=", "equivalent" },
	{ PLACE_REVIEW, "j", "next-change" },
	{ PLACE_REVIEW, "k", "prev-change" },
	{ PLACE_REVIEW, "A", "take-rest" },
	{ PLACE_REVIEW, "R", "refuse-rest" },
	{ PLACE_REVIEW, "g", "first-change" },
	{ PLACE_REVIEW, "Home", "first-change" },
	{ PLACE_REVIEW, "G", "last-change" },
	{ PLACE_REVIEW, "End", "last-change" },
	{ PLACE_REVIEW, "f", "review-files" },
	{ PLACE_REVIEW, "]", "next-hunk" },
	{ PLACE_REVIEW, "[", "prev-hunk" },
	{ PLACE_REVIEW, "U", "next-unread" },
	{ PLACE_REVIEW, "Tab", "next-suggestion" },
	{ PLACE_REVIEW, "Enter", "apply-taken" },
	{ PLACE_REVIEW, "q", "leave-review" },
	{ PLACE_REVIEW, "Esc", "leave-review" },
	{ PLACE_REVIEW, ":", "palette" },
	{ PLACE_EDIT, "Ctrl-W", "wave-add" },
	{ PLACE_EDIT, "Ctrl-B", "complete" },
	{ PLACE_EDIT, "Ctrl-E", "explained" },
	{ PLACE_WAVE, ":", "palette" },
	{ PLACE_WAVE, "?", "wave-keys" },
	{ PLACE_WAVE, "z", "zoom" },
	{ PLACE_WAVE, "+", "wave-zoom in" },
	{ PLACE_WAVE, "=", "wave-zoom in" },
	{ PLACE_WAVE, "-", "wave-zoom out" },
	{ PLACE_WAVE, "f", "wave-zoom all" },
	{ PLACE_WAVE, "c", "wave-zoom cycle" },
	{ PLACE_WAVE, "m", "wave-zoom markers" },
	{ PLACE_WAVE, "A", "wave-mark A" },
	{ PLACE_WAVE, "B", "wave-mark B" },
	{ PLACE_WAVE, "n", "wave-next" },
	{ PLACE_WAVE, "p", "wave-prev" },
	{ PLACE_WAVE, "/", "wave-find" },
	{ PLACE_WAVE, "N", "wave-find-next" },
	{ PLACE_WAVE, "P", "wave-find-prev" },
	{ PLACE_WAVE, "g", "wave-goto" },
	{ PLACE_WAVE, "!", "wave-goto fail" },
	{ PLACE_WAVE, "a", "wave-add" },
	{ PLACE_WAVE, "d", "wave-remove" },
	{ PLACE_WAVE, "J", "wave-move down" },
	{ PLACE_WAVE, "K", "wave-move up" },
	{ PLACE_WAVE, "G", "wave-group" },
	{ PLACE_WAVE, "Space", "wave-open" },
	{ PLACE_WAVE, "R", "wave-rename" },
	{ PLACE_WAVE, "r", "wave-radix" },
	{ PLACE_WAVE, "s", "wave-analog" },
	{ PLACE_WAVE, "y", "wave-copy" },
	{ PLACE_WAVE, "w", "wave-why" },
	{ PLACE_WAVE, "Enter", "wave-declaration" },
	{ PLACE_WAVE, "Ctrl-]", "wave-drivers" },
};

struct keymap *keymap_new(void)
{
	struct keymap *m = mem_zalloc(sizeof(*m));

	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		keymap_bind(m, usual[i].place, usual[i].key, usual[i].command, NULL);
	return m;
}

void keymap_free(struct keymap *m)
{
	for (size_t i = 0; m && i < m->n; i++) {
		free(m->v[i].key);
		free(m->v[i].command);
	}
	if (m)
		free(m->v);
	free(m);
}

/* The normalised name of key, so that "ctrl-s" and "Ctrl-S" are the same. */
static char *spelling(const char *key, struct key *k, char text[8], struct err *err)
{
	static const char *const reserved[] = { "Ctrl-I", "Ctrl-M", "Ctrl-J", "Ctrl-H", "Ctrl-[" };
	struct str name = STR_INIT;

	if (!key_parse(key, k, text)) {
		err_set(err, ERR_USAGE, "bind %s: no such key; as Ctrl-S, F5, Shift-Left, x", key);
		return NULL;
	}
	key_name(k, &name);
	for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++) {
		if (strcasecmp(str_cstr(&name), reserved[i]) == 0) {
			err_set(err, ERR_USAGE,
				"bind %s: terminals send that for Tab, Enter, Backspace or Esc",
				key);
			str_free(&name);
			return NULL;
		}
	}
	return str_take(&name);
}

/* A word in command that may not be bound, however it is quoted and even in an
 * argument of another command; NULL: none. */
static const char *reserved(const char *command)
{
	static const char *const words[] = { "trust", "sim-unguarded" };
	struct str word = STR_INIT;
	const char *found = NULL;

	for (const char *c = command; !found; c++) {
		if (*c && strchr("'\"\\", *c))
			continue;
		if (*c && !strchr(" \t\r\n;", *c)) {
			str_addc(&word, *c);
			continue;
		}
		for (size_t i = 0; !found && i < sizeof(words) / sizeof(*words); i++)
			found = strcmp(str_cstr(&word), words[i]) == 0 ? words[i] : NULL;
		str_clear(&word);
		if (!*c)
			break;
	}
	str_free(&word);
	return found;
}

static bool is_character(const struct binding *b, const struct key *k)
{
	return b->is.len == k->len && (memcmp(b->text, k->text, k->len) == 0 ||
				       (k->mods & KEY_CTRL && k->len == 1 &&
					b->text[0] == tolower((unsigned char)k->text[0])));
}

static const struct binding *find_in(const struct keymap *m, enum place p, const struct key *k)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct binding *b = &m->v[i];

		if (b->place == p && b->is.code == k->code && b->is.mods == k->mods &&
		    (k->code != KEY_CHAR || is_character(b, k)))
			return b;
	}
	return NULL;
}

bool keymap_bind(struct keymap *m, enum place p, const char *key, const char *command,
		 struct err *err)
{
	const char *word = reserved(command);
	struct binding fresh = { .place = p }, *old;

	if (word)
		return err_set(err, ERR_USAGE,
			       "bind %s: %s has to be typed; no key can stand for it", key, word);
	fresh.key = spelling(key, &fresh.is, fresh.text, err);
	if (!fresh.key)
		return false;
	old = (struct binding *)find_in(m, p, &fresh.is);
	if (old) {
		free(fresh.key);
		free(old->command);
		old->command = mem_strdup(command);
		return true;
	}
	fresh.command = mem_strdup(command);
	fresh.is.text = NULL; /* text moves with the binding */
	MEM_PUSH(m->v, m->n, m->cap, fresh);
	return true;
}

const char *keymap_find(const struct keymap *m, enum place p, const struct key *k)
{
	const struct binding *b = find_in(m, p, k);

	if (!b)
		b = find_in(m, PLACE_ANY, k);
	return b && b->command[0] ? b->command : NULL;
}

bool keymap_has_letters(const struct keymap *m, enum place p)
{
	bool has = false;

	for (size_t i = 0; i < m->n && !has; i++)
		has = (m->v[i].place == p || m->v[i].place == PLACE_ANY) &&
		      m->v[i].is.code == KEY_CHAR && !(m->v[i].is.mods & (KEY_CTRL | KEY_ALT));
	return has;
}

const char *keymap_key_of(const struct keymap *m, const char *command)
{
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->v[i].command, command) == 0)
			return m->v[i].key;
	return NULL;
}

static bool is_bound(const struct keymap *m, enum place p, const struct binding *b)
{
	struct key k = b->is;

	k.text = b->text;
	return find_in(m, p, &k) != NULL;
}

const char *keymap_key_at(const struct keymap *m, enum place p, const char *command)
{
	for (size_t i = 0; i < m->n; i++) {
		const struct binding *b = &m->v[i];

		if (strcmp(b->command, command) == 0 &&
		    (b->place == p || (b->place == PLACE_ANY && !is_bound(m, p, b))))
			return b->key;
	}
	return NULL;
}

bool keymap_place(const char *name, enum place *p)
{
	static const char *const names[PLACES] = { "any", "edit", "chat", "log", "review", "wave" };

	for (int i = 0; i < PLACES; i++) {
		if (strcmp(names[i], name) == 0) {
			*p = (enum place)i;
			return true;
		}
	}
	return false;
}
