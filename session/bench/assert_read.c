/* One pass over the tokens of the answer, without blanks and comments. A declared
 * property is remembered by name; an asserted one becomes an item. Answers are
 * untrusted: unbalanced brackets end their item, not the pass.
 */
#include "config.h"

#include "session/bench/assert_read.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"

#define TOKENS_MAX   200000u
#define DECLARED_MAX 1000u

struct walk {
	const char *text;
	struct vtoken *v;
	size_t n;
	struct declared {
		size_t name, from, to; /* token indices */
		bool ports;
	} * declared;
	size_t n_declared;
	bool asserts; /* the text contains the word assert */
	struct assert_items *out;
};

static void tokens_of(struct walk *w, const char *text, size_t len)
{
	enum vlex_state state = VLEX_CODE;
	size_t cap = 0;

	for (size_t off = 0; off < len && w->n < TOKENS_MAX;) {
		struct vtoken t = vlex_next(text, len, off, &state);

		off += t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		MEM_PUSH(w->v, w->n, cap, t);
	}
}

static bool is(const struct walk *w, size_t i, const char *word)
{
	return i < w->n && w->v[i].len == strlen(word) &&
	       memcmp(w->text + w->v[i].off, word, w->v[i].len) == 0;
}

static bool same(const struct walk *w, size_t a, size_t b)
{
	return w->v[a].len == w->v[b].len &&
	       memcmp(w->text + w->v[a].off, w->text + w->v[b].off, w->v[a].len) == 0;
}

static bool asserts_before(const struct walk *w, size_t i)
{
	static const char *const words[] = { "assert", "assume", "cover", "restrict", "expect" };

	for (size_t k = 0; i > 0 && k < sizeof(words) / sizeof(*words); k++)
		if (is(w, i - 1, words[k]))
			return true;
	return false;
}

static int depth_of(const struct walk *w, size_t i)
{
	return is(w, i, "(") + is(w, i, "[") + is(w, i, "{") - is(w, i, ")") - is(w, i, "]") -
	       is(w, i, "}");
}

/* The token after the bracket that closes the one at i; 0: it is not closed before
 * the statement ends. So an unclosed bracket does not swallow the next statement. */
static size_t behind(const struct walk *w, size_t i)
{
	int depth = 0;

	for (; i < w->n && !is(w, i, ";") && !is(w, i, "assert"); i++)
		if ((depth += depth_of(w, i)) == 0)
			return is(w, i, ")") ? i + 1 : 0;
	return 0;
}

/* Joins the tokens in [from, to). Inserts a blank where the source had blanks or
 * comments, and after an escaped name, which only a blank can end. */
static char *joined(const struct walk *w, size_t from, size_t to)
{
	struct str s = STR_INIT;

	for (size_t i = from; i < to; i++) {
		if (i > from && w->v[i].off > w->v[i - 1].off + w->v[i - 1].len)
			str_addc(&s, ' ');
		str_add(&s, w->text + w->v[i].off, w->v[i].len);
		if (w->text[w->v[i].off] == '\\')
			str_addc(&s, ' ');
	}
	return str_take(&s);
}

/* True if the tokens can be put in our brackets without changing their meaning. Anything
 * that would close the brackets or begin a statement, such as assume, is rejected. */
static bool is_property(const struct walk *w, size_t from, size_t to)
{
	static const char *const words[] = { "posedge",	  "negedge",	"edge", "disable",
					     "iff",	  "or",		"and",	"not",
					     "inside",	  "if",		"else", "throughout",
					     "within",	  "strong",	"weak", "until",
					     "intersect", "first_match" };
	int depth = 0;

	for (size_t i = from; i < to && depth >= 0; i++) {
		const struct vtoken *t = &w->v[i];
		bool known = t->kind != VTOKEN_KEYWORD;

		for (size_t k = 0; !known && k < sizeof(words) / sizeof(*words); k++)
			known = is(w, i, words[k]);
		if (!known || t->kind == VTOKEN_DIRECTIVE || t->kind == VTOKEN_OTHER ||
		    is(w, i, ";") || memchr(w->text + t->off, '\n', t->len))
			return false;
		depth += depth_of(w, i);
	}
	return depth == 0;
}

static struct assert_item *new_item(struct walk *w)
{
	struct assert_items *l = w->out;

	if (l->n == ASSERT_MAX) {
		l->more = true;
		return NULL;
	}
	l->v = mem_realloc(l->v, (l->n + 1) * sizeof(*l->v));
	l->v[l->n] = (struct assert_item){ 0 };
	return &l->v[l->n++];
}

static void add_unread(struct walk *w, const char *why)
{
	struct assert_item *a = new_item(w);

	if (a)
		a->why = why;
}

/* Takes an event "@(posedge clk)" or "@clk" and moves *from past it. False: it is unclosed. */
static bool take_event(const struct walk *w, size_t *from, size_t to, struct assert_item *a)
{
	size_t end = *from + 1;

	if (is(w, end, "("))
		end = behind(w, end);
	else
		end++;
	if (!end || end > to)
		return false;
	a->event = joined(w, *from, end);
	*from = end;
	return true;
}

static const struct declared *declared_as(const struct walk *w, size_t from, size_t to)
{
	for (size_t i = 0; to == from + 1 && i < w->n_declared; i++)
		if (same(w, w->declared[i].name, from))
			return &w->declared[i];
	return NULL;
}

static void add_item(struct walk *w, size_t from, size_t to)
{
	struct assert_item *a;
	const struct declared *d = declared_as(w, from, to);

	if (d && d->ports)
		return add_unread(w, "its property has ports");
	if (d)
		from = d->from, to = d->to;
	if (to > from && is(w, to - 1, ";"))
		to--;
	if (from >= to)
		return add_unread(w, "nothing is asserted");
	if (w->v[to - 1].off + w->v[to - 1].len - w->v[from].off > ASSERT_BYTES_MAX)
		return add_unread(w, "it is too long");
	if (!is_property(w, from, to))
		return add_unread(w, "it is no property");
	a = new_item(w);
	if (!a)
		return;
	if (is(w, from, "@") && !take_event(w, &from, to, a))
		a->why = "its event does not end";
	else if (from >= to)
		a->why = "nothing is asserted";
	else
		a->body = joined(w, from, to);
}

/* Reads property NAME ... endproperty, starting at property. Returns the token after it. */
static size_t declare(struct walk *w, size_t i)
{
	struct declared d = { .name = i + 1, .ports = is(w, i + 2, "(") };
	size_t k = i + 2;

	while (k < w->n && !is(w, k, "endproperty") && !is(w, k, ";"))
		k++;
	if (!is(w, k, ";"))
		return k + 1;
	d.from = d.to = k + 1;
	while (d.to < w->n && !is(w, d.to, "endproperty"))
		d.to++;
	if (d.to < w->n && w->n_declared < DECLARED_MAX) {
		w->declared = mem_realloc(w->declared, (w->n_declared + 1) * sizeof(*w->declared));
		w->declared[w->n_declared++] = d;
	}
	return d.to + 1;
}

static void declare_all(struct walk *w)
{
	for (size_t i = 0; i < w->n;) {
		w->asserts |= is(w, i, "assert");
		i = is(w, i, "property") && !asserts_before(w, i) ? declare(w, i) : i + 1;
	}
}

static bool in_declaration(const struct walk *w, size_t i, size_t *end)
{
	for (size_t k = 0; k < w->n_declared; k++)
		if (i >= w->declared[k].name && i < w->declared[k].to)
			return *end = w->declared[k].to, true;
	return false;
}

/* Reads an assertion, starting at assert. Returns the token after it. */
static size_t asserted(struct walk *w, size_t i)
{
	size_t from = i + 1, end;

	if (!is(w, from, "property")) {
		add_unread(w, "it is not an assert property");
		return from;
	}
	from++;
	end = is(w, from, "(") ? behind(w, from) : 0;
	if (!end) {
		add_unread(w, "its brackets do not match");
		return from;
	}
	add_item(w, from + 1, end - 1);
	return end;
}

static bool implies(const struct walk *w, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const char *at = w->text + w->v[i].off;

		if (*at == '|' && w->v[i].off + 2 < w->v[to - 1].off + w->v[to - 1].len &&
		    (strncmp(at, "|->", 3) == 0 || strncmp(at, "|=>", 3) == 0))
			return true;
	}
	return false;
}

/* Reads bare properties: a statement that contains an implication is one. */
static void bare(struct walk *w)
{
	size_t from = 0;
	int depth = 0;

	for (size_t i = 0; i <= w->n; i++) {
		if (i < w->n)
			depth += depth_of(w, i);
		if (i < w->n && !is(w, i, ";"))
			continue;
		if (i > from && implies(w, from, i)) {
			if (depth == 0)
				add_item(w, from, i);
			else
				add_unread(w, "its brackets do not match");
		}
		depth = 0;
		from = i + 1;
	}
}

void assert_read(const char *text, size_t len, struct assert_items *out)
{
	struct walk w = { .text = text, .out = out };
	size_t end;

	*out = (struct assert_items){ 0 };
	tokens_of(&w, text, len);
	declare_all(&w);
	for (size_t i = 0; w.asserts && i < w.n;)
		if (in_declaration(&w, i, &end))
			i = end;
		else
			i = is(&w, i, "assert") ? asserted(&w, i) : i + 1;
	for (size_t i = 0; !w.asserts && i < w.n_declared; i++)
		add_item(&w, w.declared[i].name, w.declared[i].name + 1);
	if (!w.asserts && !w.n_declared)
		bare(&w);
	free(w.declared);
	free(w.v);
}

void assert_items_fini(struct assert_items *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].body);
		free(l->v[i].event);
	}
	free(l->v);
	*l = (struct assert_items){ 0 };
}

/* Text ----------------------------------------------------------------------------------- */

/* Without a clock a |-> b is checked at any time. */
static bool any_time(const char *body, struct str *out, const char **why)
{
	static const char *const cycles[] = { "##",    "|=>",	"disable", "$past",
					      "$rose", "$fell", "$stable", "$changed" };
	const char *at = strstr(body, "|->");
	bool speaks = at && strstr(at + 3, "|->");

	for (size_t i = 0; i < sizeof(cycles) / sizeof(*cycles); i++)
		speaks |= strstr(body, cycles[i]) != NULL;
	if (speaks) {
		*why = "it speaks of cycles, and the design has no clock";
		return false;
	}
	if (at)
		str_addf(out, "always_comb if (%.*s) assert (%s);", (int)(at - body), body, at + 3);
	else
		str_addf(out, "always_comb assert (%s);", body);
	return true;
}

bool assert_text(const struct assert_item *a, const char *clock, struct str *out, const char **why)
{
	bool ours = !a->event || strstr(a->event, "DEFAULT_CLOCK");

	*why = a->why;
	if (!a->body)
		return false;
	if (!clock)
		return any_time(a->body, out, why);
	if (ours)
		str_addf(out, "assert property (@(%s) %s);", clock, a->body);
	else
		str_addf(out, "assert property (%s %s);", a->event, a->body);
	return true;
}
