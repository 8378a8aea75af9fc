#include "config.h"

#include "session/trace/trace_string.h"

#include <string.h>

#include "session/base/str.h"

/* The bytes of an escape at p that stands for something to print, *c; 0: there is none. */
static size_t escape(const char *p, size_t len, char *c)
{
	int n = 0;

	if (len < 2 || p[0] != '\\')
		return 0;
	*c = p[1];
	if (strchr("'\"\\?", *c))
		return 2;
	for (size_t i = 1; i < 4; i++) {
		if (i >= len || p[i] < '0' || p[i] > '7')
			return 0;
		n = n * 8 + (p[i] - '0');
	}
	*c = (char)n;
	return n >= ' ' && n < 127 ? 4 : 0;
}

void trace_string_text(const char *value, size_t len, struct str *out)
{
	for (size_t i = 0; i < len;) {
		char c = value[i];
		size_t n = escape(value + i, len - i, &c);

		str_addc(out, n ? c : value[i]);
		i += n ? n : 1;
	}
}
