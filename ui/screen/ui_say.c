/* The status line: what is said there until the next key. */
#include "config.h"

#include <stdarg.h>
#include <string.h>

#include "ui/screen/ui.h"

/* What is said to a shell (`posedge doctor` tells) is a command's name here;
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
	va_list ap;

	str_clear(&u->message);
	va_start(ap, fmt);
	str_vaddf(&u->message, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < u->message.len; i++)
		if (u->message.data[i] == '\n')
			u->message.data[i] = ' ';
	name_commands(&u->message);
	str_clear(&u->said);
	str_add(&u->said, str_cstr(&u->message), u->message.len);
	u->message_bad = false;
	u->dirty = true;
}

void ui_complain(struct ui *u, const struct err *err)
{
	if (err->code == ERR_CANCELLED) {
		ui_say(u, "cancelled");
		return;
	}
	ui_say(u, "%s", err->text);
	u->message_bad = true;
}
