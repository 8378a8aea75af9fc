/* A cluster is what takes one place on the screen: a character with the combining marks
 * on it, at most CLUSTER_MARKS. Everything that could move the cursor or be invisible
 * becomes visible text: control bytes ^A, invalid bytes \xff, invisible characters
 * <200B>. So the width of any text is known before it is drawn, and no file can drive
 * the terminal.
 */
#include "config.h"

#include "ui/look/cluster.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "session/base/utf8.h"

static void escape(struct cluster *c, size_t len, int width)
{
	c->len = len;
	c->escape = true;
	c->width = width;
}

void cluster_next(const char *s, size_t len, struct cluster *c)
{
	unsigned cp;
	size_t n;
	int width;

	memset(c, 0, sizeof(*c));
	if (cluster_is_byte(s, len)) {
		c->cp[0] = (unsigned char)*s;
		c->len = 1;
		c->width = 1;
		return;
	}
	n = utf8_decode(s, len, &cp);
	if (n == 0) {
		escape(c, 1, snprintf(c->text, sizeof(c->text), "\\x%02x", (unsigned char)*s));
		return;
	}
	if (cp < 0x20 || cp == 0x7f) {
		escape(c, n, snprintf(c->text, sizeof(c->text), "^%c", (char)(cp ^ 0x40)));
		return;
	}
	width = wcwidth((wchar_t)cp);
	if (utf8_is_control(cp) || width < 1) {
		escape(c, n, snprintf(c->text, sizeof(c->text), "<%04X>", cp));
		return;
	}
	c->cp[0] = cp;
	c->len = n;
	c->width = width;
	for (int marks = 0; marks < CLUSTER_MARKS && c->len < len; marks++) {
		n = utf8_decode(s + c->len, len - c->len, &cp);
		if (n == 0 || cp < 0x300 || utf8_is_control(cp) || wcwidth((wchar_t)cp) != 0)
			break;
		c->cp[1 + marks] = cp;
		c->len += n;
	}
}

#define EACH(byte) (UINT64_C(0x0101010101010101) * (byte))

/* Eight bytes at a time, since a line may have millions. If no byte has its high bit
 * set: subtracting 0x20 from 0x80|b clears the high bit only for b < 0x20, and
 * adding 1 sets it only for 0x7f. The ninth byte must be ASCII, since a mark may not
 * follow. */
size_t cluster_bytes(const char *s, size_t len)
{
	size_t n = 0;
	uint64_t w;

	for (; n + 8 < len; n += 8) {
		memcpy(&w, s + n, 8);
		if ((w | ((unsigned char)s[n + 8] & 0x80)) & EACH(0x80) ||
		    (((w | EACH(0x80)) - EACH(0x20)) & EACH(0x80)) != EACH(0x80) ||
		    (w + EACH(1)) & EACH(0x80))
			break;
	}
	while (n < len && cluster_is_byte(s + n, len - n))
		n++;
	return n;
}

int cluster_columns(const char *s, size_t len, int tab_cols)
{
	int col = 0;
	size_t i = 0;

	while (i < len) {
		struct cluster c;

		size_t plain = cluster_bytes(s + i, len - i);

		if (plain) {
			col += (int)plain;
			i += plain;
			continue;
		}
		if (s[i] == '\t' && tab_cols) {
			col += tab_cols - col % tab_cols;
			i++;
			continue;
		}
		cluster_next(s + i, len - i, &c);
		col += c.width;
		i += c.len;
	}
	return col;
}

size_t cluster_before(const char *s, size_t off)
{
	/* Nearly always the byte before off is ASCII and has no mark on it. */
	size_t from = off, i;

	while (from > 0 && off - from < 64) {
		from--;
		if ((unsigned char)s[from] < 0x80 && from + 1 < off)
			break;
	}
	for (i = from; i < off;) {
		struct cluster c;

		cluster_next(s + i, off - i, &c);
		if (i + c.len >= off)
			break;
		i += c.len;
	}
	return i < off ? i : from;
}

size_t cluster_tail(const char *s, size_t len, int cols)
{
	while (len > 0) {
		size_t at = cluster_before(s, len);
		struct cluster c;

		cluster_next(s + at, len - at, &c);
		cols -= c.width;
		if (cols < 0)
			break;
		len = at;
	}
	return len;
}
