/* PCRE2 over a text, copying only parts of it.
 *
 * A text is searched in blocks of about a megabyte of whole lines; no match crosses
 * a line. Backwards, blocks are taken from the end and the last match in a block
 * wins. JIT makes ordinary patterns fast; STEPS limits a pattern that backtracks
 * without end, which then counts as not found.
 */
#include "config.h"

#include "session/text/find.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/text.h"

#define BLOCK (1u << 20)
#define STEPS 1000000u

struct find {
	char *pattern;
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
};

static bool has_capital(const char *s)
{
	for (; *s; s++) {
		if (*s == '\\' && s[1])
			s++; /* \W is not a capital letter */
		else if (isupper((unsigned char)*s))
			return true;
	}
	return false;
}

struct find *find_new(const char *pattern, struct err *err)
{
	uint32_t options = PCRE2_MULTILINE | (has_capital(pattern) ? 0 : PCRE2_CASELESS);
	int code = 0;
	PCRE2_SIZE at = 0;
	pcre2_code *c = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &code,
				      &at, NULL);
	struct find *f;

	if (!c) {
		unsigned char why[160];

		pcre2_get_error_message(code, why, sizeof(why));
		err_set(err, ERR_PARSE, "find %s: %s (at %zu)", pattern, (const char *)why,
			(size_t)at);
		return NULL;
	}
	f = mem_zalloc(sizeof(*f));
	f->pattern = mem_strdup(pattern);
	f->code = c;
	pcre2_jit_compile(c, PCRE2_JIT_COMPLETE);
	f->match = pcre2_match_data_create_from_pattern(c, NULL);
	f->limits = pcre2_match_context_create(NULL);
	if (!f->match || !f->limits)
		mem_no_memory();
	pcre2_set_match_limit(f->limits, STEPS);
	return f;
}

void find_free(struct find *f)
{
	if (!f)
		return;
	pcre2_match_data_free(f->match);
	pcre2_match_context_free(f->limits);
	pcre2_code_free(f->code);
	free(f->pattern);
	free(f);
}

const char *find_pattern(const struct find *f)
{
	return f->pattern;
}

bool find_in(const struct find *f, const char *s, size_t len, size_t from, size_t *start,
	     size_t *end)
{
	while (from <= len) {
		PCRE2_SIZE *v;

		if (pcre2_match(f->code, (PCRE2_SPTR)s, len, from, PCRE2_NOTEMPTY, f->match,
				f->limits) < 1)
			return false;
		v = pcre2_get_ovector_pointer(f->match);
		if (v[1] > v[0]) {
			*start = v[0];
			*end = v[1];
			return true;
		}
		from = v[1] + 1; /* \K can set the start after the end */
	}
	return false;
}

/* End of about a block of whole lines from off on. */
static size_t block_end(const struct text *t, size_t off)
{
	size_t len = text_len(t);

	if (off + BLOCK >= len)
		return len;
	return text_line_end(t, text_line_of(t, off + BLOCK));
}

bool find_next(const struct find *f, const struct text *t, size_t off, size_t *start, size_t *end)
{
	struct str s = STR_INIT;
	size_t len = text_len(t);
	bool found = false;

	while (!found && off <= len) {
		size_t line = text_line_start(t, text_line_of(t, off)), to = block_end(t, off);

		str_clear(&s);
		text_get(t, line, to - line, &s);
		found = find_in(f, str_cstr(&s), s.len, off - line, start, end);
		if (found) {
			*start += line;
			*end += line;
		}
		off = to + 1;
	}
	str_free(&s);
	return found;
}

/* Takes blocks backwards and searches each from its start: the last match wins. */
bool find_before(const struct find *f, const struct text *t, size_t off, size_t *start, size_t *end)
{
	struct str s = STR_INIT;
	size_t to = off;
	bool found = false;

	while (!found) {
		size_t from = text_line_start(t, text_line_of(t, to > BLOCK ? to - BLOCK : 0)),
		       at = 0, a, b;

		str_clear(&s);
		text_get(t, from, to - from, &s);
		while (find_in(f, str_cstr(&s), s.len, at, &a, &b)) {
			*start = from + a;
			*end = from + b;
			found = true;
			at = b;
		}
		if (from == 0)
			break;
		to = from;
	}
	str_free(&s);
	return found;
}

bool find_replace(const struct find *f, const char *s, size_t len, const char *with,
		  struct str *out, size_t *n, struct err *err)
{
	uint32_t options = PCRE2_SUBSTITUTE_OVERFLOW_LENGTH | PCRE2_SUBSTITUTE_EXTENDED |
			   PCRE2_NOTEMPTY | PCRE2_SUBSTITUTE_GLOBAL;
	PCRE2_SIZE size = len + len / 8 + strlen(with) + 64;
	int done;

	for (int tries = 0;; tries++) {
		unsigned char *buf = mem_alloc(size);

		done = pcre2_substitute(f->code, (PCRE2_SPTR)s, len, 0, options, f->match,
					f->limits, (PCRE2_SPTR)with, PCRE2_ZERO_TERMINATED, buf,
					&size);
		if (done >= 0)
			str_add(out, buf, size);
		free(buf);
		if (done != PCRE2_ERROR_NOMEMORY || tries)
			break;
	}
	if (done < 0) {
		unsigned char why[160];

		pcre2_get_error_message(done, why, sizeof(why));
		return err_set(err, ERR_PARSE, "replace with %s: %s", with, (const char *)why);
	}
	*n = (size_t)done;
	return true;
}
