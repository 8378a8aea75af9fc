/* Characters cut in two: half of a surrogate pair in one event, the other half in the next.
 *
 * The high half at the end of a string in an event is kept, and put before the low half at
 * the start of a string in the next. Some servers repeat a text within an event, so every
 * such low half gets the same high half. A half without its other one becomes U+FFFD:
 * json_parse() handles those inside an event, s->lost one at the end.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "backends/wire/wire.h"

static long hex4(const char *s)
{
	char digits[5] = { 0 };
	char *end;
	long v;

	memcpy(digits, s, 4);
	v = strtol(digits, &end, 16);
	return end == digits + 4 ? v : -1;
}

/* True if there may be an escaped surrogate: \\uD or \\ud. */
static bool escapes_surrogate(const char *data, size_t len)
{
	const char *end = data + len;

	for (const char *p = data; (p = memchr(p, '\\', (size_t)(end - p))) && end - p > 2; p += 2)
		if (p[1] == 'u' && (p[2] | 32) == 'd')
			return true;
	return false;
}

bool wire_mend_halves(struct wire_stream *s, const char *data, size_t len, struct str *out)
{
	unsigned before = s->high;
	bool changed = false, joined = false;
	size_t done = 0;

	s->lost |= before != 0;
	s->high = 0;
	if (!escapes_surrogate(data, len))
		return false;
	for (size_t i = 0; i + 6 < len; i++) {
		long v;

		if (data[i] != '\\')
			continue;
		v = data[i + 1] == 'u' ? hex4(data + i + 2) : -1;
		if (v >= 0xd800 && v <= 0xdbff && data[i + 6] == '"') {
			str_add(out, data + done, i - done);
			s->high = (unsigned)v;
			done = i + 6;
			changed = true;
		} else if (v >= 0xdc00 && v <= 0xdfff && before && i && data[i - 1] == '"') {
			str_add(out, data + done, i - done);
			str_addf(out, "\\u%04x", before);
			done = i;
			changed = joined = true;
		}
		i += data[i + 1] == 'u' ? 5 : 1;
	}
	if (joined)
		s->lost = false;
	if (changed)
		str_add(out, data + done, len - done);
	return changed;
}
