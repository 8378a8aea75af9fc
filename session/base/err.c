/* An error text is made to fit one line of a terminal when it is set, not when it
 * is shown: it may quote file names, a server's message or a tool's output, and
 * otherwise every place that prints it would have to clean it. Control characters
 * and invalid UTF-8 become '?'; a text above ERR_TEXT_MAX ends in "...", never in
 * half a character.
 */
#include "config.h"

#include "session/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "session/base/utf8.h"

/* Macros for the analyzer, see err.h. */
#undef err_set
#undef err_prefix

/* Makes text fit one line of a terminal, in place: what cannot be shown becomes
 * '?', and a character cut by the limit is removed. */
static void clean(char *text, bool cut)
{
	size_t len = strlen(text);
	size_t in = 0, out = 0;

	while (in < len) {
		unsigned cp;
		size_t n = utf8_decode(text + in, len - in, &cp);

		if (n == 0) { /* invalid, or cut in the middle */
			if (cut && len - in < 4)
				break;
			text[out++] = '?';
			in++;
		} else if (utf8_is_control(cp)) {
			text[out++] = cp == '\t' ? ' ' : '?';
			in += n;
		} else {
			memmove(text + out, text + in, n);
			out += n;
			in += n;
		}
	}
	text[out] = '\0';
	if (cut && out + 3 <= ERR_TEXT_MAX)
		memcpy(text + out, "...", 4);
}

static void fill(struct err *err, const char *fmt, va_list ap, const char *rest)
	__attribute__((format(printf, 2, 0)));
static void fill(struct err *err, const char *fmt, va_list ap, const char *rest)
{
	char text[sizeof(err->text)];
	int n = vsnprintf(text, sizeof(text) - 3, fmt, ap);
	bool cut = n < 0 || (size_t)n >= sizeof(text) - 3;

	if (rest && !cut) {
		size_t used = (size_t)n;
		int m = snprintf(text + used, sizeof(text) - 3 - used, ": %s", rest);

		cut = m < 0 || (size_t)m >= sizeof(text) - 3 - used;
	}
	clean(text, cut);
	memcpy(err->text, text, strlen(text) + 1);
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return false;
	err->code = code;
	va_start(ap, fmt);
	fill(err, fmt, ap, NULL);
	va_end(ap);
	return false;
}

bool err_prefix(struct err *err, const char *fmt, ...)
{
	va_list ap;
	char rest[sizeof(err->text)];

	if (!err)
		return false;
	memcpy(rest, err->text, sizeof(rest));
	va_start(ap, fmt);
	fill(err, fmt, ap, rest);
	va_end(ap);
	return false;
}
