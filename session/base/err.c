/* An error text is made to fit one line of a terminal when it is set, not when it
 * is shown: it may quote file names, a server's message or a tool's output, and
 * otherwise every place that prints it would have to clean it. Control characters
 * and invalid UTF-8 become '?'. A text above ERR_TEXT_MAX loses its middle, because it
 * begins with what failed and ends with what to do; in between stands what is long: a list
 * of names, a quoted line. It never holds half a character.
 */
#include "config.h"

#include "session/base/err.h"

#include <stdarg.h>
#include <string.h>

#include "session/base/str.h"
#include "session/base/utf8.h"

/* Macros for the analyzer, see err.h. */
#undef err_set
#undef err_prefix

#define GAP	 " ... "
#define GAP_LEN	 (sizeof(GAP) - 1)
#define TAIL_MAX 160 /* bytes kept of the end */

/* Makes text fit one line of a terminal, in place. Returns its length. */
static size_t clean(char *text, size_t len)
{
	size_t in = 0, out = 0;

	while (in < len) {
		unsigned cp;
		size_t n = utf8_decode(text + in, len - in, &cp);

		if (n == 0 || utf8_is_control(cp)) {
			text[out++] = n && cp == '\t' ? ' ' : '?';
		} else {
			memmove(text + out, text + in, n);
			out += n;
		}
		in += n ? n : 1;
	}
	return out;
}

static bool continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static void fill(struct err *err, char *text, size_t len)
{
	size_t head = ERR_TEXT_MAX - GAP_LEN - TAIL_MAX, tail;

	len = clean(text, len);
	if (len > ERR_TEXT_MAX) {
		tail = len - TAIL_MAX;
		while (continues(text[head]))
			head--;
		while (continues(text[tail]))
			tail++;
		memcpy(text + head, GAP, GAP_LEN);
		memmove(text + head + GAP_LEN, text + tail, len - tail);
		len = head + GAP_LEN + len - tail;
	}
	memcpy(err->text, text, len);
	err->text[len] = '\0';
}

bool err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	struct str text = STR_INIT;
	va_list ap;

	if (!err)
		return false;
	va_start(ap, fmt);
	str_vaddf(&text, fmt, ap); /* err->text may be among the arguments */
	va_end(ap);
	err->code = code;
	fill(err, text.data, text.len);
	str_free(&text);
	return false;
}

bool err_copy(struct err *err, const struct err *from)
{
	if (err)
		*err = *from;
	return false;
}

bool err_pass_cancel(struct err *err, const struct err *from)
{
	return from->code != ERR_CANCELLED || err_copy(err, from);
}

bool err_prefix(struct err *err, const char *fmt, ...)
{
	struct str text = STR_INIT;
	va_list ap;

	if (!err)
		return false;
	va_start(ap, fmt);
	str_vaddf(&text, fmt, ap);
	va_end(ap);
	str_addf(&text, ": %s", err->text);
	fill(err, text.data, text.len);
	str_free(&text);
	return false;
}
