/* Matches a line like a glob: a hole for a number takes what can be a number, ANY
 * extends until the rest matches. The start is an implicit star, as tools prefix
 * "ERROR: tb.v:3: " and earlier $writes add words. If several statements match,
 * the one with the most literal characters wins.
 */
#include "config.h"

#include "session/output/vprint.h"

#include <ctype.h>
#include <string.h>

#include "session/output/vprint_inner.h"

#define MIN_LETTERS 3 /* fewer may match by chance */
#define MAX_LINE    4096

static size_t blanks(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] == ' ')
		n++;
	return n;
}

/* Length of a number at s, in any base or with x; 0 if there is none. */
static size_t number(const char *s, size_t len)
{
	size_t start = blanks(s, len), n = start;

	if (n < len && (s[n] == '-' || s[n] == '+'))
		n++;
	while (n < len && (isxdigit((unsigned char)s[n]) || strchr("xXzZ.?", s[n])))
		n++;
	if (n + 1 < len && n > start && s[n - 1] == 'e' && (s[n] == '-' || s[n] == '+'))
		for (n++; n < len && isdigit((unsigned char)s[n]); n++)
			;
	while (n > start && s[n - 1] == '.')
		n--;
	return n > start ? n : 0;
}

/* Number of bytes the piece matches at s; 0 if it does not match. Not for ANY. */
static size_t take(const struct vprint *p, const struct piece *piece, const char *s, size_t len,
		   struct told_time *t)
{
	size_t skip = blanks(s, len), n = 0, suffix;

	switch (piece->kind) {
	case LITERAL:
		return piece->len <= len && memcmp(p->texts.data + piece->off, s, piece->len) == 0
			       ? piece->len
			       : 0;
	case NUMBER:
		return number(s, len);
	case TIME:
	case FORMATTED:
		while (skip + n < len &&
		       (isdigit((unsigned char)s[skip + n]) || s[skip + n] == '.'))
			n++;
		while (n && s[skip + n - 1] == '.')
			n--;
		break;
	case ANY:
		return 0;
	}
	/* If the $timeformat is unknown, accept anything that looks like a unit. */
	if (n && piece->kind == FORMATTED && p->format_unsure) {
		size_t whole = told_time_number(s + skip, len - skip, t);

		if (whole)
			return skip + whole;
	}
	/* Otherwise take only the digits: a unit after them belongs to the next
	 * piece, unless %t prints it. The suffix is missing before the
	 * $timeformat was executed, or if the line was cut. */
	if (!n || !told_time_number(s + skip, n, t))
		return 0;
	n += skip;
	suffix = piece->kind == FORMATTED ? strlen(p->suffix) : 0;
	return n + (suffix <= len - n && memcmp(s + n, p->suffix, suffix) == 0 ? suffix : 0);
}

/* Result of matching a statement with a line. */
struct match {
	int score; /* 0: no match */
	struct told_time t;
	const struct piece *time; /* piece that prints the time; NULL: none */
	bool loose;		  /* some other hole could be a time as well */
};

static void score(const struct vprint *p, const struct statement *s, struct match *m)
{
	m->score = 0;
	for (int i = 0; i < s->n; i++) {
		const struct piece *piece = &s->pieces[i];

		m->score += piece->kind >= TIME;
		m->loose |= piece->kind == ANY || piece->kind == NUMBER;
		for (size_t k = 0; piece->kind == LITERAL && k < piece->len; k++)
			m->score += !isspace((unsigned char)p->texts.data[piece->off + k]);
	}
}

static bool better_time(const struct piece *a, const struct piece *b)
{
	return !b || (a->exact && !b->exact);
}

/* Piece i. Blanks at both ends of the line were removed, so they are removed from it if it is
 * the first piece, at the start of the line, or the last one. */
static struct piece trimmed(const struct vprint *p, const struct statement *s, int i, size_t at)
{
	struct piece out = s->pieces[i];
	const char *text = p->texts.data + out.off;
	size_t n = 0;

	if (out.kind != LITERAL)
		return out;
	while (i == 0 && at == 0 && n < out.len && isspace((unsigned char)text[n]))
		n++;
	while (i + 1 == s->n && out.len > n && isspace((unsigned char)text[out.len - 1]))
		out.len--;
	out.off += n;
	out.len -= n;
	return out;
}

static void match(const struct vprint *p, const struct statement *s, const char *line, size_t len,
		  struct match *m)
{
	size_t at = 0, star_at = 0;
	int i = 0, star = 0;		      /* the piece after the last star */
	struct match before = { .score = 0 }; /* state when it was reached */

	*m = before;
	while (i < s->n || at < len) {
		bool more = i < s->n;
		struct piece piece = more ? trimmed(p, s, i, at) : (struct piece){ .kind = ANY };
		struct told_time t;
		size_t n;

		if (more && piece.kind == ANY) {
			star = ++i;
			star_at = at;
			before = *m;
			continue;
		}
		if (more && piece.kind == LITERAL && piece.len == 0 &&
		    ((i == 0 && at == 0) || (i + 1 == s->n && at == len))) {
			i++;
			continue;
		}
		n = more ? take(p, &piece, line + at, len - at, &t) : 0;
		if (n) {
			if (piece.kind >= TIME && better_time(&piece, m->time)) {
				m->time = &s->pieces[i];
				m->t = t;
			}
			at += n;
			i++;
			continue;
		}
		if (++star_at > len)
			return;
		at = star_at;
		i = star;
		*m = before;
	}
	score(p, s, m);
}

/* The unit of %t, if it is certain. */
static void format_unit(const struct vprint *p, struct told_time *t)
{
	if (t->unit == TOLD_SECONDS && (p->format == NO_UNIT || p->format_unsure))
		return; /* as printed after the number */
	if (p->format_unsure) {
		t->unit = TOLD_UNKNOWN;
	} else if (p->format == NO_UNIT) {
		t->unit = TOLD_STEP;
	} else {
		t->unit = TOLD_SECONDS;
		t->exponent = p->format;
	}
}

static void module_unit(const struct vprint *p, int unit, struct told_time *t)
{
	if (unit != NO_UNIT) {
		t->unit = TOLD_SECONDS;
		t->exponent = unit;
	} else if (p->finest == NO_UNIT) {
		t->unit = TOLD_STEP; /* without any timescale the unit is the step */
	} else {
		t->unit = TOLD_UNKNOWN;
	}
}

static void set_time(const struct vprint *p, const struct match *m, int unit, struct told_time *t)
{
	*t = m->t;
	t->sure = true;
	if (m->time->kind == FORMATTED)
		format_unit(p, t);
	else
		module_unit(p, unit, t);
	if (m->time->scale && t->unit == TOLD_STEP)
		t->decimals -= m->time->scale;
	else
		t->exponent += m->time->scale;
}

void vprint_time(const struct vprint *p, const char *line, size_t len, struct told_time *t)
{
	const struct statement *best = NULL;
	struct match found = { .score = 1 };
	bool other_unit = false;

	if (t->unit == TOLD_FORMAT)
		format_unit(p, t);
	if (t->unit == TOLD_STEP || (t->unit == TOLD_SECONDS && !line))
		return;
	told_time_trim(&line, &len);
	len = len < MAX_LINE ? len : MAX_LINE;
	for (size_t i = 0; i < p->n; i++) {
		struct match m;

		match(p, &p->all[i], line, len, &m);
		/* A statement that prints the time explains more of the line. */
		if (m.score < 2 || (found.time && !m.time) ||
		    (m.score < found.score && !(m.time && !found.time)))
			continue;
		if (best && m.score == found.score && !m.time == !found.time) {
			other_unit |= best->unit != p->all[i].unit;
			continue;
		}
		best = &p->all[i];
		found = m;
		other_unit = false;
	}
	if (best && found.time) {
		set_time(p, &found, best->unit, t);
		if (other_unit && found.time->kind == TIME) {
			t->unit = TOLD_UNKNOWN;
			t->exponent = 0;
		}
	} else if (best && t->unit == TOLD_UNKNOWN) {
		/* Prints no $time, but a variable may hold one. */
		if (!found.loose || !t->sure)
			*t = (struct told_time){ TOLD_NOTHING };
		else if (!other_unit)
			module_unit(p, best->unit, t);
	}
}

int vprint_score(const struct vprint *p, const char *line, size_t len)
{
	int best = 0;

	told_time_trim(&line, &len);
	len = len < MAX_LINE ? len : MAX_LINE;
	for (size_t i = 0; len && i < p->n; i++) {
		struct match m;

		match(p, &p->all[i], line, len, &m);
		best = m.score > best ? m.score : best;
	}
	return best;
}

bool vprint_place(const struct vprint *p, const char *line, size_t len, const char **path, int *at)
{
	const struct statement *best = NULL;
	bool several = false;
	int score = 0;

	told_time_trim(&line, &len);
	len = len < MAX_LINE ? len : MAX_LINE;
	for (size_t i = 0; len && i < p->n; i++) {
		struct match m;

		match(p, &p->all[i], line, len, &m);
		several = m.score == score ? several || m.score > 0 : m.score < score && several;
		if (m.score > score) {
			score = m.score;
			best = &p->all[i];
		}
	}
	if (!best || several || score < MIN_LETTERS)
		return false;
	*path = p->files[best->file].path;
	*at = best->line;
	return true;
}

bool vprint_step(const struct vprint *p, int *exponent)
{
	*exponent = p->finest;
	return p->finest != NO_UNIT && !p->some_without;
}

bool vprint_settle(const struct vprint *p, const struct told_time *t, int magnitude, int exponent,
		   uint64_t end, uint64_t *time)
{
	struct told_time step = *t;
	uint64_t other;
	bool found;

	if (t->unit != TOLD_UNKNOWN)
		return told_time_to_dump(t, magnitude, exponent, time);
	step.unit = TOLD_STEP;
	found = t->decimals == 0 && told_time_to_dump(&step, magnitude, exponent, time) &&
		*time <= end;
	for (int i = 0; i < p->n_units; i++) {
		struct told_time in = *t;

		in.unit = TOLD_SECONDS;
		in.exponent = p->units[i];
		if (!told_time_to_dump(&in, magnitude, exponent, &other) || other > end)
			continue;
		if (found && other != *time)
			return false;
		*time = other;
		found = true;
	}
	return found;
}
