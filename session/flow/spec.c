/* Specs are written by people, so requirements are recognised only by the form of a
 * line: a number after optional Markdown marks begins one, and it ends where
 * something else begins. Phrases are compared word by word, ignoring case, so "active
 * low" does not match in "inactive lowering".
 */
#include "config.h"

#include "session/flow/spec.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/slice.h"

#define PREFIX_MAX 8u	   /* letters before a number */
#define NUMBER_MAX 999999u /* a larger one is none */

void spec_fini(struct spec *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].id);
		free(s->v[i].text);
	}
	free(s->v);
	memset(s, 0, sizeof(*s));
}

/* Requirements ----------------------------------------------------------------------- */

static bool is_upper(unsigned char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

/* Length of the Markdown marks at the start of a line. */
static size_t marks(struct slice l)
{
	size_t n = 0;

	while (n < l.n && strchr(" \t-*+|#>[(", l.p[n]) && l.p[n])
		n++;
	return n;
}

/* True for an item of a Markdown list. */
static bool is_bullet(struct slice l)
{
	struct slice t = slice_trim(l);

	return t.n > 1 && strchr("-*+", t.p[0]) && t.p[1] == ' ';
}

/* Length of a number such as "R1", "REQ-12", "R2.3" or "4", which needs a dot or
 * bracket after it; 0: none. */
static size_t number_len(struct slice l)
{
	size_t n = 0, digits;

	while (n < l.n && n < PREFIX_MAX && is_upper((unsigned char)l.p[n]))
		n++;
	if (n && n + 1 < l.n && (l.p[n] == '-' || l.p[n] == '_') &&
	    is_digit((unsigned char)l.p[n + 1]))
		n++;
	digits = n;
	while (n < l.n && is_digit((unsigned char)l.p[n]))
		n++;
	if (n == digits || n - digits > 6) /* NUMBER_MAX */
		return 0;
	while (digits && n + 1 < l.n && l.p[n] == '.' && is_digit((unsigned char)l.p[n + 1]))
		for (n++; n < l.n && is_digit((unsigned char)l.p[n]);)
			n++;
	if (digits == 0)
		return n < l.n && strchr(".)", l.p[n]) && n + 1 < l.n && l.p[n + 1] == ' ' ? n : 0;
	return n == l.n || strchr(" \t:.)]*|,", l.p[n]) ? n : 0;
}

/* Length of the separator between number and text; "-5" and ".5" belong to the text. */
static size_t behind(struct slice l)
{
	size_t n = 0;

	while (n < l.n && strchr(" \t:.)]*|-,", l.p[n]) && l.p[n] &&
	       !(strchr("-.", l.p[n]) && n + 1 < l.n && is_digit((unsigned char)l.p[n + 1])))
		n++;
	return n;
}

/* Strips the bars at the right end of a table row. */
static struct slice without_bar(struct slice text)
{
	struct slice t = slice_trim(text);

	while (t.n && t.p[t.n - 1] == '|')
		t = slice_trim((struct slice){ t.p, t.n - 1 });
	return t;
}

static void add_text(struct spec_item *item, struct slice text)
{
	struct slice t = without_bar(text);
	struct str all = STR_INIT;

	if (t.n == 0)
		return;
	if (item->text[0])
		str_addf(&all, "%s ", item->text);
	str_add(&all, t.p, t.n);
	free(item->text);
	item->text = str_take(&all);
}

static struct spec_item *begin(struct spec *s, struct slice id, int line)
{
	MEM_ROOM(s->v, s->n, s->cap);
	s->v[s->n] = (struct spec_item){ slice_dup(id), mem_strdup(""), line };
	return &s->v[s->n++];
}

void spec_read(struct spec *s, const char *text, size_t len)
{
	struct slice rest = { text, len };
	struct spec_item *now = NULL;

	for (int line = 1; rest.n; line++) {
		struct slice l = slice_chomp(slice_line(&rest));
		struct slice body = slice_from(l, marks(l));
		size_t id = number_len(body);

		if (slice_blank(l) || (l.n && l.p[0] == '#' && id == 0)) {
			now = NULL;
			continue;
		}
		if (s->n == SPEC_ITEMS_MAX) {
			s->full = true;
			return;
		}
		if (id) {
			now = begin(s, (struct slice){ body.p, id }, line);
			body = slice_from(body, id);
			body = slice_from(body, behind(body));
		} else if (!now || (!now->id[0] && is_bullet(l))) {
			now = begin(s, (struct slice){ l.p, 0 }, line);
		}
		add_text(now, body);
	}
}

const struct spec_item *spec_find(const struct spec *s, const char *id)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].id[0] && strcmp(s->v[i].id, id) == 0)
			return &s->v[i];
	return NULL;
}

size_t spec_numbered(const struct spec *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++)
		n += s->v[i].id[0] != '\0';
	return n;
}

/* Adding requirements ----------------------------------------------------------------- */

struct place {
	size_t end;	   /* byte offset after the last requirement */
	struct slice lead; /* the bytes before its number, and between the number and the text */
	struct slice gap;
	struct slice prefix; /* "R", "REQ-" */
	unsigned long highest;
	bool blank; /* requirements are separated by blank lines */
	size_t n;
};

static void note_number(struct place *p, struct slice id)
{
	size_t digits = 0;
	unsigned long n;
	char *text;

	while (digits < id.n && !is_digit((unsigned char)id.p[digits]))
		digits++;
	text = slice_dup(slice_from(id, digits));
	n = strtoul(text, NULL, 10);
	if (n > p->highest && n < NUMBER_MAX) /* none follows that */
		p->highest = n;
	p->prefix = (struct slice){ id.p, digits };
	free(text);
}

/* Notes what separates a number from its text; a line with a number alone does not show it. */
static void note_gap(struct place *p, struct slice text)
{
	size_t n = behind(text);

	if (n && n < text.n)
		p->gap = (struct slice){ text.p, n };
}

static void find_place(struct slice rest, struct place *p)
{
	const char *text = rest.p;
	bool on = false, blank = false;

	while (rest.n) {
		struct slice l = slice_line(&rest), c = slice_chomp(l);
		struct slice body = slice_from(c, marks(c));
		size_t id = number_len(body);

		if (slice_blank(c) || (c.n && c.p[0] == '#' && id == 0)) {
			blank |= on;
			on = false;
			continue;
		}
		if (id) {
			p->lead = (struct slice){ c.p, marks(c) };
			note_gap(p, slice_from(body, id));
			note_number(p, (struct slice){ body.p, id });
			p->blank = p->n++ ? blank : false;
			blank = false;
			on = true;
		}
		if (on)
			p->end = (size_t)(l.p + l.n - text);
	}
}

void spec_extend(const char *text, size_t len, const struct strv *lines, struct str *out)
{
	struct place p = { .end = len, .prefix = { "R", 1 } };
	struct slice whole = { text, len };

	find_place(whole, &p);
	if (!p.gap.n) /* "3 text", without a dot, would not be read as a numbered line */
		p.gap = p.prefix.n ? (struct slice){ "  ", 2 } : (struct slice){ ". ", 2 };
	str_add(out, text, p.end);
	if (p.end && text[p.end - 1] != '\n')
		str_addc(out, '\n');
	if (p.n == 0 && p.end)
		str_addc(out, '\n');
	for (size_t i = 0; i < lines->n; i++) {
		if (p.blank)
			str_addc(out, '\n');
		str_add(out, p.lead.p, p.lead.n);
		str_add(out, p.prefix.p, p.prefix.n);
		str_addf(out, "%lu", ++p.highest);
		str_add(out, p.gap.p, p.gap.n);
		str_addf(out, "%s%s\n", lines->v[i],
			 p.lead.n && memchr(p.lead.p, '|', p.lead.n) ? " |" : "");
	}
	str_add(out, text + p.end, len - p.end);
}

struct slice spec_sentence(struct slice line)
{
	struct slice body = slice_from(line, marks(line));
	size_t id = number_len(body);

	body = slice_from(body, id);
	return without_bar(id ? slice_from(body, behind(body)) : body);
}

/* Matching phrases ------------------------------------------------------------------- */

static bool is_word(unsigned char c)
{
	return isalnum(c) || c == '_';
}

/* Number of bytes of text that match the phrase; 0: no match at this position. */
static size_t phrase_at(const char *text, const char *p, size_t n)
{
	const char *t = text;

	for (size_t i = 0; i < n; i++) {
		if (p[i] == '*') {
			while (is_word((unsigned char)*t))
				t++;
		} else if (p[i] == '#') {
			if (!is_digit((unsigned char)*t))
				return 0;
			while (is_digit((unsigned char)*t))
				t++;
		} else if (p[i] == ' ') {
			if (*t != ' ' && *t != '-' && *t != '\t')
				return 0;
			while (*t == ' ' || *t == '-' || *t == '\t')
				t++;
		} else if (tolower((unsigned char)p[i]) != tolower((unsigned char)*t++)) {
			return 0;
		}
	}
	return is_word((unsigned char)p[n - 1]) && is_word((unsigned char)*t) ? 0
									      : (size_t)(t - text);
}

static bool has_phrase(const char *text, const char *p, size_t n, struct str *found)
{
	bool within = n > 1 && p[0] == '*';
	int first;

	p += within;
	n -= within;
	first = tolower((unsigned char)p[0]);
	for (const char *t = text; *t; t++) {
		size_t got;

		if (p[0] != '#' && p[0] != '*' && tolower((unsigned char)*t) != first)
			continue;
		if (!within && is_word((unsigned char)p[0]) && t > text &&
		    is_word((unsigned char)t[-1]))
			continue;
		got = phrase_at(t, p, n);
		if (got == 0)
			continue;
		if (found)
			str_add(found, t, got);
		return true;
	}
	return false;
}

static bool has_all(const char *text, const char *p, size_t n, struct str *found)
{
	while (n) {
		const char *amp = memchr(p, '&', n);
		size_t one = amp ? (size_t)(amp - p) : n;

		if (!has_phrase(text, p, one, found))
			return false;
		found = NULL;
		p += one + (amp != NULL);
		n -= one + (amp != NULL);
	}
	return true;
}

bool spec_says(const char *text, const char *words, struct str *found)
{
	while (*words) {
		size_t n = strcspn(words, "|");

		if (n && has_all(text, words, n, found))
			return true;
		words += n + (words[n] == '|');
	}
	return false;
}

bool spec_names(const char *text, const char *name)
{
	size_t n = strlen(name);

	for (const char *at = strstr(text, name); at; at = strstr(at + 1, name)) {
		bool before = at > text && slice_word((struct slice){ at - 1, 2 }) == 2;

		if (!before && slice_word((struct slice){ at + n - 1, 2 }) != 2)
			return true;
	}
	return false;
}
