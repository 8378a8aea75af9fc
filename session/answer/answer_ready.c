/* Joins parts that belong together and removes what is not code: several fences
 * with one module, sentences, line numbers, entities.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_form.h"
#include "session/answer/answer_page.h"
#include "session/answer/answer_parser.h"
#include "session/answer/answer_prose.h"
#include "session/answer/answer_raw.h"
#include "session/answer/answer_seam.h"
#include "session/base/mem.h"
#include "session/text/patch_number.h"

#define MAX_JOINED 20 /* fences that may contain one module */

static void copy_parts(const struct answer_parts *in, struct answer_parts *out)
{
	*out = (struct answer_parts){ .v = mem_calloc(in->n + 1, sizeof(*out->v)),
				      .n = in->n,
				      .cut = in->cut };
	for (size_t i = 0; i < in->n; i++) {
		const struct answer_part *p = &in->v[i];

		out->v[i] = *p;
		out->v[i].text = mem_strndup(p->text, p->len);
		out->v[i].search = p->search ? mem_strndup(p->search, p->search_len) : NULL;
		out->v[i].path = mem_strdup(p->path);
		out->v[i].language = mem_strdup(p->language);
	}
}

static void set_text(struct answer_part *p, struct str *text)
{
	free(p->text);
	p->len = text->len;
	p->text = mem_dup(str_cstr(text), text->len + 1);
	str_free(text);
}

/* Number of units in a text; *whole: the last one is complete. */
static size_t units(struct slice text, bool *whole)
{
	struct voutline o;
	size_t n;

	voutline_init(&o, text.p, text.n);
	n = o.n;
	*whole = n && o.modules[n - 1].end_line != 0;
	voutline_fini(&o);
	return n;
}

/* Entities and curly quotes ---------------------------------------------------------------- */

/* True for files in which entities and all kinds of characters are legitimate. */
static bool is_page(const struct answer_part *p)
{
	static const char *const endings[] = { ".md",  ".html", ".htm", ".xml",
					       ".svg", ".txt",	".rst" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (p->path && str_ends(p->path, endings[i]))
			return true;
	return !part_is_code(p) || (p->kind == PART_CODE && part_is_foreign(p) && !p->path);
}

static bool unescape(struct answer_part *p)
{
	struct slice search = { p->search, p->search ? p->search_len : 0 };
	struct str text = STR_INIT, quote = STR_INIT;
	bool one, other;

	if (is_page(p) || !page_is_escaped(part_text(p), &one) ||
	    !page_is_escaped(search, &other) || !(one || other))
		return false;
	page_unescape(part_text(p), &text);
	page_unescape(search, &quote);
	set_text(p, &text);
	if (p->search) {
		free(p->search);
		p->search_len = quote.len;
		p->search = mem_dup(str_cstr(&quote), quote.len + 1);
	}
	str_free(&quote);
	return true;
}

/* Removes entities; text copied from page to page is escaped more than once. */
static void take_entities_off(struct answer_part *p, struct strv *notes)
{
	int times = 0;

	while (times < 3 && unescape(p))
		times++;
	if (times)
		strv_add(notes,
			 "a block has HTML's entities (&lt; and the like), which were taken for "
			 "their characters");
}

/* Sentences ---------------------------------------------------------------------------- */

/* Removes sentences around whole modules; may_be_file() refuses sentences within them. */
static void take_sentences_off(struct answer_part *p, struct strv *notes)
{
	struct slice above, code, after;
	struct str text = STR_INIT;
	size_t end;

	if (!part_is_design(p) || is_page(p))
		return;
	above = prose_above(part_text(p));
	code = slice_from(part_text(p), above.n);
	end = block_code_end(code);
	after = slice_from(code, end);
	if (!end || (above.n == 0 && !prose_follows(after)))
		return;
	if (prose_follows(after))
		code.n = end;
	str_add(&text, code.p, code.n);
	set_text(p, &text);
	p->cut = p->cut && above.n == 0; /* "the module" in the sentence looked like a module
					  * without an end */
	strv_add(notes, "a block has sentences around its code, which were taken off");
}

/* What else is no code ---------------------------------------------------------------- */

/* Each appends the text without it to out. False: there is none, whatever was appended. */

static bool markdown_off(struct slice text, struct str *out)
{
	return page_unescape_markdown(text, out) > 0;
}

static bool colours_off(struct slice text, struct str *out)
{
	return page_strip_escapes(text, out) > 0;
}

static bool look_alikes_off(struct slice text, struct str *out)
{
	return page_replace_lookalikes(text, out) > 0;
}

/* The file's own byte-order mark is kept. */
static bool mark_off(struct slice text, struct str *out)
{
	str_add(out, text.p + 3, text.n > 3 ? text.n - 3 : 0);
	return slice_starts(text, "\xef\xbb\xbf");
}

/* The comment with the file's name, above numbered lines, has no number of its own. */
static struct slice past_comment(struct slice text)
{
	struct slice rest = text;

	return slice_starts(slice_line(&rest), "//") ? rest : text;
}

static bool numbers_off(struct slice text, struct str *out)
{
	struct slice rest = past_comment(text);
	struct numbering n;

	if (!numbers_found(rest, 2, &n))
		return false;
	str_add(out, text.p, text.n - rest.n);
	while (rest.n) {
		struct slice s = numbers_strip(slice_line(&rest), &n);

		str_add(out, s.p, s.n);
	}
	return true;
}

/* Takes the sign of a quotation off each line; false: not every line has one. */
static bool unquote(struct slice code, struct str *out)
{
	bool apart = true; /* a blank after the sign belongs to it */
	size_t lines = 0;

	for (struct slice rest = code; rest.n;) {
		struct slice line = slice_chomp(slice_line(&rest));

		if (slice_blank(line))
			continue;
		if (line.p[0] != '>')
			return false;
		apart &= line.n == 1 || line.p[1] == ' ';
		lines++;
	}
	while (code.n) {
		struct slice line = slice_line(&code);
		size_t n = slice_blank(line) ? 0 : 1 + (apart && line.n > 1 && line.p[1] == ' ');

		str_add(out, line.p + n, line.n - n);
	}
	return lines > 1;
}

/* Takes "<br>" off the ends of lines; false: there is none. */
static bool unbreak(struct slice code, struct str *out)
{
	static const char *const tags[] = { "<br>", "<br/>", "<br />" };
	bool any = false;

	while (code.n) {
		struct slice line = slice_line(&code), s = slice_chomp(line), t = s;

		for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
			if (t.n == s.n && s.n >= strlen(tags[i]) &&
			    slice_is(slice_from(s, s.n - strlen(tags[i])), tags[i]))
				t.n -= strlen(tags[i]);
		any |= t.n < s.n;
		str_add(out, t.p, t.n);
		str_add(out, s.p + s.n, line.n - s.n);
	}
	return any;
}

/* A module on one line with JSON's \\n for its line endings, with or without the
 * quotes of a string. Unescaped comments may precede it. */
static bool put_lines_in(struct slice text, struct str *out)
{
	struct slice s = slice_trim(text), ahead = s;
	bool within = false;

	for (struct slice line = slice_line(&ahead);
	     ahead.n && slice_find(line, "\\n") == line.n && raw_leads(line, &within);
	     line = slice_line(&ahead))
		s = ahead;
	str_add(out, text.p, (size_t)(s.p - text.p));
	return form_string(s, out);
}

struct cleaner {
	bool (*take)(struct slice text, struct str *out);
	const char *said; /* the note; NULL: none */
	bool modules;	  /* only if a module is what remains, which may be whole now */
};

#define NUMBERS_OFF                                                                              \
	{                                                                                        \
		numbers_off, "the lines of a block have numbers in front, which were taken off", \
			true                                                                     \
	}

/* In this order: of "1→" the arrow looks like "->". */
static const struct cleaner cleaners[] = {
	{ put_lines_in, "a block has \\n for its line ends, as in a string, which were put in",
	  true },
	{ colours_off, "a block has a terminal's control sequences (colours), which were taken off",
	  false },
	{ unquote,
	  "the lines of a block have the sign of a quotation in front, which was taken off", true },
	{ unbreak, "the lines of a block have <br> at their ends, which was taken off", true },
	{ markdown_off, "a block has Markdown's backslashes before its signs, which were taken off",
	  false },
	NUMBERS_OFF,
	{ mark_off, NULL, false },
	{ look_alikes_off,
	  "a block has characters that only look like those of Verilog (quotes, dashes, blanks), "
	  "which were replaced",
	  true },
	NUMBERS_OFF, /* of lines in which something else looked like one before */
};

static void clean(struct answer_part *p, const struct cleaner *c, struct strv *notes)
{
	struct str text = STR_INIT;
	bool whole = false;

	if (!part_is_design(p) || is_page(p) || !c->take(part_text(p), &text) ||
	    (c->modules && units((struct slice){ str_cstr(&text), text.len }, &whole) == 0)) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = p->cut && !whole;
	if (c->said)
		strv_add(notes, c->said);
}

/* One module in several fences ------------------------------------------------------------ */

/* False: it is not certain how the code continues. */
static bool add_piece(struct str *text, struct slice next)
{
	struct slice before = slice_chomp((struct slice){ str_cstr(text), text->len });
	enum seam seam = seam_between(before, next);

	if (seam == SEAM_UNSURE)
		return false;
	str_cut(text, before.n);
	if (seam == SEAM_LINE && text->len)
		str_addc(text, '\n');
	str_add(text, next.p, next.n);
	return true;
}

static void join(struct answer_parts *parts, size_t first, size_t *into, struct strv *notes)
{
	struct answer_part *p = &parts->v[first];
	struct str text = STR_INIT;
	bool whole = false, alone;
	size_t last = first;

	if (!part_is_design(p) || units(part_text(p), &whole) == 0 || whole)
		return;
	str_add(&text, p->text, p->len);
	for (int n = 1; n < MAX_JOINED && !whole; n++) {
		const struct answer_part *next;

		last = answer_next_block(parts, last);
		if (last == parts->n)
			break;
		next = &parts->v[last];
		if (!answer_same_file(p, next) || next->cut || units(part_text(next), &alone))
			break;
		if (!add_piece(&text, part_text(next)))
			break;
		units((struct slice){ str_cstr(&text), text.len }, &whole);
	}
	if (!whole) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = false;
	for (size_t i = first + 1; i <= last; i++)
		if (parts->v[i].kind == PART_CODE) {
			parts->v[i].kind = PART_PROSE;
			into[i] = first;
		}
	strv_add(notes, "a module that is spread over several blocks was joined");
}

void answer_ready(const struct answer_parts *in, struct answer_parts *out, size_t *into,
		  struct strv *notes)
{
	copy_parts(in, out);
	for (size_t i = 0; i < out->n; i++)
		into[i] = i;
	for (size_t i = 0; i < out->n; i++) {
		take_entities_off(&out->v[i], notes);
		for (size_t k = 0; k < sizeof(cleaners) / sizeof(cleaners[0]); k++)
			clean(&out->v[i], &cleaners[k], notes);
	}
	for (size_t i = 0; i < out->n; i++)
		take_sentences_off(&out->v[i], notes);
	for (size_t i = 0; i < out->n; i++)
		join(out, i, into, notes);
	for (size_t i = 0; i < out->n; i++)
		if (into[i] == i)
			into[i] = answer_pair_up(out, i);
}
