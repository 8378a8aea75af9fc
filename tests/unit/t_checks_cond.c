/* Conditions in normal form, against the expressions that they were written from. */
#include "config.h"

#include "tests/lib/case.h"

#include <string.h>

#include "session/base/str.h"
#include "session/testbench/checks_cond.h"

#define NODES	 64
#define ROUNDS	 20000
#define NAMES	 4 /* a to d, of one bit each */
#define DEEP_MAX 4

/* An expression of single bits that was made up, and where its text stands. */
struct made {
	char op[8];
	int left, right; /* -1: none */
	int name;	 /* of an operand; -1: the constants below */
	int constant;
	size_t off, end;
};

struct maker {
	unsigned seed;
	struct made v[NODES];
	int n;
	struct str text;
};

static unsigned pick(struct maker *m, unsigned below)
{
	m->seed = m->seed * 1103515245u + 12345u;
	return (m->seed >> 16) % below;
}

static int make(struct maker *m, int deep)
{
	static const char *const two[] = { "&&", "||", "&", "|",   "^",	  "~^", "==",
					   "!=", "-",  ">", "===", "!==", "<",	">=" };
	static const char *const one[] = { "!", "~", "|", "~|", "&", "~&" };
	int at = m->n++, kind = deep >= DEEP_MAX || m->n > NODES - 4 ? 0 : (int)pick(m, 5);
	struct made e = { .left = -1, .right = -1, .name = -1, .constant = -1 };

	str_addc(&m->text, '(');
	e.off = m->text.len;
	if (kind == 0) {
		e.name = (int)pick(m, NAMES);
		str_addc(&m->text, (char)('a' + e.name));
	} else if (kind == 1) {
		strcpy(e.op, one[pick(m, 6)]);
		str_adds(&m->text, e.op);
		e.left = make(m, deep + 1);
	} else {
		strcpy(e.op, two[pick(m, 14)]);
		e.left = make(m, deep + 1);
		str_addf(&m->text, " %s ", e.op);
		if (pick(m, 4) == 0) {
			e.constant = (int)pick(m, 2);
			str_addf(&m->text, "1'b%d", e.constant);
		} else {
			e.right = make(m, deep + 1);
		}
	}
	e.end = m->text.len;
	str_addc(&m->text, ')');
	m->v[at] = e;
	return at;
}

static bool two_are(const char *op, bool a, bool b)
{
	switch (op[0]) {
	case '&':
		return a && b;
	case '|':
		return a || b;
	case '=':
	case '~':
		return a == b;
	case '>':
		return op[1] == '=' ? a >= b : a > b;
	case '<':
		return a < b;
	default: /* ^, -, !=, !== */
		return a != b;
	}
}

static bool value(const struct maker *m, int at, unsigned names)
{
	const struct made *e = &m->v[at];

	if (e->left < 0)
		return names >> e->name & 1u;
	if (e->right < 0 && e->constant < 0)
		return value(m, e->left, names) != (e->op[0] == '!' || e->op[0] == '~');
	return two_are(e->op, value(m, e->left, names),
		       e->right < 0 ? e->constant : value(m, e->right, names));
}

static bool value_of(const struct maker *m, struct vspan in, unsigned names)
{
	if (m->text.data[in.off] == '1')
		return m->text.data[in.end - 1] == '1';
	for (int i = 0; i < m->n; i++)
		if (m->v[i].off == in.off && m->v[i].end == in.end)
			return value(m, i, names);
	fail_msg("no such part: %.*s", (int)(in.end - in.off), m->text.data + in.off);
	return false;
}

static bool holds(const struct maker *m, const struct vstmts *s, const struct check_cond *q,
		  size_t i, unsigned names)
{
	const struct check_term *t = &q->v[i];
	bool all = t->asks == ASKS_ALL, left, right;

	if (t->asks == ASKS_ALL || t->asks == ASKS_ANY) {
		for (size_t k = i + 1; k < t->end; k = q->v[k].end)
			if (holds(m, s, q, k, names) != all)
				return !all;
		return all;
	}
	left = value_of(m, t->left, names);
	if (t->asks == ASKS_VALUE)
		return left != t->negated;
	right = value_of(m, t->right, names);
	if (t->asks == ASKS_SAME)
		return (left == right) != t->negated;
	return two_are(s->text + s->tokens[t->op].off, left, right) != t->negated;
}

CASE(a_condition_holds_if_its_terms_say_so)
{
	for (unsigned round = 0; round < ROUNDS; round++) {
		struct maker m = { .seed = round * 7919u + 1, .text = STR_INIT };
		struct check_cond q;
		struct vstmts s;

		make(&m, 0);
		vstmts_init(&s, m.text.data, m.text.len);
		checks_read_cond(&s, (struct vspan){ 0, m.text.len }, &q);
		for (unsigned names = 0; names < 1u << NAMES; names++)
			if (holds(&m, &s, &q, 0, names) != value(&m, 0, names))
				fail_msg("%s with names %x", str_cstr(&m.text), names);
		vstmts_fini(&s);
		str_free(&m.text);
	}
}

/* Appends the terms as text: "&(a; !b~c)". */
static void show(const struct vstmts *s, const struct check_cond *q, size_t i, struct str *out)
{
	const struct check_term *t = &q->v[i];
	static const char *const marks[] = { "&", "|", "", "=", "<", "x " };

	if (t->asks == ASKS_ALL || t->asks == ASKS_ANY) {
		str_addf(out, "%s(", marks[t->asks]);
		for (size_t k = i + 1; k < t->end; k = q->v[k].end) {
			str_adds(out, k > i + 1 ? "; " : "");
			show(s, q, k, out);
		}
		str_addc(out, ')');
		return;
	}
	str_adds(out, t->negated ? "!" : "");
	str_adds(out, t->asks == ASKS_X ? "x " : "");
	str_add(out, s->text + t->left.off, t->left.end - t->left.off);
	if (t->asks == ASKS_SAME || t->asks == ASKS_ORDER) {
		str_adds(out, t->bare ? " ?" : t->gap ? " ~" : t->exact ? " ==" : " ");
		str_adds(out, marks[t->asks]);
		str_addc(out, ' ');
		str_add(out, s->text + t->right.off, t->right.end - t->right.off);
	}
}

static void reads(const char *text, const char *want)
{
	struct str got = STR_INIT;
	struct check_cond q;
	struct vstmts s;

	vstmts_init(&s, text, strlen(text));
	checks_read_cond(&s, (struct vspan){ 0, strlen(text) }, &q);
	show(&s, &q, 0, &got);
	assert_string_equal(str_cstr(&got), want);
	str_free(&got);
	vstmts_fini(&s);
}

CASE(words_of_several_bits_are_asked_as_a_whole)
{
	reads("|(q ^ e)", "!q ~= e");
	reads("(q ^ e) == 0", "q ~= e");
	reads("&(q ~^ e)", "q ~= e");
	reads("~&(q ~^ e)", "!q ~= e");
	reads("~(q ~^ e)", "!q ?= e");
	reads("q ^ e", "!q ?= e");
	reads("q - (a + b) != 0", "!q ~= a + b");
	/* "some bits are the same" and "all bits differ" are no comparison of the values */
	reads("|(q ~^ e)", "q ~^ e");
	reads("&(q ^ e)", "q ^ e");
	reads("q == '1", "q = '1");
	reads("q === '1", "q === '1");
	reads("q == 3", "q = 3");
}

CASE(x_is_asked_for_by_a_literal_or_a_function)
{
	reads("^q === 1'bx", "x ^q");
	reads("q !== 4'bxxxx && n > 0", "&(!x q; n)");
	reads("!$isunknown(q)", "!x q");
	reads("q == 4'bxxxx", "q = 4'bxxxx");
}

CASE(a_negation_moves_to_what_it_inverts)
{
	reads("!(v !== 1 || q === e)", "&(v; !q === e)");
	reads("~ok & (n == 0)", "&(!ok; !n)");
	reads("!(a ? b : c)", "!a ? b : c");
	reads("n < 1 || 0 == k || n > 3", "|(!n; !k; n < 3)");
	reads("f(a && b) == 1'b0", "!f(a && b)");
	reads("q inside {1, 2}", "q inside {1, 2}");
}

CASE(only_brackets_around_all_of_it_go)
{
	reads("((((q)) !== (w)))", "!q === w");
	reads("(q) !== (w)", "!q === w");
	reads("(q[0]) + (w)", "(q[0]) + (w)");
	reads("()", "()");
}

CASE(a_long_condition_is_left_alone)
{
	struct str text = STR_INIT;
	struct check_cond q;
	struct vstmts s;

	for (int i = 0; i < 2 * CHECKS_TERMS_MAX; i++)
		str_addf(&text, "%sa%d === b%d", i ? " && " : "", i, i);
	vstmts_init(&s, text.data, text.len);
	checks_read_cond(&s, (struct vspan){ 0, text.len }, &q);
	assert_int_equal(q.n, 1);
	assert_int_equal(q.v[0].asks, ASKS_VALUE);
	vstmts_fini(&s);
	str_free(&text);
}
