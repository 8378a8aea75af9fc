#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "plugins/wavedrom/wavedrom.h"

void buffer_add(struct buffer *b, const char *fmt, ...)
{
	va_list ap, again;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n >= 0 && !b->bad && b->len + (size_t)n + 1 > b->cap) {
		size_t cap = 2 * (b->len + (size_t)n + 1);
		char *more = realloc(b->text, cap);

		b->bad = !more;
		if (more) {
			b->text = more;
			b->cap = cap;
		}
	}
	if (n >= 0 && !b->bad)
		b->len += (size_t)vsnprintf(b->text + b->len, b->cap - b->len, fmt, again);
	va_end(again);
}
