/* ui_words.h - the status line and its message, shown until the next key. */
#ifndef POSEDGE_UI_WORDS_H
#define POSEDGE_UI_WORDS_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_words {
	struct str message;  /* shown until the next key */
	struct str said;     /* the last message, which the help shows in full */
	bool bad;	     /* message is a complaint */
	struct str progress; /* progress of a simulation */
	bool away;	     /* the terminal reported that it lost the focus */
};

static inline struct ui_words *ui_words(const struct ui *u)
{
	return ui_parts(u)->words;
}

void ui_say(struct ui *u, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* While the terminal does not have the focus: rings the bell and sends text as a
 * notification (OSC 9). No-op with `notify off`, or if the terminal does not report
 * its focus. */
void ui_notify(struct ui *u, const char *text);

void ui_complain(struct ui *u, const struct err *err);

#endif
