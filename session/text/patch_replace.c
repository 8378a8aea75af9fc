/* Search and replace: these lines become those.
 *
 * patch_find.h finds the quoted lines. Editing tools replace text rather than
 * lines, so a search that matches no whole lines may begin and end within a line,
 * if it occurs in the text once and splits no word there.
 */
#include "config.h"

#include <string.h>

#include "session/base/str.h"
#include "session/text/patch.h"
#include "session/text/patch_find.h"
#include "session/text/patch_gaps.h"
#include "session/text/patch_inner.h"
#include "session/text/slice.h"

#define MIN_WITHIN 4u /* bytes of a line that may identify a place by themselves */

/* True if a word, or the blanks between two words or in front of a line, would be cut at at. */
static bool splits(struct slice text, size_t at)
{
	struct slice before = slice_from(text, at ? at - 1 : 0);

	return at > 0 && at < text.n && (slice_word(before) > 1 || slice_indent(before) > 1);
}

/* Number of places where search occurs, at most 2; *at is the first. A place that splits its
 * first or last word makes it 0. */
static int find_within(struct slice text, struct slice search, size_t *at)
{
	const char *p = NULL;

	if (slice_trim(search).n >= MIN_WITHIN)
		p = memmem(text.p, text.n, search.p, search.n);
	if (!p)
		return 0;
	*at = (size_t)(p - text.p);
	if (memmem(p + 1, text.n - *at - 1, search.p, search.n))
		return 2;
	return !splits(text, *at) && !splits(text, *at + search.n);
}

/* Number of places of search, at most 2; it is replaced if there is one. search must have the
 * line endings of the file. */
static int replace_within(struct slice base, struct slice search, struct slice text,
			  struct str *out)
{
	size_t at;
	int n;

	if (slice_chomp(search).n != search.n && slice_chomp(text).n != text.n)
		text = slice_chomp(text);
	search = slice_chomp(search);
	n = find_within(base, search, &at);
	if (n != 1)
		return n;
	str_add(out, base.p, at);
	patch_add_lines(out, text.p, text.n, patch_is_crlf(base.p, base.n));
	str_add(out, base.p + at + search.n, base.n - at - search.n);
	return 1;
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

/* False, with nothing appended: blank lines between them are not all that differs. */
static bool replace_level(struct slice base, struct slice quoted, struct slice fresh,
			  struct str *out, enum patch_how *how)
{
	struct str search = STR_INIT, text = STR_INIT;
	bool ok = patch_level_gaps(base, quoted, fresh, &search, &text) &&
		  patch_replace(base.p, base.n, str_cstr(&search), search.len, str_cstr(&text),
				text.len, out, how, NULL);

	if (ok)
		*how |= PATCH_LOOKS;
	str_free(&search);
	str_free(&text);
	return ok;
}

/* For quoted lines that are no lines of the file; why: the reason. */
static bool replace_otherwise(struct slice base, struct slice quoted, struct slice fresh,
			      const struct err *why, struct str *out, enum patch_how *how,
			      struct err *err)
{
	struct str search = STR_INIT;
	int places;

	if (drop_empty_ends(&quoted, &fresh))
		return patch_replace(base.p, base.n, quoted.p, quoted.n, fresh.p, fresh.n, out, how,
				     err);
	patch_add_lines(&search, quoted.p, quoted.n, patch_is_crlf(base.p, base.n));
	places = replace_within(base, (struct slice){ str_cstr(&search), search.len }, fresh, out);
	*how = PATCH_WITHIN;
	str_free(&search);
	if (places > 1)
		return err_set(err, ERR_CONFLICT, "the lines to replace are in it more than once");
	return places == 1 || replace_level(base, quoted, fresh, out, how) || err_copy(err, why);
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
		ok = replace_otherwise(whole, quoted, fresh, &why, out, how, err);
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

bool patch_replace_all(const char *base, size_t base_len, const char *search, size_t search_len,
		       const char *text, size_t text_len, struct str *out, enum patch_how *how,
		       struct err *err)
{
	bool crlf = patch_is_crlf(base, base_len);
	struct slice rest = { base, base_len };
	struct str old = STR_INIT;
	size_t places = 0;
	const char *p;
	bool ok;

	patch_add_lines(&old, search, search_len, crlf);
	while (old.len && (p = memmem(rest.p, rest.n, old.data, old.len)) != NULL) {
		str_add(out, rest.p, (size_t)(p - rest.p));
		patch_add_lines(out, text, text_len, crlf);
		rest = slice_from(rest, (size_t)(p - rest.p) + old.len);
		places++;
	}
	*how = PATCH_AS_IS;
	if (places)
		str_add(out, rest.p, rest.n);
	ok = places ||
	     patch_replace(base, base_len, search, search_len, text, text_len, out, how, err);
	str_free(&old);
	return ok;
}
