/* ui_words.h - the status line: what is said there until the next key. */
#ifndef POSEDGE_UI_WORDS_H
#define POSEDGE_UI_WORDS_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_words {
	struct str message;  /* in the status line until the next key */
	struct str said;     /* the last one, for the help to show whole */
	bool bad;	     /* it is a complaint */
	struct str progress; /* what a simulation does now */
	bool away;	     /* the terminal says that it has not the focus */
};

static inline struct ui_words *ui_words(const struct ui *u)
{
	return ui_parts(u)->words;
}

void ui_say(struct ui *u, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* While the person looks elsewhere: the bell, and the words as a notification of the
 * terminal (OSC 9). Nothing with `notify off`, or where the terminal does not say so. */
void ui_call(struct ui *u, const char *text);

void ui_complain(struct ui *u, const struct err *err);

#endif
