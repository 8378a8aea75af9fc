/* What a model meant as one thing and wrote as several, and the other way round. */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_merge.h"
#include "session/answer/answer_name.h"
#include "session/answer/answer_page.h"
#include "session/base/mem.h"
#include "session/text/patch_number.h"

#define MAX_JOINED 20 /* fences that one module is spread over */

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
		out->v[i].path = p->path ? mem_strdup(p->path) : NULL;
		out->v[i].language = p->language ? mem_strdup(p->language) : NULL;
	}
}

static void set_text(struct answer_part *p, struct str *text)
{
	free(p->text);
	p->len = text->len;
	p->text = mem_dup(str_cstr(text), text->len + 1);
	str_free(text);
}

static bool design(const struct answer_part *p)
{
	return p->kind == PART_CODE && !part_is_foreign(p);
}

/* How many units a text has, and whether the last one has its end. */
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

/* Where entities and signs of all kinds belong. */
static bool is_page(const struct answer_part *p)
{
	static const char *const endings[] = { ".md",  ".html", ".htm", ".xml",
					       ".svg", ".txt",	".rst" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (p->path && str_ends(p->path, endings[i]))
			return true;
	return !part_is_code(p) || (p->kind == PART_CODE && part_is_foreign(p) && !p->path);
}

static void unescape(struct answer_part *p, struct strv *notes)
{
	struct slice search = { p->search, p->search ? p->search_len : 0 };
	struct str text = STR_INIT, quote = STR_INIT;
	bool one, other;

	if (is_page(p) || !page_is_escaped(part_text(p), &one) ||
	    !page_is_escaped(search, &other) || !(one || other))
		return;
	page_unescape(part_text(p), &text);
	page_unescape(search, &quote);
	set_text(p, &text);
	if (p->search) {
		free(p->search);
		p->search_len = quote.len;
		p->search = mem_dup(str_cstr(&quote), quote.len + 1);
	}
	str_free(&quote);
	strv_add(notes, "a block has HTML's entities (&lt; and the like), which were taken for "
			"their characters");
}

static void fold_look_alikes(struct answer_part *p, struct strv *notes)
{
	struct str text = STR_INIT;
	bool whole;

	if (design(p) && slice_starts(part_text(p), "\xef\xbb\xbf")) { /* the file's own is kept */
		str_add(&text, p->text + 3, p->len - 3);
		set_text(p, &text);
	}
	if (!design(p) || is_page(p) || units(part_text(p), &whole) == 0 ||
	    page_plain(part_text(p), &text) == 0) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	strv_add(notes, "a block has characters that only look like those of Verilog (quotes, "
			"dashes, blanks), which were replaced");
}

/* Line numbers ------------------------------------------------------------------------- */

static void take_numbers_off(struct answer_part *p, struct strv *notes)
{
	struct slice rest = part_text(p);
	struct str text = STR_INIT;
	struct numbering n;
	bool whole;

	if (!design(p) || !numbers_found(rest, 2, &n))
		return;
	while (rest.n) {
		struct slice s = numbers_off(slice_line(&rest), &n);

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

/* One module in several fences ------------------------------------------------------------ */

/* The next part that is no prose; n: none, or one that is no block of code. */
static size_t next_block(const struct answer_parts *parts, size_t i)
{
	for (i++; i < parts->n; i++)
		if (parts->v[i].kind != PART_PROSE)
			return design(&parts->v[i]) ? i : parts->n;
	return parts->n;
}

static bool same_file(const struct answer_part *a, const struct answer_part *b)
{
	return !b->path || (a->path && strcmp(a->path, b->path) == 0);
}

static void join(struct answer_parts *parts, size_t first, struct strv *notes)
{
	struct answer_part *p = &parts->v[first];
	struct str text = STR_INIT;
	bool whole = false, alone;
	size_t last = first;

	if (!design(p) || units(part_text(p), &whole) == 0 || whole)
		return;
	str_add(&text, p->text, p->len);
	for (int n = 1; n < MAX_JOINED && !whole; n++) {
		const struct answer_part *next;

		last = next_block(parts, last);
		if (last == parts->n)
			break;
		next = &parts->v[last];
		if (!same_file(p, next) || next->cut || units(part_text(next), &alone))
			break;
		if (text.len && text.data[text.len - 1] != '\n')
			str_addc(&text, '\n');
		str_add(&text, next->text, next->len);
		units((struct slice){ str_cstr(&text), text.len }, &whole);
	}
	if (!whole) {
		str_free(&text);
		return;
	}
	set_text(p, &text);
	p->cut = false;
	for (size_t i = first + 1; i <= last; i++)
		if (parts->v[i].kind == PART_CODE)
			parts->v[i].kind = PART_PROSE;
	strv_add(notes, "a module that is spread over several blocks was joined");
}

/* Before and after -------------------------------------------------------------------------- */

/* Without them nobody could know that the second is to stand in the place of the
 * first; with them the lines of the first must still stand in the file once. */
static const char *const before_words[] = {
	"before",
	"old",
	"original",
	"current",
	"replace",
	"change",
	"instead of",
	"vorher",
	"alt",
	"ersetze",
	"avant",
	"ancien",
	"remplace",
	"remplacez",
	"remplacer",
	"ersetzen",
	"\xc3\xa4ndern",
	"reemplaza",
	"reemplace",
	"reemplazar",
	"sostituisci",
	"prima",
	"substitua",
	"\xd0\xb7\xd0\xb0\xd0\xbc\xd0\xb5\xd0\xbd",
	"\xd0\x97\xd0\xb0\xd0\xbc\xd0\xb5\xd0\xbd",
	"\xe5\xa4\x89\xe6\x9b\xb4\xe5\x89\x8d",
	"antes",
	"reemplaz",
	"cambia",
	"\xe4\xb9\x8b\xe5\x89\x8d",
	"\xe5\x8e\x9f",
	"\xe6\x97\xa7",
	"\xe4\xbf\xae\xe6\x94\xb9\xe5\x89\x8d",
	"\xe6\x9b\xbf\xe6\x8d\xa2",
	"\xe5\xb0\x86",
};
static const char *const after_words[] = {
	"after",
	"new",
	"with",
	"by",
	"to",
	"becomes",
	"nachher",
	"neu",
	"durch",
	"apr\xc3\xa8s",
	"nouveau",
	"par",
	"despu\xc3\xa9s",
	"con",
	"dopo",
	"depois",
	"\xd0\xbd\xd0\xb0",
	"\xd0\xbd\xd0\xbe\xd0\xb2",
	"\xe5\xa4\x89\xe6\x9b\xb4\xe5\xbe\x8c",
	"nuevo",
	"por",
	"\xe4\xb9\x8b\xe5\x90\x8e",
	"\xe6\x96\xb0",
	"\xe4\xbf\xae\xe6\x94\xb9\xe5\x90\x8e",
	"\xe6\x94\xb9\xe4\xb8\xba",
	"\xe4\xb8\xba",
};

static struct slice last_line(const struct answer_part *p)
{
	struct slice s = slice_trim(part_text(p)), line = s;

	while (s.n)
		line = slice_line(&s);
	return slice_trim(line);
}

static bool letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool has_word(struct slice line, const char *const *words, size_t n)
{
	char *text = slice_dup(line);
	bool yes = false;

	for (char *c = text; *c; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c - 'A' + 'a');
	for (size_t i = 0; i < n && !yes; i++)
		for (const char *at = strstr(text, words[i]); at && !yes;
		     at = strstr(at + 1, words[i])) {
			char behind = at[strlen(words[i])];

			yes = (words[i][0] & 0x80) || ((at == text || !letter(at[-1])) &&
						       !(behind >= 'a' && behind <= 'z'));
		}
	free(text);
	return yes;
}

static bool labelled(const struct answer_parts *parts, size_t i, const char *const *words, size_t n)
{
	struct slice line;

	if (i == 0 || parts->v[i - 1].kind != PART_PROSE)
		return false;
	line = last_line(&parts->v[i - 1]);
	return line.n < 300 && has_word(line, words, n);
}

static bool fragment(const struct answer_part *p)
{
	bool whole;

	return design(p) && !p->cut && !slice_blank(part_text(p)) &&
	       units(part_text(p), &whole) == 0;
}

static void pair_up(struct answer_parts *parts, size_t i)
{
	size_t k = next_block(parts, i);
	struct answer_part *a = &parts->v[i], *b;

	if (k != i + 2 || !fragment(a) || !fragment(&parts->v[k]) ||
	    !labelled(parts, i, before_words, sizeof(before_words) / sizeof(before_words[0])) ||
	    !labelled(parts, k, after_words, sizeof(after_words) / sizeof(after_words[0])))
		return;
	b = &parts->v[k];
	if (!same_file(a, b))
		return;
	b->kind = PART_EDIT;
	b->search = mem_strndup(a->text, a->len);
	b->search_len = a->len;
	if (!b->path && a->path)
		b->path = mem_strdup(a->path);
	a->kind = PART_PROSE;
}

/* Versions ------------------------------------------------------------------------------------ */

static const char *const corrects_words[] = {
	"correct",
	"corrected",
	"correction",
	"fixed",
	"revised",
	"final",
	"updated",
	"wait",
	"actually",
	"wrong",
	"mistake",
	"oops",
	"bug",
	"should be",
	"improved",
	"korrigiert",
	"korrigierte",
	"falsch",
	"fehler",
	"richtig",
	"corrig\xc3\xa9",
	"corrigée",
	"erreur",
	"corregido",
	"corregida",
	"corretta",
	"corretto",
	"corrigida",
	"corrigido",
	"\xe4\xbf\xae\xe6\xad\xa3",
	"\xe6\x9b\xb4\xe6\xad\xa3",
	"\xe6\x9c\x80\xe7\xbb\x88",
	"\xe6\x94\xb9\xe6\xad\xa3",
	"\xd0\x98\xd1\x81\xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xbb",
	"\xec\x88\x98\xec\xa0\x95",
	"\xe8\xa8\x82\xe6\xad\xa3",
	"\xd0\xb8\xd1\x81\xd0\xbf\xd1\x80\xd0\xb0\xd0\xb2\xd0\xbb",
};
static const char *const choice_words[] = {
	"option",
	"alternative",
	"alternatively",
	"variant",
	"variante",
	"variation",
	"another way",
	"approach",
	"alternativ",
	"opci\xc3\xb3n",
	"otra",
	"method",
	"\xe6\x96\xb9\xe6\xa1\x88",
	"\xe6\x96\xb9\xe6\xb3\x95",
	"\xd0\xb2\xd0\xb0\xd1\x80\xd0\xb8\xd0\xb0\xd0\xbd\xd1\x82",
	/* the second one is the bad one */
	"original",
	"incorrect",
	"buggy",
	"avoid",
	"don't",
	"do not",
	"instead of",
	"never",
};

#define SAID_ABOVE 600 /* bytes of prose that may be about the block under it */

bool answer_corrects(const struct answer_parts *parts, size_t i)
{
	struct slice said;

	if (i == 0 || parts->v[i - 1].kind != PART_PROSE)
		return false;
	said = part_text(&parts->v[i - 1]);
	if (said.n > SAID_ABOVE)
		said = slice_from(said, said.n - SAID_ABOVE);
	return has_word(said, corrects_words, sizeof(corrects_words) / sizeof(corrects_words[0])) &&
	       !has_word(said, choice_words, sizeof(choice_words) / sizeof(choice_words[0]));
}

void answer_ready(const struct answer_parts *in, struct answer_parts *out, struct strv *notes)
{
	copy_parts(in, out);
	for (size_t i = 0; i < out->n; i++) {
		unescape(&out->v[i], notes);
		fold_look_alikes(&out->v[i], notes);
	}
	for (size_t i = 0; i < out->n; i++)
		take_numbers_off(&out->v[i], notes);
	for (size_t i = 0; i < out->n; i++)
		join(out, i, notes);
	for (size_t i = 0; i < out->n; i++)
		pair_up(out, i);
}
