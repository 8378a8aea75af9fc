/* A call is found by its name outside of comments and strings, and ends before the `;`
 * behind its arguments. A name without that is left to the tool. */
#include "config.h"

#include "session/verilog/foreign_waves.h"

#include <ctype.h>
#include <string.h>

#include "session/base/str.h"
#include "session/text/slice.h"

#define CALL_MOST 4096 /* bytes of arguments */

/* Verdi and VCS, Xcelium, Questa and Active-HDL, from their manuals. */
static const char *const names[] = { "$fsdbDump",     "$fsdbAutoSwitchDumpfile",
				     "$fsdbSuppress", "$vcdplus",
				     "$shm_open",     "$shm_probe",
				     "$shm_close",    "$recordfile",
				     "$recordvars",   "$recordsetup",
				     "$wlfdump",      "$asdbDump",
				     "$vpdDump",      NULL };

bool foreign_waves_task(const char *name, size_t len)
{
	for (size_t i = 0; names[i]; i++) {
		size_t n = strlen(names[i]);

		if (len >= n && memcmp(name, names[i], n) == 0)
			return true;
	}
	return false;
}

/* Offset behind the comment, string or byte at i. */
static size_t skip(const char *s, size_t i, size_t len)
{
	const char *end = NULL;

	if (s[i] == '"') {
		for (i++; i < len && s[i] != '"' && s[i] != '\n'; i++)
			i += s[i] == '\\';
		return i < len ? i + 1 : len;
	}
	if (s[i] != '/' || i + 1 == len || (s[i + 1] != '/' && s[i + 1] != '*'))
		return i + 1;
	if (s[i + 1] == '/')
		end = memchr(s + i, '\n', len - i);
	else if (i + 2 < len)
		end = memmem(s + i + 2, len - i - 2, "*/", 2);
	return end ? (size_t)(end - s) + (s[i + 1] == '*' ? 2 : 0) : len;
}

/* Offset of the `;` that ends the call whose name ends at i; 0: it is not a call. */
static size_t end_of_call(const char *s, size_t i, size_t len)
{
	size_t most = len - i > CALL_MOST ? i + CALL_MOST : len;
	int depth = 0;

	while (i < most) {
		if (s[i] == ';' && depth == 0)
			return i;
		if (depth == 0 && s[i] != '(' && s[i] != '/' && !isspace((unsigned char)s[i]))
			return 0;
		depth += s[i] == '(' ? 1 : s[i] == ')' ? -1 : 0;
		i = skip(s, i, len);
	}
	return 0;
}

static bool has_any(const char *text, size_t len)
{
	for (size_t i = 0; names[i]; i++)
		if (memmem(text, len, names[i], strlen(names[i])))
			return true;
	return false;
}

/* A line end, and the backslash before one in a macro. */
static bool stays(const char *s, size_t i)
{
	return s[i] == '\n' || s[i] == '\r' ||
	       (s[i] == '\\' && (s[i + 1] == '\n' || s[i + 1] == '\r'));
}

bool foreign_waves_blank(const char *text, size_t len, struct str *out)
{
	size_t copied = 0, n, end;

	if (!has_any(text, len))
		return false;
	for (size_t i = 0; i < len; i += n) {
		for (n = text[i] == '\\';
		     i + n < len && (slice_word_char(text[i + n]) || text[i] == '\\');) {
			if (isspace((unsigned char)text[i + n])) /* ends an escaped name */
				break;
			n++;
		}
		end = n && foreign_waves_task(text + i, n) ? end_of_call(text, i + n, len) : 0;
		if (end) {
			str_add(out, text + copied, i - copied);
			for (; i < end; i++)
				str_addc(out, stays(text, i) ? text[i] : ' ');
			copied = end;
			n = 0;
		} else if (!n) {
			n = skip(text, i, len) - i;
		}
	}
	if (copied)
		str_add(out, text + copied, len - copied);
	return copied > 0;
}
