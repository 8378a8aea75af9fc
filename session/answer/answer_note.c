/* Parses one line of a review in prose, `rtl/fifo.sv:12-14: words`, as a range and
 * its words. Models decorate it, so list marks, backquotes and a repeated path are
 * skipped. Numbers above LINE_MOST are not line numbers.
 */
#include "config.h"

#include "session/answer/answer_note.h"

#include <ctype.h>
#include <string.h>

/* Largest line number. */
#define LINE_MOST 100000000ul

/* Takes the digits at the start of *s. 0: there are none, or too many. */
static unsigned long take_number(struct slice *s)
{
	unsigned long n = 0;

	while (s->n && *s->p >= '0' && *s->p <= '9' && n < LINE_MOST) {
		n = n * 10 + (unsigned long)(*s->p - '0');
		*s = slice_from(*s, 1);
	}
	return n < LINE_MOST ? n : 0;
}

static bool take_sign(struct slice *s, char c)
{
	if (!s->n || *s->p != c)
		return false;
	*s = slice_from(*s, 1);
	return true;
}

static void take_path(struct slice *s, const char *path)
{
	size_t n = path ? strlen(path) : 0;

	if (path && !slice_starts(*s, path))
		return;
	while (!path && n < s->n && s->p[n] != ':' && !isspace((unsigned char)s->p[n]))
		n++;
	if (n + 1 < s->n && s->p[n] == ':' && isdigit((unsigned char)s->p[n + 1]))
		*s = slice_from(*s, n + 1);
}

bool answer_note(struct slice line, const char *path, struct answer_note *out)
{
	struct slice s = slice_trim(line);

	while (s.n && strchr("-* `", *s.p))
		s = slice_from(s, 1);
	take_path(&s, path);
	out->first = out->last = take_number(&s);
	if (out->first && take_sign(&s, '-'))
		out->last = take_number(&s);
	take_sign(&s, '`');
	if (!out->first || out->last < out->first || !take_sign(&s, ':'))
		return false;
	out->words = slice_trim(s);
	return out->words.n > 0;
}
