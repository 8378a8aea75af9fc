/* A token alone does not distinguish a sign from a subtraction; the token before it does. */
#include "config.h"

#include "session/mutant/mutants_inner.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

#define NEAR_LINES 20 /* lines around a place; names used within them are tried first */

/* True for kinds with so many mutants that they would leave no room for others. */
static bool is_late(const char *kind)
{
	return strcmp(kind, "term") == 0 || strcmp(kind, "guard") == 0;
}

/* The text of the whole assignment with the changed part in it. */
static char *in_whole(const struct finder *f, struct vspan what, char *becomes)
{
	struct str out = STR_INIT;

	mutants_flat(f->s->text, f->whole->all.off, what.off, &out);
	str_adds(&out, becomes);
	mutants_flat(f->s->text, what.end, f->whole->all.end, &out);
	free(becomes);
	return str_take(&out);
}

struct mutant *mutants_add(struct finder *f, const char *kind, int line, struct vspan holder,
			   struct vspan what, char *becomes)
{
	struct mutants *m = f->out;

	if (m->n >= MUTANTS_MAX || f->late != is_late(kind)) {
		free(becomes);
		return NULL;
	}
	if (f->whole) {
		becomes = in_whole(f, what, becomes);
		holder = what = f->whole->all;
	}
	MEM_PUSH(m->v, m->n, m->cap,
		 (struct mutant){ .kind = kind,
				  .line = line,
				  .late = f->late,
				  .statement = f->whole != NULL,
				  .off = what.off,
				  .len = what.end - what.off,
				  .becomes = becomes,
				  .holder_off = holder.off,
				  .holder_end = holder.end });
	return &m->v[m->n - 1];
}

bool mutants_is(const struct finder *f, size_t token, const char *word)
{
	return vstmt_token_is(f->s, &f->s->tokens[token], word);
}

bool mutants_ends_operand(const struct finder *f, size_t token)
{
	const struct vstmt_token *t = &f->s->tokens[token];
	char c = f->s->text[t->off];

	return isalnum((unsigned char)c) || strchr("_$\\`)]}'\"", c) != NULL;
}

bool mutants_fits(const struct finder *f, struct vspan span)
{
	const struct vstmts *s = f->s;

	if (span.end <= span.off || memchr(s->text + span.off, '`', span.end - span.off))
		return false;
	for (size_t i = vstmts_token(s, span.off); i < s->n_tokens && s->tokens[i].off < span.end;
	     i++)
		if (mutants_is(f, i, "#") || mutants_is(f, i, "@") || mutants_is(f, i, "'") ||
		    mutants_is(f, i, "new") || s->text[s->tokens[i].off] == '"' ||
		    s->text[s->tokens[i].off] == '`')
			return false;
	return true;
}

/* Another number in place of n. False: it is the same, or unlikely. */
static bool other_number(uint64_t n, enum other which, uint64_t *out)
{
	const uint64_t numbers[] = { n + 1, n - 1, n * 2, n / 2, 0, n * 4 };

	*out = numbers[which];
	return which == OTHER_UP || (which == OTHER_DOWN && n > 0) || n > 2;
}

static unsigned base_of(char letter)
{
	switch (tolower((unsigned char)letter)) {
	case 'h':
		return 16;
	case 'o':
		return 8;
	case 'b':
		return 2;
	default:
		return 10;
	}
}

/* The value of digits up to end. False: one is x, z or ?. */
static bool read_digits(const char *s, const char *end, unsigned base, uint64_t *n)
{
	for (*n = 0; s < end; s++) {
		char c = (char)tolower((unsigned char)*s);
		unsigned d =
			isdigit((unsigned char)c) ? (unsigned)(c - '0') : (unsigned)(c - 'a') + 10;

		if (c == '_' || c == ' ')
			continue;
		if (d >= base)
			return false;
		*n = *n * base + d;
	}
	return true;
}

/* Another number in place of n that fits into width bits. False: there is none, or it is
 * unlikely. */
static bool other_of_width(uint64_t n, unsigned width, enum other which, uint64_t *out)
{
	if (which == OTHER_DOWN ? width == 1 : !other_number(n, which, out))
		return false;
	if (which == OTHER_DOWN)
		*out = n - 1;
	if (width < 64)
		*out &= (UINT64_C(1) << width) - 1;
	return true;
}

char *mutants_other_literal(const char *s, size_t len, enum other which)
{
	const char *quote = memchr(s, '\'', len), *digits;
	uint64_t n = 0;
	unsigned width = 0;
	bool is_signed = false;
	char *end;

	if (!quote) {
		n = strtoull(s, &end, 10);
		return end == s + len && len < 10 && other_number(n, which, &n)
			       ? str_fmt("%llu", (unsigned long long)n)
			       : NULL;
	}
	if (quote == s)
		return len == 2 && which == OTHER_UP && (s[1] == '0' || s[1] == '1')
			       ? str_fmt("'%c", s[1] == '0' ? '1' : '0')
			       : NULL;
	for (const char *p = s; p < quote; p++)
		if (isdigit((unsigned char)*p) && width < 1000)
			width = width * 10 + (unsigned)(*p - '0');
	digits = quote + 1;
	if (digits < s + len && (*digits == 's' || *digits == 'S')) {
		is_signed = true;
		digits++;
	}
	if (digits >= s + len || width == 0 || width > 64 ||
	    !read_digits(digits + 1, s + len, base_of(*digits), &n) ||
	    !other_of_width(n, width, which, &n))
		return NULL;
	return str_fmt("%.*s'%sd%llu", (int)(quote - s), s, is_signed ? "s" : "",
		       (unsigned long long)n);
}

bool mutants_is_bound(const struct finder *f, size_t token)
{
	size_t n = f->s->n_tokens, i = token;
	int depth = 0;
	bool range = false;

	while (i > 0 && (depth || !mutants_is(f, i, "["))) {
		depth += mutants_is(f, i, "]") - mutants_is(f, i, "[");
		i--;
	}
	for (depth = 0, i++; i < n && (depth || !mutants_is(f, i, "]")); i++) {
		depth += mutants_is(f, i, "[") - mutants_is(f, i, "]");
		range |= !depth && mutants_is(f, i, ":");
	}
	return range || (i + 1 < n && mutants_is(f, i + 1, "."));
}

/* The only token of a span; n_tokens: there are several. */
size_t mutants_only_token(const struct finder *f, struct vspan span)
{
	size_t i = vstmts_token(f->s, span.off);

	return i < f->s->n_tokens && f->s->tokens[i].off < span.end &&
			       f->s->tokens[i].off + f->s->tokens[i].len >= span.end
		       ? i
		       : f->s->n_tokens;
}

/* Marks the names that are used around a line. */
static void look_around(struct finder *f, size_t token)
{
	const struct vstmts *s = f->s;
	int line = s->tokens[token].line;

	if (!f->near)
		f->near = mem_calloc(f->names.n + 1, sizeof(*f->near));
	if (f->near_line == line)
		return;
	f->near_line = line;
	while (token > 0 && s->tokens[token - 1].line >= line - NEAR_LINES)
		token--;
	for (; token < s->n_tokens && s->tokens[token].line <= line + NEAR_LINES; token++)
		if (f->names.of[token])
			f->near[f->names.of[token] - 1] = line;
}

/* The names for which is() holds, those used nearby first; at most max. */
size_t mutants_names_near(struct finder *f, size_t off, mutants_name_fn *is,
			  const struct mutants_name *own, const struct mutants_name **out,
			  size_t max)
{
	size_t n = 0, token = vstmts_token(f->s, off);

	if (token >= f->s->n_tokens)
		return 0;
	look_around(f, token);
	for (int far = 0; far < 2; far++)
		for (size_t i = 0; i < f->names.n && n < max; i++) {
			const struct mutants_name *x = &f->names.v[i];
			struct vspan unit = f->s->v[x->unit].all;

			if ((x->set || (off >= unit.off && off < unit.end)) && !x->edge &&
			    x != own && (f->near[i] != f->near_line) == (far > 0) && is(f, own, x))
				out[n++] = x;
		}
	return n;
}

bool mutants_is_alike(const struct finder *f, const struct mutants_name *own,
		      const struct mutants_name *x)
{
	return mutants_names_alike(f->s, own, x);
}
