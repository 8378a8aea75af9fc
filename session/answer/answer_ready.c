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

static void take_marks_off(struct answer_part *p, struct strv *notes)
{
	struct str text = STR_INIT;

	if (!part_is_design(p) || is_page(p) || page_unescape_markdown(part_text(p), &text) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	strv_add(notes,
		 "a block has Markdown's backslashes before its signs, which were taken off");
}

static void take_colours_off(struct answer_part *p, struct strv *notes)
{
	struct str text = STR_INIT;

	if (!part_is_design(p) || page_strip_escapes(part_text(p), &text) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	strv_add(notes,
		 "a block has a terminal's control sequences (colours), which were taken off");
}

static void fold_look_alikes(struct answer_part *p, struct strv *notes)
{
	struct str text = STR_INIT;
	bool whole;

	if (part_is_design(p) &&
	    slice_starts(part_text(p), "\xef\xbb\xbf")) { /* the file's own is kept */
		str_add(&text, p->text + 3, p->len - 3);
		set_text(p, &text);
	}
	if (!part_is_design(p) || is_page(p) || units(part_text(p), &whole) == 0 ||
	    page_replace_lookalikes(part_text(p), &text) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	strv_add(notes, "a block has characters that only look like those of Verilog (quotes, "
			"dashes, blanks), which were replaced");
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

/* Line numbers ------------------------------------------------------------------------- */

/* The comment with the file's name, above numbered lines, has no number of its own. */
static struct slice past_comment(struct slice text)
{
	struct slice rest = text;

	return slice_starts(slice_line(&rest), "//") ? rest : text;
}

static void take_numbers_off(struct answer_part *p, struct strv *notes)
{
	struct slice all = part_text(p), rest = past_comment(all);
	struct str text = STR_INIT;
	struct numbering n;
	bool whole;

	if (!part_is_design(p) || !numbers_found(rest, 2, &n))
		return;
	str_add(&text, all.p, all.n - rest.n);
	while (rest.n) {
		struct slice s = numbers_strip(slice_line(&rest), &n);

		str_add(&text, s.p, s.n);
	}
	if (units((struct slice){ str_cstr(&text), text.len }, &whole) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = p->cut && !whole;
	strv_add(notes, "the lines of a block have numbers in front, which were taken off");
}

/* Gutters and line ends of pages ------------------------------------------------------- */

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

static void take_gutter_off(struct answer_part *p, bool (*take)(struct slice, struct str *),
			    const char *what, struct strv *notes)
{
	struct str text = STR_INIT;
	bool whole;

	if (!part_is_design(p) || is_page(p) || !take(part_text(p), &text) ||
	    units((struct slice){ str_cstr(&text), text.len }, &whole) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = p->cut && !whole;
	strv_addf(notes, "the lines of a block have %s, which was taken off", what);
}

/* Line ends ---------------------------------------------------------------------------- */

/* A module on one line with JSON's \\n for its line endings, with or without the
 * quotes of a string. Unescaped comments may precede it. */
static void put_lines_in(struct answer_part *p, struct strv *notes)
{
	struct slice s = slice_trim(part_text(p)), ahead = s;
	bool whole = false, within = false;
	struct str text = STR_INIT;

	if (!part_is_design(p) || is_page(p))
		return;
	for (struct slice line = slice_line(&ahead);
	     ahead.n && slice_find(line, "\\n") == line.n && raw_leads(line, &within);
	     line = slice_line(&ahead))
		s = ahead;
	str_add(&text, p->text, (size_t)(s.p - p->text));
	if (!form_string(s, &text)) {
		str_free(&text);
		return;
	}
	if (units((struct slice){ str_cstr(&text), text.len }, &whole) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = p->cut && !whole;
	strv_add(notes, "a block has \\n for its line ends, as in a string, which were put in");
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
		put_lines_in(&out->v[i], notes);
		take_entities_off(&out->v[i], notes);
		take_colours_off(&out->v[i], notes);
		take_gutter_off(&out->v[i], unquote, "the sign of a quotation in front", notes);
		take_gutter_off(&out->v[i], unbreak, "<br> at their ends", notes);
		take_marks_off(&out->v[i], notes);
		take_numbers_off(&out->v[i], notes); /* "1→": the arrow looks like "->" */
		fold_look_alikes(&out->v[i], notes);
	}
	for (size_t i = 0; i < out->n; i++)
		take_numbers_off(&out->v[i], notes);
	for (size_t i = 0; i < out->n; i++)
		take_sentences_off(&out->v[i], notes);
	for (size_t i = 0; i < out->n; i++)
		join(out, i, into, notes);
	for (size_t i = 0; i < out->n; i++)
		if (into[i] == i)
			into[i] = answer_pair_up(out, i);
}
