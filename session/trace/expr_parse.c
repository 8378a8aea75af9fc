/* Recursive descent with precedence climbing: one function parses an operand and then
 * as many operators as bind at least as tightly as its caller allows. Binary operators
 * associate to the left, -> and ?: to the right (IEEE 1800-2017, table 11-2).
 *
 * A path is read greedily, "a.g[1].b": an index belongs to the path if a dot follows,
 * or if only the path with the index is a signal (words of a memory are traced as
 * separate signals). After a dot a part may begin with a digit, as Yosys writes them, and
 * GHDL writes the index of a generate in parentheses: no operator begins so. */
#include "config.h"

#include "session/trace/expr.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/trace/expr_inner.h"
#include "session/trace/expr_number.h"
#include "session/trace/trace.h"

#define TEXT_MAX  4096
#define DEPTH_MAX 64

struct parser {
	struct expr *e;
	const char *text, *at;
	unsigned depth;
	struct err *err;
};

static unsigned column(const struct parser *p)
{
	return (unsigned)(p->at - p->text) + 1;
}

static struct expr_node *fail(struct parser *p, const char *wanted)
{
	size_t len = strcspn(p->at, " \t\n()[]{},");

	if (*p->at == '\0')
		err_set(p->err, ERR_PARSE, "column %u: the expression ends where %s should be",
			column(p), wanted);
	else
		err_set(p->err, ERR_PARSE, "column %u: \"%.*s\" where %s is expected", column(p),
			len ? (int)(len < 40 ? len : 40) : 1, p->at, wanted);
	return NULL;
}

static void blanks(struct parser *p)
{
	p->at += strspn(p->at, " \t\n");
}

static bool take(struct parser *p, const char *word)
{
	blanks(p);
	if (!str_starts(p->at, word))
		return false;
	p->at += strlen(word);
	return true;
}

static bool need(struct parser *p, const char *word)
{
	char wanted[16];

	if (take(p, word))
		return true;
	snprintf(wanted, sizeof(wanted), "\"%s\"", word);
	fail(p, wanted);
	return false;
}

static struct expr_node *node(struct parser *p, enum expr_op op, unsigned col)
{
	struct expr_node *n = mem_zalloc(sizeof(*n));

	n->op = op;
	n->column = col;
	n->made_before = p->e->nodes;
	p->e->nodes = n;
	return n;
}

/* Makes a node with its shape; NULL if an operand is NULL or they do not fit. */
static struct expr_node *join(struct parser *p, enum expr_op op, unsigned col, struct expr_node *a,
			      struct expr_node *b, struct expr_node *c)
{
	struct expr_node *n = node(p, op, col);

	n->a = a;
	n->b = b;
	n->c = c;
	return expr_shape(n, p->err) ? n : NULL;
}

static struct expr_node *condition(struct parser *p);

/* Binary operators. Longer ones come before their prefixes. */
static const struct binary {
	const char *sign;
	int binds; /* precedence; higher is tighter */
	enum expr_op op;
} binaries[] = {
	{ "<<<", 9, OP_SHL },	 { ">>>", 9, OP_SSHR },	 { "===", 7, OP_SAME },
	{ "!==", 7, OP_NSAME },	 { "==?", 7, OP_MATCH }, { "!=?", 7, OP_NMATCH },
	{ "**", 12, OP_POW },	 { "<<", 9, OP_SHL },	 { ">>", 9, OP_SHR },
	{ "<=", 8, OP_LE },	 { ">=", 8, OP_GE },	 { "==", 7, OP_EQ },
	{ "!=", 7, OP_NE },	 { "&&", 3, OP_LAND },	 { "||", 2, OP_LOR },
	{ "->", 0, OP_IMPLIES }, { "~^", 5, OP_XNOR },	 { "^~", 5, OP_XNOR },
	{ "*", 11, OP_MUL },	 { "/", 11, OP_DIV },	 { "%", 11, OP_MOD },
	{ "+", 10, OP_ADD },	 { "-", 10, OP_SUB },	 { "<", 8, OP_LT },
	{ ">", 8, OP_GT },	 { "&", 6, OP_AND },	 { "^", 5, OP_XOR },
	{ "|", 4, OP_OR },
};

static const struct unary {
	const char *sign;
	enum expr_op op;
} unaries[] = {
	{ "~&", OP_RNAND }, { "~|", OP_RNOR }, { "~^", OP_RXNOR }, { "^~", OP_RXNOR },
	{ "!", OP_LNOT },   { "~", OP_NOT },   { "&", OP_RAND },   { "|", OP_ROR },
	{ "^", OP_RXOR },   { "+", OP_PLUS },  { "-", OP_MINUS },
};

static const struct function {
	const char *name;
	enum expr_op op;
} functions[] = {
	{ "$signed", OP_SIGNED },   { "$unsigned", OP_UNSIGNED },   { "$past", OP_PAST },
	{ "$rose", OP_ROSE },	    { "$fell", OP_FELL },	    { "$stable", OP_STABLE },
	{ "$changed", OP_CHANGED }, { "$countones", OP_COUNTONES }, { "$onehot", OP_ONEHOT },
	{ "$onehot0", OP_ONEHOT0 }, { "$isunknown", OP_ISUNKNOWN }, { "$clog2", OP_CLOG2 },
};

static bool constant(struct parser *p, struct expr_node *n, int64_t *value)
{
	return n && expr_constant(p->e, n, value, p->err);
}

static struct expr_node *number(struct parser *p)
{
	struct expr_node *n = node(p, OP_NUMBER, column(p));
	struct expr_number got;

	if (!expr_number_read(&p->at, &got)) {
		err_set(p->err, ERR_PARSE, "column %u: %s", n->column, got.wrong);
		return NULL;
	}
	n->op = got.real ? OP_REAL : got.fill ? OP_FILL : OP_NUMBER;
	n->kind = got.real ? EXPR_REAL : EXPR_BITS;
	n->real = got.value;
	n->text = got.bits;
	n->len = got.bits ? strlen(got.bits) : 0;
	n->width = n->len ? (unsigned)n->len : 1;
	n->sign = got.sign || got.real;
	return n;
}

static struct expr_node *text(struct parser *p)
{
	struct expr_node *n = node(p, OP_TEXT, column(p));
	const char *end = strchr(++p->at, '"');

	if (!end) {
		p->at += strlen(p->at);
		return fail(p, "the closing \"");
	}
	n->text = mem_strndup(p->at, (size_t)(end - p->at));
	n->len = (size_t)(end - p->at);
	n->kind = EXPR_TEXT;
	n->width = 1;
	p->at = end + 1;
	return n;
}

static bool begins_name(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '\\' || (unsigned char)c >= 0x80;
}

static void part_of_path(struct parser *p, struct str *path)
{
	size_t len;

	if (*p->at == '\\') {
		p->at++;
		len = strcspn(p->at, " \t\n");
		str_add(path, p->at, len);
		p->at += len;
		/* The blank ends the escaped name; the path may go on. */
		if (p->at[0] && (p->at[1] == '.' || p->at[1] == '['))
			p->at++;
		return;
	} else {
		for (len = 0; isalnum((unsigned char)p->at[len]) || p->at[len] == '_' ||
			      p->at[len] == '$' || (unsigned char)p->at[len] >= 0x80;)
			len++;
	}
	str_add(path, p->at, len);
	p->at += len;
}

/* Length of "[12]" or "(12)", by what opens it; 0: not an index. */
static size_t index_len(const char *s, char opens)
{
	size_t len = 1;

	if (*s != opens)
		return 0;
	while (isdigit((unsigned char)s[len]))
		len++;
	return len > 1 && s[len] == (opens == '[' ? ']' : ')') ? len + 1 : 0;
}

/* Moves p->at past the path and the index that belongs to it. */
static bool path(struct parser *p, size_t *signal)
{
	struct str name = STR_INIT;
	size_t index;
	bool found;
	struct err why;

	for (;;) {
		part_of_path(p, &name);
		index = index_len(p->at, *p->at == '(' ? '(' : '[');
		if (index && p->at[index] == '.') {
			str_add(&name, p->at, index);
			p->at += index;
		}
		if (*p->at != '.' || !(begins_name(p->at[1]) || isdigit((unsigned char)p->at[1])))
			break;
		str_addc(&name, *p->at++);
	}
	found = trace_find_by_end(p->e->trace, str_cstr(&name), signal, p->err);
	if (!found && index_len(p->at, '[') > 0) {
		index = index_len(p->at, '[');
		str_add(&name, p->at, index);
		found = trace_find_by_end(p->e->trace, str_cstr(&name), signal, &why);
		if (found)
			p->at += index;
	}
	str_free(&name);
	return found;
}

static struct expr_node *leaf(struct parser *p)
{
	struct expr_node *n = node(p, OP_SIGNAL, column(p));
	const struct trace_signal *s;
	struct expr *e = p->e;
	size_t signal;

	if (!path(p, &signal))
		return NULL;
	s = trace_signal_at(e->trace, signal);
	if (s->kind == TRACE_BITS && (unsigned)s->width > BITS_WIDTH_MAX) {
		err_set(p->err, ERR_LIMIT,
			"column %u: a signal of %d bits is too wide, %u are read", n->column,
			s->width, BITS_WIDTH_MAX);
		return NULL;
	}
	for (n->leaf = 0; n->leaf < e->n_leaves && e->leaves[n->leaf] != signal;)
		n->leaf++;
	if (n->leaf == e->n_leaves) {
		MEM_PUSH(e->leaves, e->n_leaves, e->cap_leaves, signal);
	}
	n->kind = s->kind == TRACE_REAL ? EXPR_REAL : s->kind == TRACE_TEXT ? EXPR_TEXT : EXPR_BITS;
	n->width = s->kind == TRACE_BITS ? (unsigned)s->width : 1;
	n->sign = n->kind == EXPR_REAL;
	n->msb = s->msb;
	n->lsb = s->lsb;
	return n;
}

/* Sets the width of a part select, whose bounds are constant. */
static bool selected(struct parser *p, struct expr_node *n)
{
	int64_t first = 0, second, count;

	if (!constant(p, n->c, &second) || (n->op == OP_RANGE && !constant(p, n->b, &first)))
		return false;
	if (llabs(first) > INT32_MAX || llabs(second) > INT32_MAX)
		return err_set(p->err, ERR_PARSE, "column %u: the index is out of bounds",
			       n->column);
	count = n->op == OP_RANGE ? llabs(first - second) + 1 : second;
	if (count < 1 || count > BITS_WIDTH_MAX)
		return err_set(p->err, ERR_PARSE, "column %u: so many bits cannot be selected",
			       n->column);
	n->number = (uint64_t)count;
	return true;
}

/* Parses [i], [m:l], [i+:n], [i-:n] after a signal. */
static struct expr_node *selects(struct parser *p, struct expr_node *of)
{
	unsigned col = column(p);
	struct expr_node *n, *b, *c = NULL;
	enum expr_op op = OP_BIT;

	if (!of || !take(p, "["))
		return of;
	b = condition(p);
	if (!b)
		return NULL;
	if (take(p, "+:"))
		op = OP_UP;
	else if (take(p, "-:"))
		op = OP_DOWN;
	else if (take(p, ":"))
		op = OP_RANGE;
	if (op != OP_BIT && !(c = condition(p)))
		return NULL;
	n = node(p, op, col);
	n->a = of;
	n->b = b;
	n->c = c;
	if (op != OP_BIT && !selected(p, n))
		return NULL;
	return expr_shape(n, p->err) && need(p, "]") ? n : NULL;
}

static struct expr_node *list(struct parser *p, bool ranges)
{
	struct expr_node *head = NULL, **end = &head;

	do {
		struct expr_node *item, *n;
		unsigned col;

		blanks(p);
		col = column(p);
		if (ranges && take(p, "[")) {
			struct expr_node *low = condition(p), *high;

			if (!low || !need(p, ":") || !(high = condition(p)) || !need(p, "]"))
				return NULL;
			item = join(p, OP_BETWEEN, col, low, high, NULL);
		} else {
			item = condition(p);
		}
		if (!item)
			return NULL;
		n = node(p, OP_LIST, col);
		n->a = item;
		*end = n;
		end = &n->b;
	} while (take(p, ","));
	return head;
}

/* Parses {a, b} or {n{a, b}}. */
static struct expr_node *braces(struct parser *p)
{
	unsigned col = column(p);
	struct expr_node *items, *n;
	int64_t times;

	p->at++;
	items = list(p, false);
	if (!items)
		return NULL;
	if (items->b || !take(p, "{"))
		return need(p, "}") ? join(p, OP_CONCAT, col, items, NULL, NULL) : NULL;
	if (!constant(p, items->a, &times))
		return NULL;
	items = list(p, false);
	if (!items || !need(p, "}") || !need(p, "}"))
		return NULL;
	if (times < 1 || times > BITS_WIDTH_MAX) {
		err_set(p->err, ERR_PARSE, "column %u: repeat at least once, and at most %u times",
			col, BITS_WIDTH_MAX);
		return NULL;
	}
	n = node(p, OP_REPEAT, col);
	n->number = (uint64_t)times;
	n->a = join(p, OP_CONCAT, col, items, NULL, NULL);
	return n->a && expr_shape(n, p->err) ? n : NULL;
}

static bool past_cycles(struct parser *p, struct expr_node *n)
{
	int64_t cycles = 1;

	if (n->op == OP_PAST && take(p, ",") && !constant(p, condition(p), &cycles))
		return false;
	if (cycles < 1 || cycles > EXPR_PAST_MAX)
		return err_set(p->err, ERR_PARSE, "column %u: $past looks 1 to %d cycles back",
			       n->column, EXPR_PAST_MAX);
	n->number = (uint64_t)cycles;
	return true;
}

static struct expr_node *function(struct parser *p)
{
	unsigned col = column(p);
	size_t len = 1 + strspn(p->at + 1, "abcdefghijklmnopqrstuvwxyz0123456789_");
	const struct function *f = NULL;
	struct expr_node *n;

	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (strlen(functions[i].name) == len && memcmp(functions[i].name, p->at, len) == 0)
			f = &functions[i];
	if (!f && !(len == 5 && memcmp(p->at, "$bits", 5) == 0))
		return fail(p, "a known function ($past, $rose, $signed, ...)");
	p->at += len;
	if (!need(p, "("))
		return NULL;
	if (!f) {
		struct expr_node *of = condition(p);
		char *bits = NULL;

		if (!of || !need(p, ")"))
			return NULL;
		n = node(p, OP_NUMBER, col);
		bits = expr_number_bits(of->width, 32);
		n->text = bits;
		n->len = n->width = 32;
		n->sign = true;
		return n;
	}
	n = node(p, f->op, col);
	n->a = condition(p);
	if (!n->a || !past_cycles(p, n) || !need(p, ")"))
		return NULL;
	return expr_shape(n, p->err) ? n : NULL;
}

static struct expr_node *primary(struct parser *p)
{
	struct expr_node *n;

	blanks(p);
	if (isdigit((unsigned char)*p->at) || *p->at == '\'')
		return number(p);
	if (*p->at == '"')
		return text(p);
	if (*p->at == '{')
		return braces(p);
	if (*p->at == '$')
		return function(p);
	if (begins_name(*p->at))
		return selects(p, leaf(p));
	if (!take(p, "("))
		return fail(p, "a signal, a number or \"(\"");
	n = condition(p);
	return n && need(p, ")") ? n : NULL;
}

static struct expr_node *operand(struct parser *p)
{
	unsigned col;

	blanks(p);
	col = column(p);
	for (size_t i = 0; i < sizeof(unaries) / sizeof(*unaries); i++) {
		struct expr_node *a;

		if (!take(p, unaries[i].sign))
			continue;
		if (++p->depth > DEPTH_MAX)
			return fail(p, "fewer levels of operators");
		a = operand(p);
		p->depth--;
		return a ? join(p, unaries[i].op, col, a, NULL, NULL) : NULL;
	}
	return primary(p);
}

static const struct binary *next_binary(struct parser *p)
{
	blanks(p);
	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++)
		if (str_starts(p->at, binaries[i].sign))
			return &binaries[i];
	return NULL;
}

static bool takes_inside(struct parser *p)
{
	blanks(p);
	if (!str_starts(p->at, "inside") || begins_name(p->at[6]) ||
	    isdigit((unsigned char)p->at[6]))
		return false;
	p->at += 6;
	return true;
}

static struct expr_node *operators(struct parser *p, int binds)
{
	struct expr_node *a = operand(p);

	while (a) {
		unsigned col = column(p);
		const struct binary *op;
		struct expr_node *b;

		if (binds <= 8 && takes_inside(p)) {
			if (!need(p, "{") || !(b = list(p, true)) || !need(p, "}"))
				return NULL;
			a = join(p, OP_INSIDE, col, a, b, NULL);
			continue;
		}
		op = next_binary(p);
		if (!op || op->binds < binds || op->op == OP_IMPLIES)
			return a;
		/* "+:" and "-:" end an index. */
		if ((op->op == OP_ADD || op->op == OP_SUB) && p->at[1] == ':')
			return a;
		p->at += strlen(op->sign);
		b = operators(p, op->binds + 1);
		a = b ? join(p, op->op, col, a, b, NULL) : NULL;
	}
	return NULL;
}

/* Parses a -> b -> c, then a ? b : c; both associate to the right. */
static struct expr_node *choices(struct parser *p)
{
	struct expr_node *a = operators(p, 1), *b, *c;
	unsigned col = column(p);

	if (!a || !take(p, "?"))
		return a;
	if (!(b = condition(p)) || !need(p, ":") || !(c = condition(p)))
		return NULL;
	return join(p, OP_COND, col, a, b, c);
}

static struct expr_node *condition(struct parser *p)
{
	struct expr_node *a = NULL, *b;

	if (++p->depth > DEPTH_MAX)
		return fail(p, "fewer levels of parentheses and operators");
	a = choices(p);
	if (a && take(p, "->")) {
		unsigned col = column(p);

		b = condition(p);
		a = b ? join(p, OP_IMPLIES, col, a, b, NULL) : NULL;
	}
	p->depth--;
	return a;
}

static struct expr_node *too_far(struct parser *p)
{
	err_set(p->err, ERR_LIMIT, "an expression looks at most %d cycles back", EXPR_PAST_MAX);
	return NULL;
}

struct expr *expr_parse(const struct trace *t, const char *text, struct err *err)
{
	struct expr *e = mem_zalloc(sizeof(*e));
	struct parser p = { .e = e, .text = text, .at = text, .err = err };

	e->trace = t;
	if (strlen(text) > TEXT_MAX) {
		err_set(err, ERR_LIMIT, "an expression has at most %d bytes", TEXT_MAX);
	} else {
		e->root = condition(&p);
		e->past = e->root ? expr_reach(e->root) : 0;
		if (e->past > EXPR_PAST_MAX)
			e->root = too_far(&p);
		blanks(&p);
		if (e->root && *p.at)
			e->root = fail(&p, "an operator or the end");
	}
	if (e->root)
		return e;
	expr_free(e);
	return NULL;
}

void expr_free(struct expr *e)
{
	if (!e)
		return;
	while (e->nodes) {
		struct expr_node *n = e->nodes;

		e->nodes = n->made_before;
		free(n->text);
		free(n);
	}
	free(e->leaves);
	bits_free(&e->pool);
	free(e);
}

size_t expr_leaves(const struct expr *e)
{
	return e->n_leaves;
}

unsigned expr_past(const struct expr *e)
{
	return e->past;
}

size_t expr_leaf(const struct expr *e, size_t i)
{
	return e->leaves[i];
}
