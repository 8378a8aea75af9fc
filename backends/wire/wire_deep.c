/* Arguments of calls that are nested too deeply to be parsed.
 *
 * Some formats send arguments as JSON within the event, so their nesting adds to that of
 * the event; and a model in a loop ("[[[[[[") nests them as deep as its answer is long.
 * With such arguments as a string the event can be parsed. Then only that call is wrong,
 * as it is in the formats that send arguments as text anyway.
 */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "backends/wire/wire.h"
#include "session/base/json.h"

static const char *const members[] = { "args", "arguments", "input", "parameters", NULL };

/* Offset behind the string that begins at i. */
static size_t after_string(const char *s, size_t i, size_t len)
{
	for (i++; i < len && s[i] != '"'; i++)
		i += s[i] == '\\';
	return i < len ? i + 1 : len;
}

static bool holds_arguments(const char *quoted, size_t len)
{
	for (size_t i = 0; members[i]; i++)
		if (len == strlen(members[i]) + 2 && memcmp(quoted + 1, members[i], len - 2) == 0)
			return true;
	return false;
}

/* Offset of the value behind the key that ends at i; len: it is not a key. */
static size_t value_at(const char *s, size_t i, size_t len)
{
	bool colon = false;

	for (; i < len && (isspace((unsigned char)s[i]) || (s[i] == ':' && !colon)); i++)
		colon |= s[i] == ':';
	return colon ? i : len;
}

bool wire_quote_arguments(const char *s, size_t len, struct str *out)
{
	size_t done = 0;

	for (size_t i = 0; i < len;) {
		const char *at = memchr(s + i, '"', len - i);
		size_t key = at ? (size_t)(at - s) : len, value, n;

		i = after_string(s, key, len);
		if (key == len || !holds_arguments(s + key, i - key))
			continue;
		value = value_at(s, i, len);
		if (value == len || !strchr("{[", s[value]))
			continue;
		n = json_length(s + value, len - value);
		if (n == 0) /* it has no end */
			break;
		str_add(out, s + done, value - done);
		json_quote(out, s + value, n);
		done = i = value + n;
	}
	if (done)
		str_add(out, s + done, len - done);
	return done != 0;
}
