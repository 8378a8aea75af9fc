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
#include "session/base/word_table.h"
#include "session/verilog/verilog.h"

/* Words ------------------------------------------------------------------------------------- */

enum {
	/* Only these words mean that the second of two blocks replaces the first;
	 * the lines of the first must still occur in the file exactly once. */
	BEFORE = 1u << 0,
	AFTER = 1u << 1,
	/* The same for words that occur in many sentences: here they have to come
	 * first. */
	BEFORE_FIRST = 1u << 2,
	AFTER_FIRST = 1u << 3,
	/* Together with one of those: the lines of the first block stay. */
	STAY = 1u << 4,
	/* Comes first, above a block that shows what not to write. */
	WRONG_FIRST = 1u << 5,
	/* The code below corrects the code above. */
	CORRECTS = 1u << 6,
	/* The code below is an alternative, or the bad one of two. */
	CHOICE = 1u << 7,
	/* Comes first and forbids something: the code below, or what the rest of the line names. */
	FORBIDS = 1u << 8,
	/* Comes first, above another way to do the same. */
	OTHER_WAY = 1u << 9,
	/* The same if a number or a letter follows: "Option 2", "Variant B". */
	NUMBERED_WAY = 1u << 10,
	/* Anywhere in the line above code that a reader should not write. */
	TEMPTS = 1u << 11,
	/* Comes first, above code that only shows how to use other code. */
	USES_FIRST = 1u << 12,
};

/* Lower case; of a word that begins with a byte above 0x7f any part of a sentence will do. */
/* clang-format off */
static const struct {
	const char *word;
	unsigned is;
} words[] = {
	/* English */
	{ "add", STAY }, { "append", STAY }, { "below", STAY }, { "insert", STAY }, { "keep", STAY },
	{ "after", AFTER | STAY }, { "becomes", AFTER }, { "by", AFTER }, { "new", AFTER },
	{ "to", AFTER }, { "with", AFTER },
	{ "before", BEFORE }, { "change", BEFORE }, { "current", BEFORE }, { "old", BEFORE },
	{ "instead of", BEFORE | CHOICE }, { "original", BEFORE | CHOICE }, { "replace", BEFORE },
	{ "existing", BEFORE_FIRST }, { "find", BEFORE_FIRST }, { "locate", BEFORE_FIRST },
	{ "previous", BEFORE_FIRST },
	{ "buggy", BEFORE_FIRST | WRONG_FIRST | CHOICE },
	{ "incorrect", BEFORE_FIRST | WRONG_FIRST | CHOICE },
	{ "wrong", BEFORE_FIRST | WRONG_FIRST | CORRECTS },
	{ "bad", WRONG_FIRST }, { "not like this", WRONG_FIRST },
	{ "anti-pattern", WRONG_FIRST }, { "antipattern", WRONG_FIRST },
	{ "common error", WRONG_FIRST }, { "common mistake", WRONG_FIRST },
	{ "typical error", WRONG_FIRST }, { "typical mistake", WRONG_FIRST },
	{ "how not", WRONG_FIRST }, { "what not", WRONG_FIRST }, { "what to avoid", WRONG_FIRST },
	{ "tempted", TEMPTS }, { "tempting", TEMPTS },
	{ "example", USES_FIRST }, { "how to use", USES_FIRST }, { "usage", USES_FIRST },
	{ "sample", USES_FIRST }, { "instantiation", USES_FIRST },
	{ "avoid", FORBIDS | CHOICE }, { "do not", FORBIDS | CHOICE },
	{ "don't", FORBIDS | CHOICE }, { "never", FORBIDS | CHOICE },
	{ "correct", AFTER_FIRST | CORRECTS }, { "corrected", AFTER_FIRST | CORRECTS },
	{ "fixed", AFTER_FIRST | CORRECTS }, { "updated", AFTER_FIRST | CORRECTS },
	{ "should be", AFTER_FIRST | CORRECTS },
	{ "actually", CORRECTS }, { "better version", CORRECTS }, { "bug", CORRECTS },
	{ "correction", CORRECTS }, { "final", CORRECTS }, { "improved", CORRECTS },
	{ "mistake", CORRECTS }, { "off by one", CORRECTS }, { "oops", CORRECTS },
	{ "revised", CORRECTS }, { "right one", CORRECTS }, { "second thought", CORRECTS },
	{ "wait", CORRECTS },
	{ "alternative", CHOICE | OTHER_WAY }, { "alternatively", CHOICE | OTHER_WAY },
	{ "another way", CHOICE | OTHER_WAY },
	{ "approach", CHOICE | NUMBERED_WAY }, { "method", CHOICE | NUMBERED_WAY },
	{ "option", CHOICE | NUMBERED_WAY }, { "variant", CHOICE | NUMBERED_WAY },
	{ "variation", CHOICE },
	/* German */
	{ "alt", BEFORE }, { "ersetze", BEFORE }, { "ersetzen", BEFORE }, { "vorher", BEFORE },
	{ "ändern", BEFORE }, { "durch", AFTER }, { "nachher", AFTER }, { "neu", AFTER },
	{ "beispiel", USES_FIRST }, { "falsch", WRONG_FIRST | CORRECTS },
	{ "nicht", WRONG_FIRST }, { "fehler", CORRECTS },
	{ "korrigiert", CORRECTS }, { "korrigierte", CORRECTS }, { "richtig", CORRECTS },
	{ "alternativ", CHOICE | OTHER_WAY }, { "variante", CHOICE | NUMBERED_WAY },
	/* French */
	{ "ancien", BEFORE }, { "avant", BEFORE }, { "remplace", BEFORE }, { "remplacer", BEFORE },
	{ "remplacez", BEFORE }, { "après", AFTER }, { "nouveau", AFTER }, { "par", AFTER },
	{ "exemple", USES_FIRST }, { "faux", WRONG_FIRST }, { "corrigé", CORRECTS },
	{ "corrigée", CORRECTS }, { "erreur", CORRECTS },
	/* Spanish, Italian, Portuguese */
	{ "antes", BEFORE }, { "cambia", BEFORE }, { "prima", BEFORE }, { "reemplaz", BEFORE },
	{ "reemplaza", BEFORE }, { "reemplazar", BEFORE }, { "reemplace", BEFORE },
	{ "sostituisci", BEFORE }, { "substitua", BEFORE },
	{ "con", AFTER }, { "depois", AFTER }, { "después", AFTER }, { "dopo", AFTER },
	{ "nuevo", AFTER }, { "por", AFTER },
	{ "ejemplo", USES_FIRST }, { "esempio", USES_FIRST }, { "exemplo", USES_FIRST },
	{ "errado", WRONG_FIRST }, { "incorrecto", WRONG_FIRST }, { "sbagliato", WRONG_FIRST },
	{ "corregida", CORRECTS }, { "corregido", CORRECTS }, { "corretta", CORRECTS },
	{ "corretto", CORRECTS }, { "corrigida", CORRECTS }, { "corrigido", CORRECTS },
	{ "opción", CHOICE | NUMBERED_WAY }, { "otra", CHOICE },
	/* Russian, Chinese, Japanese, Korean */
	{ "замен", BEFORE }, { "Замен", BEFORE }, { "на", AFTER }, { "нов", AFTER },
	{ "исправл", CORRECTS }, { "Исправл", CORRECTS }, { "вариант", CHOICE },
	{ "之前", BEFORE }, { "修改前", BEFORE }, { "原", BEFORE }, { "変更前", BEFORE },
	{ "将", BEFORE }, { "把", BEFORE }, { "旧", BEFORE }, { "替换", BEFORE },
	{ "为", AFTER }, { "之后", AFTER }, { "修改后", AFTER }, { "変更後", AFTER },
	{ "改为", AFTER }, { "新", AFTER },
	{ "修正", CORRECTS }, { "改正", CORRECTS }, { "更正", CORRECTS }, { "最终", CORRECTS },
	{ "訂正", CORRECTS }, { "수정", CORRECTS }, { "方案", CHOICE }, { "方法", CHOICE },
};
/* clang-format on */

#define N_WORDS (sizeof(words) / sizeof(words[0]))

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

/* True if line has a word that is any of those. */
static bool has_word(struct slice line, unsigned is)
{
	char *text = slice_lower(line);
	bool yes = false;

	for (size_t i = 0; i < N_WORDS && !yes; i++) {
		const char *word = words[i].word, *at = words[i].is & is ? text : NULL;

		while (at && !yes && (at = strstr(at, word)) != NULL) {
			char after = at[strlen(word)];

			yes = (word[0] & 0x80) ||
			      ((at == text || !letter(at[-1])) && !(after >= 'a' && after <= 'z'));
			at++;
		}
	}
	free(text);
	return yes;
}

static bool latin(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The rest of a line that starts with such a word, after marks such as "**" or a number;
 * NULL if it does not. */
static const char *behind_first(struct slice line, unsigned is)
{
	while (line.n && !latin(line.p[0]))
		line = slice_from(line, 1);
	if (slice_starts(line, "A ") || slice_starts(line, "An "))
		line = slice_from(line, line.p[1] == ' ' ? 2 : 3);
	for (size_t i = 0; i < N_WORDS; i++) {
		size_t len = strlen(words[i].word);

		if ((words[i].is & is) && line.n >= len &&
		    slice_is_nocase((struct slice){ line.p, len }, words[i].word) &&
		    (line.n == len || !latin(line.p[len])))
			return line.p + len;
	}
	return NULL;
}

static bool first_word(struct slice line, unsigned is)
{
	return behind_first(line, is) != NULL;
}

/* True for "Avoid:" and "Do not write it like this:", which point to the code below; false for
 * "Avoid the latch:" and "Do not change the ports:", which say what the code heeds. Whatever else
 * is named, "do this" and "latches like this" do point to it, but "ports of this module" do not. */
static bool forbids_this(struct slice line)
{
	static const char *const shown[] = { "this", "these", "following", "below", NULL };
	static const char *const leading[] = { "do", "like", "write", "writing", "as", NULL };
	static const char *const pointing[] = { "a",	     "as",    "code",  "do",	  "example",
						"following", "in",    "it",    "like",	  "pattern",
						"so",	     "style", "that",  "the",	  "these",
						"this",	     "those", "try",   "use",	  "version",
						"way",	     "ways",  "write", "writing", NULL };
	const char *rest = behind_first(line, FORBIDS);
	bool all = rest != NULL, leads = false;

	line = slice_from(line, rest ? (size_t)(rest - line.p) : line.n);
	while (line.n) {
		size_t n = 0;

		while (n < line.n && letter((char)(line.p[n] | 0x20)))
			n++;
		if (n && leads && words_has_nocase(shown, line.p, n))
			return true;
		leads = n ? words_has_nocase(leading, line.p, n) : leads;
		all &= !n || words_has_nocase(pointing, line.p, n);
		line = slice_from(line, n ? n : 1);
	}
	return all;
}

/* Before and after -------------------------------------------------------------------------- */

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
	bool before = has_word(first, BEFORE), after = has_word(second, AFTER);

	if (before && after)
		return true;
	return (before || first_word(first, BEFORE_FIRST)) &&
	       (after || first_word(second, AFTER_FIRST)) && !has_word(first, STAY) &&
	       !has_word(second, STAY);
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

bool version_same_code(struct slice a, struct slice b)
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
	       (version_same_code(file, first) && !version_same_code(file, second));
}

/* Versions ------------------------------------------------------------------------------------ */

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
	return has_word(said_above(parts, i), CORRECTS) && !answer_offers_choice(parts, i);
}

/* The line above part i, or its last sentence: "That is all. Wrong:". */
static struct slice heading_of(const struct answer_parts *parts, size_t i)
{
	struct slice label = label_of(parts, i);

	for (size_t k = label.n; k > 1; k--)
		if (strchr(".!?", label.p[k - 2]) && label.p[k - 1] == ' ')
			return slice_from(label, k);
	return label;
}

/* "Blocking (wrong)". */
static bool wrong_in_brackets(struct slice heading)
{
	size_t open = heading.n;

	while (open && heading.p[open - 1] != '(')
		open--;
	while (heading.n && !latin(heading.p[heading.n - 1]) && heading.p[heading.n - 1] != ')')
		heading.n--;
	return open && heading.n && heading.p[heading.n - 1] == ')' &&
	       memchr(heading.p + open, ' ', heading.n - open) == NULL &&
	       first_word(slice_from(heading, open), WRONG_FIRST);
}

/* The last title of Markdown above part i, with nothing but the name of a file in between;
 * empty: none. */
static struct slice title_of(const struct answer_parts *parts, size_t i)
{
	struct slice s = i ? slice_trim(part_text(&parts->v[i - 1])) : (struct slice){ NULL, 0 };
	struct slice title = { s.p, 0 }, path;

	if (i == 0 || parts->v[i - 1].kind != PART_PROSE)
		return title;
	while (s.n) {
		struct slice line = slice_trim(slice_line(&s));

		if (slice_starts(line, "#"))
			title = line;
		else if (line.n && name_from_line(line, &path) != NAME_GIVEN)
			title.n = 0;
	}
	return title;
}

/* True for a title such as "### Don't assign with =": the code below may be an example of what
 * not to do. A numbered title is skipped, because it names a change that was made. */
static bool title_forbids(struct slice title)
{
	while (title.n && strchr("#* ", title.p[0]))
		title = slice_from(title, 1);
	return title.n && latin(title.p[0]) && first_word(title, FORBIDS);
}

/* True if the sentence below part i rejects it: "Do not use it.", or, if the line above forbids
 * something, "Use <= instead." A line that ends with a colon is about the next part. */
static bool warns_below(const struct answer_parts *parts, size_t i, bool forbids)
{
	struct slice s = { NULL, 0 }, line;
	size_t end = 0;

	if (i + 1 < parts->n && parts->v[i + 1].kind == PART_PROSE)
		s = slice_trim(part_text(&parts->v[i + 1]));
	line = slice_chomp(slice_line(&s));
	while (end < line.n && !strchr(".!", line.p[end]))
		end++;
	if (end == line.n)
		return false;
	line.n = end;
	return forbids_this(line) || (forbids && slice_find(line, " instead") < line.n &&
				      (slice_starts(line, "Use ") || slice_starts(line, "Write ")));
}

/* A heading, "Wrong:", and not a sentence: "Wrong, I forgot the reset." */
bool answer_warns_of(const struct answer_parts *parts, size_t i)
{
	struct slice heading = heading_of(parts, i), title = title_of(parts, i);

	if (warns_below(parts, i, first_word(heading, FORBIDS) || title_forbids(title)))
		return true;
	if (title_forbids(title))
		return true;
	for (size_t k = 0; k < heading.n; k++)
		if (strchr(",.;!?", heading.p[k]))
			return false;
	return first_word(heading, WRONG_FIRST) || forbids_this(heading) ||
	       has_word(heading, TEMPTS) || wrong_in_brackets(heading);
}

bool answer_shows_use(const struct answer_parts *parts, size_t i)
{
	return first_word(heading_of(parts, i), USES_FIRST) ||
	       first_word(title_of(parts, i), USES_FIRST);
}

bool answer_says_mended(const struct answer_parts *parts, size_t i)
{
	static const char *const mended[] = { "fixed", "corrected", "repaired", "removed", NULL };
	struct slice heading = heading_of(parts, i);
	size_t n;

	while (heading.n && !latin(heading.p[heading.n - 1]))
		heading.n--;
	for (n = 0; n < heading.n && latin(heading.p[heading.n - n - 1]); n++)
		;
	return words_has_nocase(mended, heading.p + heading.n - n, n);
}

/* Behind "Option": a number, or one capital letter. */
static bool is_number(struct slice line, const char *behind)
{
	struct slice s = slice_from(line, (size_t)(behind - line.p));

	s = slice_from(s, slice_indent(s));
	return s.n && ((s.p[0] >= '0' && s.p[0] <= '9') ||
		       (s.p[0] >= 'A' && s.p[0] <= 'Z' && slice_word(s) == 1));
}

bool answer_is_other_way(const struct answer_parts *parts, size_t i)
{
	struct slice said = said_above(parts, i);

	while (said.n) {
		struct slice line = slice_trim(slice_line(&said));
		const char *behind = behind_first(line, NUMBERED_WAY);

		if (first_word(line, OTHER_WAY) || (behind && is_number(line, behind)) ||
		    slice_is(line, "Or:") || slice_starts(line, "Or, "))
			return true;
	}
	return false;
}

bool answer_is_after(const struct answer_parts *parts, size_t before, size_t i)
{
	return labelled(label_of(parts, before), label_of(parts, i));
}

bool answer_repeats(const struct answer_parts *parts, size_t first, size_t i)
{
	const struct answer_part *a = &parts->v[first], *b = &parts->v[i];

	return a->kind == b->kind && a->len == b->len && a->search_len == b->search_len &&
	       memcmp(a->text, b->text, a->len) == 0 &&
	       (a->search_len == 0 || memcmp(a->search, b->search, a->search_len) == 0);
}

bool answer_offers_choice(const struct answer_parts *parts, size_t i)
{
	struct slice said = said_above(parts, i);

	if (said.n && slice_starts(last_line(&parts->v[i - 1]), "Or"))
		return true;
	if (answer_warns_of(parts, i))
		return true;
	return has_word(said, CHOICE);
}
