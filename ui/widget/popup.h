/* popup.h - a box on top of the panes: a menu, a list to pick from, an input line, a
 * text to read, a question with a few answers.
 *
 * Owns what it shows. Knows no command: it returns a command line for its user to run.
 *
 * Map of ui/widget: things on the screen, each with its content and scroll position.
 * They read the session's state and change nothing but themselves.
 *
 *   line_edit popup     an input line; a box on top of the panes
 *   log_list log_tab    lists of the log pane; their names
 *   chat_rows chat_*    the transcript; its tool calls
 *   card                a question to the user
 *   review seen         a suggestion as rows; which of its lines were on the screen
 */
#ifndef POSEDGE_POPUP_H
#define POSEDGE_POPUP_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "ui/widget/line_edit.h"
#include "ui/widget/log_list.h"

struct key;

enum popup_kind { POPUP_NONE, POPUP_MENU, POPUP_PICKER, POPUP_PROMPT, POPUP_PAGER, POPUP_CHOICE };

struct pick {
	char *label, *detail, *command;
	bool is_path, names_path; /* detail, label is one: its end matters most */
	int score;
};

struct popup {
	enum popup_kind kind;
	struct str title;
	struct line_edit input; /* PICKER, PAGER: the filter; PROMPT: the text */
	bool offered;		/* PROMPT: the text is replaced by what is typed first */
	struct pick *v;		/* PICKER: the items; MENU, CHOICE: label is the key */
	size_t n, cap;
	size_t *match; /* PICKER: indices of matching items, best first */
	size_t n_match, chosen, top;
	bool clicked;	      /* PICKER: the chosen item was chosen by a click */
	bool free_text;	      /* PICKER: Enter without a match runs command with the text */
	struct str command;   /* PROMPT: the command that takes the text */
	struct log_list text; /* PAGER */
};

void popup_init(struct popup *p);
void popup_fini(struct popup *p);
void popup_close(struct popup *p);

void popup_open(struct popup *p, enum popup_kind kind, const char *title);
void popup_empty(struct popup *p); /* removes all items; keeps the filter */
void popup_add(struct popup *p, const char *label, const char *detail, const char *command);
void popup_add_file(struct popup *p, const char *label, const char *path, const char *command);
void popup_add_path(struct popup *p, const char *path, const char *detail, const char *command);
void popup_prompt(struct popup *p, const char *title, const char *command, const char *text);
/* A prompt whose text stands there selected: typing replaces it, other keys keep it. */
void popup_offer(struct popup *p, const char *title, const char *command, const char *text);
void popup_text(struct popup *p, const char *title, const char *text);

/* Recomputes match after the filter or the list changed. */
void popup_match(struct popup *p);

/* Whether a line's number is typed where commands are listed: Enter goes there. */
bool popup_line(const struct popup *p);

enum popup_result {
	POPUP_STAYS,
	POPUP_TYPED,  /* the input changed */
	POPUP_CLOSED, /* Esc */
	POPUP_RUN,    /* run argv: a command and its arguments */
	POPUP_LINE,   /* run the one line in argv, as it was typed where commands are listed */
};

/* Handles a click on item i: of the letters of a menu or a choice (n: the Esc of a choice),
 * or of the matches of a picker, where the second click on an item runs it, also on the one
 * that a key or the opening of the list chose. */
enum popup_result popup_click(struct popup *p, size_t i, struct strv *argv);

/* Handles a key. rows and cols: the space for a list or text on the screen. In a
 * text, Enter opens the first position in view, such as "rtl/q.sv:12", that a line
 * begins with. On POPUP_RUN and POPUP_LINE the popup is closed. */
enum popup_result popup_key(struct popup *p, const struct key *k, int rows, int cols,
			    struct strv *argv);

#endif
