/* popup.h - what stands over the panes for a moment: the menu, a list to pick
 * from, a line to fill in, a text to read, a question with a few answers.
 *
 * Owns what it shows. Knows no command: it gives back a command line, which
 * its user runs.
 *
 * Map of ui/widget: things on the screen, each with what it shows and where one
 * is in it. They read the session's state and change nothing but themselves.
 *
 *   line_edit popup     a line to type into; what stands over the panes
 *   log_list log_tab    lists of the log pane; their names
 *   chat_rows chat_*    the transcript; its calls of tools
 *   card                what the person is asked
 *   review seen         a suggestion as rows; which of its lines were looked at
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
	int score;
};

struct popup {
	enum popup_kind kind;
	struct str title;
	struct line_edit input; /* PICKER: the filter; PROMPT: the text; PAGER: the filter */
	struct pick *v;		/* PICKER: what can be picked; MENU, CHOICE: label is the key */
	size_t n, cap;
	size_t *match; /* PICKER: indices of those that match, best first */
	size_t n_match, chosen, top;
	bool free_text;	      /* PICKER: Enter without a match gives the command with the text */
	struct str command;   /* PROMPT: the command the text goes to */
	struct log_list text; /* PAGER */
};

void popup_init(struct popup *p);
void popup_fini(struct popup *p);
void popup_close(struct popup *p);

void popup_open(struct popup *p, enum popup_kind kind, const char *title);
void popup_empty(struct popup *p); /* takes out all that can be picked; the filter stays */
void popup_add(struct popup *p, const char *label, const char *detail, const char *command);
void popup_prompt(struct popup *p, const char *title, const char *command, const char *text);
void popup_text(struct popup *p, const char *title, const char *text);

/* Matches again after the filter or the list changed. */
void popup_match(struct popup *p);

enum popup_result {
	POPUP_STAYS,
	POPUP_TYPED,  /* the input changed */
	POPUP_CLOSED, /* Esc */
	POPUP_RUN,    /* run argv: a command and its arguments */
};

/* rows and cols: those that a list or a text has on the screen. Enter in a text opens
 * the first place, "rtl/q.sv:12", that a line on it begins with. On POPUP_RUN
 * argv holds what to run; the popup is closed. */
enum popup_result popup_key(struct popup *p, const struct key *k, int rows, int cols,
			    struct strv *argv);

#endif
