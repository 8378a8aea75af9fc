/* The status line: a message, shown until the next key. */
#include "config.h"

#include "ui/screen/ui_words.h"

#include <stdarg.h>
#include <string.h>

#include "session/option/opt.h"
#include "session/workbench/workbench.h"
#include "ui/screen/ui.h"
#include "ui/terminal/term.h"

#define CALL_BYTES 120

/* Messages written for a shell (`posedge doctor`) name the screen's command instead;
 * an option of the program itself stays as it is. */
static void name_commands(struct str *s)
{
	static const char shell[] = "`posedge ";
	const size_t len = sizeof(shell) - 1;

	for (const char *at = str_cstr(s); (at = strstr(at, shell)); at++)
		if (at[len] >= 'a' && at[len] <= 'z')
			str_remove(s, (size_t)(at - s->data) + 1, len - 1);
}

void ui_say(struct ui *u, const char *fmt, ...)
{
	struct ui_words *words = ui_words(u);

	va_list ap;

	str_clear(&words->message);
	va_start(ap, fmt);
	str_vaddf(&words->message, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < words->message.len; i++)
		if (words->message.data[i] == '\n' || words->message.data[i] == '\t')
			words->message.data[i] = ' ';
	name_commands(&words->message);
	str_clear(&words->said);
	str_add(&words->said, str_cstr(&words->message), words->message.len);
	words->bad = false;
	ui_changed(u);
}

void ui_complain(struct ui *u, const struct err *err)
{
	if (err->code == ERR_CANCELLED) {
		ui_say(u, "cancelled");
		return;
	}
	ui_say(u, "%s", err->text);
	ui_words(u)->bad = true;
}

void ui_notify(struct ui *u, const char *text)
{
	struct str out = STR_INIT;

	if (!ui_words(u)->away || !ui_workbench(u)->options->notify)
		return;
	str_adds(&out, "\a\033]9;posedge: ");
	for (const char *c = text; *c && c < text + CALL_BYTES; c++)
		str_addc(&out, (unsigned char)*c < 0x20 || *c == 0x7f ? ' ' : *c);
	str_adds(&out, "\033\\");
	ui_term(u)->ops->send(ui_term(u), out.data, out.len);
	str_free(&out);
}
