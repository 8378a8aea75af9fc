/* Search and replace: these lines become those.
 *
 * patch_find.h finds the quoted lines. Editing tools replace text rather than
 * lines, so a search that matches no whole lines may be part of a line, if it
 * occurs in the text once and splits no word.
 */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "session/text/patch.h"
#include "session/text/patch_find.h"
#include "session/text/patch_inner.h"
#include "session/text/slice.h"

#define MIN_WITHIN 4u /* bytes of a line that may identify a place by themselves */

static bool splits_word(struct slice text, size_t at)
{
	return at > 0 && at < text.n && slice_word(slice_from(text, at - 1)) > 1;
}

/* Offset of the only place where search occurs without splitting its first or last
 * word; text.n if there is none or more than one. */
static size_t find_within(struct slice text, struct slice search)
{
	size_t found = text.n;

	if (search.n < MIN_WITHIN || slice_trim(search).n != search.n)
		return found;
	for (size_t at = 0; at + search.n <= text.n; at++) {
		const char *p = memmem(text.p + at, text.n - at, search.p, search.n);

		if (!p)
			break;
		at = (size_t)(p - text.p);
		if (found < text.n)
			return text.n;
		found = at;
	}
	return found < text.n && !splits_word(text, found) && !splits_word(text, found + search.n)
		       ? found
		       : text.n;
}

/* False, with nothing appended, when it is not such an edit. */
static bool replace_within(struct slice base, struct slice search, struct slice text,
			   struct str *out)
{
	bool crlf = patch_is_crlf(base.p, base.n);
	size_t at;

	if (slice_chomp(search).n != search.n && slice_chomp(text).n != text.n)
		text = slice_chomp(text);
	search = slice_chomp(search);
	if (crlf && memchr(search.p, '\n', search.n))
		return false;
	at = find_within(base, search);
	if (at == base.n)
		return false;
	str_add(out, base.p, at);
	patch_add_lines(out, text.p, text.n, crlf);
	str_add(out, base.p + at + search.n, base.n - at - search.n);
	return true;
}

/* The text of an editing tool often ends with the blanks of the line behind it: "a;\n    ".
 * That line is neither quoted nor changed. */
static struct slice whole_lines(struct slice s)
{
	size_t n = s.n;

	while (n && (s.p[n - 1] == ' ' || s.p[n - 1] == '\t'))
		n--;
	return n && s.p[n - 1] == '\n' ? (struct slice){ s.p, n } : s;
}

static struct slice past_empty_line(struct slice s)
{
	struct slice rest = s;

	return slice_blank(slice_line(&rest)) ? rest : s;
}

static struct slice before_empty_line(struct slice s)
{
	size_t from = s.n ? s.n - 1 : 0;

	while (from && s.p[from - 1] != '\n')
		from--;
	return slice_blank(slice_from(s, from)) ? (struct slice){ s.p, from } : s;
}

/* Drops empty lines around the quoted ones, and as many around the new ones. False: there are
 * none, or nothing else. */
static bool drop_empty_ends(struct slice *quoted, struct slice *fresh)
{
	size_t n = quoted->n;

	if (slice_blank(*quoted))
		return false;
	while (past_empty_line(*quoted).n < quoted->n) {
		*quoted = past_empty_line(*quoted);
		*fresh = past_empty_line(*fresh);
	}
	while (before_empty_line(*quoted).n < quoted->n) {
		*quoted = before_empty_line(*quoted);
		*fresh = before_empty_line(*fresh);
	}
	return quoted->n < n;
}

bool patch_replace(const char *base, size_t base_len, const char *search, size_t search_len,
		   const char *text, size_t text_len, struct str *out, enum patch_how *how,
		   struct err *err)
{
	struct slice whole = { base, base_len };
	struct slice quoted = whole_lines((struct slice){ search, search_len }),
		     fresh = whole_lines((struct slice){ text, text_len });
	bool crlf = patch_is_crlf(base, base_len);
	struct finder f;
	struct found x = { 0 };
	struct str added = STR_INIT;
	size_t from = out->len, keep;
	bool ok = false;
	struct err why;

	finder_init(&f, whole);
	if (search_len == 0 && !slice_blank(whole)) {
		err_set(err, ERR_CONFLICT, "the lines to replace are empty, and the file is not");
		goto out;
	}
	if (search_len && !finder_find(&f, quoted, "the lines to replace", &x, &why)) {
		ok = replace_within(whole, quoted, fresh, out);
		*how = PATCH_WITHIN;
		if (!ok && drop_empty_ends(&quoted, &fresh))
			ok = patch_replace(base, base_len, quoted.p, quoted.n, fresh.p, fresh.n,
					   out, how, &why);
		if (!ok)
			err_copy(err, &why);
		goto out;
	}
	if (!found_add(&x, fresh, &added, err))
		goto out;
	keep = search_len ? x.at + x.n : f.lines.n;
	str_add(out, base,
		f.lines.n && x.at < f.lines.n ? (size_t)(f.lines.v[x.at].all.p - base) : 0);
	patch_add_lines(out, str_cstr(&added), added.len, crlf);
	if (keep < f.lines.n) {
		if (patch_open_line(out, from))
			patch_add_end(out, crlf);
		str_add(out, f.lines.v[keep].all.p,
			(size_t)(base + base_len - f.lines.v[keep].all.p));
	} else if (whole.n && whole.p[whole.n - 1] != '\n' && out->len > from) {
		patch_drop_end(out);
	} else if (patch_open_line(out, from)) {
		patch_add_end(out, crlf);
	}
	*how = x.how;
	ok = true;
out:
	str_free(&added);
	found_fini(&x);
	finder_fini(&f);
	return ok;
}
