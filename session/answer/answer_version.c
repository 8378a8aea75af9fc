/* Decides between versions of the same code: the current and the proposed text, a
 * first attempt and its correction. Words decide, in the line or the sentences
 * above a block; an unknown word leaves both as they are.
 */
#include "config.h"

#include "session/answer/answer_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_name.h"
#include "session/base/mem.h"
#include "session/verilog/verilog.h"

/* Before and after -------------------------------------------------------------------------- */

/* Only these words tell that the second block replaces the first; the lines of the
 * first must still occur in the file exactly once. */
static const char *const before_words[] = {
	"before",     "old",	    "original",	   "current",  "replace",   "change",
	"instead of", "vorher",	    "alt",	   "ersetze",  "avant",	    "ancien",
	"remplace",   "remplacez",  "remplacer",   "ersetzen", "ändern",    "reemplaza",
	"reemplace",  "reemplazar", "sostituisci", "prima",    "substitua", "замен",
	"Замен",      "変更前",	    "antes",	   "reemplaz", "cambia",    "之前",
	"原",	      "旧",	    "修改前",	   "替换",     "将",	    "把"
};
static const char *const after_words[] = {
	"after",  "new",     "with", "by",	"to",  "becomes", "nachher", "neu", "durch",
	"après",  "nouveau", "par",  "después", "con", "dopo",	  "depois",  "на",  "нов",
	"変更後", "nuevo",   "por",  "之后",	"新",  "修改后",  "改为",    "为"
};

/* These are in too many sentences: they have to come first. */
static const char *const before_first[] = { "find",  "locate", "existing", "previous",
					    "buggy", "wrong",  "incorrect" };
static const char *const after_first[] = { "fixed", "corrected", "correct", "updated",
					   "should be" };

/* With those, such a word tells that the lines of the first block stay. */
static const char *const stay_words[] = { "add", "insert", "append", "below", "after", "keep" };

/* Above the first of two versions: it is shown as what not to write. */
static const char *const wrong_first[] = { "wrong",	    "bad",	 "incorrect", "buggy",
					   "don't",	    "do not",	 "avoid",     "never",
					   "not like this", "falsch",	 "nicht",     "faux",
					   "incorrecto",    "sbagliato", "errado" };

#define WORDS(v) v, sizeof(v) / sizeof(v[0])

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
			char after = at[strlen(words[i])];

			yes = (words[i][0] & 0x80) ||
			      ((at == text || !letter(at[-1])) && !(after >= 'a' && after <= 'z'));
		}
	free(text);
	return yes;
}

static bool latin(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* After marks such as "**" or a number. */
static bool first_word(struct slice line, const char *const *words, size_t n)
{
	while (line.n && !latin(line.p[0]))
		line = slice_from(line, 1);
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);

		if (line.n >= len && slice_is_nocase((struct slice){ line.p, len }, words[i]) &&
		    (line.n == len || !latin(line.p[len])))
			return true;
	}
	return false;
}

/* The line above part i; empty if there is none. */
static struct slice label_of(const struct answer_parts *parts, size_t i)
{
	struct slice line = { parts->v[i].text, 0 };

	if (i && parts->v[i - 1].kind == PART_PROSE)
		line = last_line(&parts->v[i - 1]);
	return line.n < 300 ? line : slice_from(line, line.n);
}

/* The labels tell that the second block replaces the first. */
static bool labelled(struct slice first, struct slice second)
{
	bool before = has_word(first, WORDS(before_words)),
	     after = has_word(second, WORDS(after_words));

	if (before && after)
		return true;
	return (before || first_word(first, WORDS(before_first))) &&
	       (after || first_word(second, WORDS(after_first))) &&
	       !has_word(first, WORDS(stay_words)) && !has_word(second, WORDS(stay_words));
}

static bool fragment(const struct answer_part *p)
{
	struct voutline o;
	size_t n;

	if (!part_is_design(p) || p->cut || slice_blank(part_text(p)))
		return false;
	voutline_init(&o, p->text, p->len);
	n = o.n;
	voutline_fini(&o);
	return n == 0;
}

size_t answer_pair_up(struct answer_parts *parts, size_t i)
{
	size_t k = answer_next_block(parts, i);
	struct answer_part *a = &parts->v[i], *b;
	struct slice said;

	if (k != i + 2 || !fragment(a) || !fragment(&parts->v[k]) ||
	    !labelled(label_of(parts, i), label_of(parts, k)))
		return i;
	b = &parts->v[k];
	if (!answer_same_file(a, b))
		return i;
	b->kind = PART_EDIT;
	b->search = mem_strndup(a->text, a->len);
	b->search_len = a->len;
	if (!b->path && a->path)
		b->path = mem_strdup(a->path);
	if (!b->path && name_from_line(last_line(&parts->v[i - 1]), &said) != NAME_NONE &&
	    name_is_verilog(said))
		b->path = name_normalize(
			said); /* "In q.v replace": its lines have to be there once */
	a->kind = PART_PROSE;
	return k;
}

/* The same code --------------------------------------------------------------------------- */

bool version_same_text(struct slice a, struct slice b)
{
	for (;;) {
		while (a.n && strchr(" \t\r\n", a.p[0]) && a.p[0])
			a = slice_from(a, 1);
		while (b.n && strchr(" \t\r\n", b.p[0]) && b.p[0])
			b = slice_from(b, 1);
		if (a.n == 0 || b.n == 0 || a.p[0] != b.p[0])
			return a.n == 0 && b.n == 0;
		a = slice_from(a, 1);
		b = slice_from(b, 1);
	}
}

static struct slice next_word(struct slice *rest, enum vlex_state *state)
{
	while (rest->n) {
		struct vtoken t = vlex_next(rest->p, rest->n, 0, state);
		struct slice word = { rest->p + t.off, t.len };

		*rest = slice_from(*rest, t.off + t.len);
		if (t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT)
			return word;
	}
	return *rest;
}

static bool same_code(struct slice a, struct slice b)
{
	enum vlex_state in_a = VLEX_CODE, in_b = VLEX_CODE;

	for (;;) {
		struct slice x = next_word(&a, &in_a), y = next_word(&b, &in_b);

		if (x.n != y.n || (x.n && memcmp(x.p, y.p, x.n) != 0))
			return false;
		if (x.n == 0)
			return true;
	}
}

/* A comment such as "// Before" may be all that differs. */
bool version_is_old(struct slice file, struct slice first, struct slice second)
{
	if (file.n == 0 || version_same_text(file, second))
		return file.n && version_same_text(file, first);
	return version_same_text(file, first) ||
	       (same_code(file, first) && !same_code(file, second));
}

/* Versions ------------------------------------------------------------------------------------ */

static const char *const corrects_words[] = {
	"correct",  "corrected",  "correction",	    "fixed",	  "revised",	    "final",
	"updated",  "wait",	  "actually",	    "wrong",	  "mistake",	    "oops",
	"bug",	    "should be",  "second thought", "off by one", "better version", "right one",
	"improved", "korrigiert", "korrigierte",    "falsch",	  "fehler",	    "richtig",
	"corrigé",  "corrigée",	  "erreur",	    "corregido",  "corregida",	    "corretta",
	"corretto", "corrigida",  "corrigido",	    "修正",	  "更正",	    "最终",
	"改正",	    "Исправл",	  "수정",	    "訂正",	  "исправл"
};
static const char *const choice_words[] = {
	"option", "alternative", "alternatively", "variant", "variante", "variation", "another way",
	"approach", "alternativ", "opción", "otra", "method", "方案", "方法", "вариант",
	/* the second version is the bad one */
	"original", "incorrect", "buggy", "avoid", "don't", "do not", "instead of", "never"
};

#define SAID_ABOVE 600 /* bytes of prose that may describe the block below */

/* The sentences above part i; empty if there are none. */
static struct slice said_above(const struct answer_parts *parts, size_t i)
{
	struct slice said = { NULL, 0 };

	if (i == 0 || parts->v[i - 1].kind != PART_PROSE)
		return said;
	said = part_text(&parts->v[i - 1]);
	return said.n > SAID_ABOVE ? slice_from(said, said.n - SAID_ABOVE) : said;
}

bool answer_corrects(const struct answer_parts *parts, size_t i)
{
	return has_word(said_above(parts, i), corrects_words,
			sizeof(corrects_words) / sizeof(corrects_words[0])) &&
	       !answer_offers_choice(parts, i);
}

/* A heading, "Wrong:", and not a sentence: "Wrong, I forgot the reset." */
bool answer_warns_of(const struct answer_parts *parts, size_t i)
{
	struct slice label = label_of(parts, i);

	for (size_t k = 0; k < label.n; k++)
		if (strchr(",.;!?", label.p[k]))
			return false;
	return first_word(label, WORDS(wrong_first));
}

bool answer_offers_choice(const struct answer_parts *parts, size_t i)
{
	struct slice said = said_above(parts, i);

	if (said.n && slice_starts(last_line(&parts->v[i - 1]), "Or"))
		return true;
	if (answer_warns_of(parts, i))
		return true;
	return has_word(said, choice_words, sizeof(choice_words) / sizeof(choice_words[0]));
}
