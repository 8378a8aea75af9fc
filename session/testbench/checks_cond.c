/* Reads conditions. An operator is found by its precedence (IEEE 1800-2017, table 11-2): the
 * weakest one outside of brackets splits the text. What is below a sign, a reduction or a
 * comparison with 0 or 1 is read in its place:
 *
 *     |(q ^ e)  (q ^ e) != 0  !(~|(q ^ e))  ~&(q ~^ e)    q differs from e
 *     !(q ^ e)  (q ^ e) == 0  ~|(q ^ e)     &(q ~^ e)     q equals e
 */
#include "config.h"

#include "session/testbench/checks_cond.h"

#include <ctype.h>
#include <string.h>

#include "session/testbench/checks_inner.h"

#define DEEP_MAX  64 /* operators in each other; what is below is not read */
#define LOOKS_MAX 4  /* brackets in which is_single() looks */

/* From the weakest to the strongest. */
enum level {
	LEVEL_CHOICE,
	LEVEL_IMPLY,
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_BIT_OR,
	LEVEL_XOR,
	LEVEL_BIT_AND,
	LEVEL_EQUAL,
	LEVEL_ORDER,
	LEVEL_SHIFT,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_POWER,
	LEVEL_NONE, /* no operator between operands */
};

static const struct {
	const char *word;
	enum level level;
} operators[] = {
	{ "?", LEVEL_CHOICE },	   { "->", LEVEL_IMPLY },  { "<->", LEVEL_IMPLY },
	{ "||", LEVEL_OR },	   { "&&", LEVEL_AND },	   { "&&&", LEVEL_AND },
	{ "|", LEVEL_BIT_OR },	   { "^", LEVEL_XOR },	   { "~^", LEVEL_XOR },
	{ "^~", LEVEL_XOR },	   { "&", LEVEL_BIT_AND }, { "==", LEVEL_EQUAL },
	{ "!=", LEVEL_EQUAL },	   { "===", LEVEL_EQUAL }, { "!==", LEVEL_EQUAL },
	{ "==?", LEVEL_EQUAL },	   { "!=?", LEVEL_EQUAL }, { "<", LEVEL_ORDER },
	{ ">", LEVEL_ORDER },	   { "<=", LEVEL_ORDER },  { ">=", LEVEL_ORDER },
	{ "inside", LEVEL_ORDER }, { "<<", LEVEL_SHIFT },  { ">>", LEVEL_SHIFT },
	{ "<<<", LEVEL_SHIFT },	   { ">>>", LEVEL_SHIFT }, { "+", LEVEL_SUM },
	{ "-", LEVEL_SUM },	   { "*", LEVEL_PRODUCT }, { "/", LEVEL_PRODUCT },
	{ "%", LEVEL_PRODUCT },	   { "**", LEVEL_POWER },
};

/* What is asked of the bits of an expression. */
enum bits {
	BITS_BARE, /* nothing that shows: "if (q ^ e)" */
	BITS_ANY,  /* whether one of them is set: "|", "!", "!= 0" */
	BITS_ALL,  /* whether all of them are: "&" */
};

struct reader {
	const struct vstmts *s;
	struct check_cond *out;
	int deep;
	bool cut; /* there were more terms */
};

static void read_expr(struct reader *r, struct vspan in, bool negated, enum bits bits);

static enum level level_of(const struct vstmts *s, size_t i)
{
	if (s->tokens[i].kind == VTOKEN_SYMBOL || s->tokens[i].kind == VTOKEN_KEYWORD)
		for (size_t k = 0; k < sizeof(operators) / sizeof(*operators); k++)
			if (checks_is(s, i, operators[k].word))
				return operators[k].level;
	return LEVEL_NONE;
}

/* True if what follows is no sign: "a & b", but not "(&b". */
static bool ends_operand(const struct vstmts *s, size_t i)
{
	return s->tokens[i].kind != VTOKEN_SYMBOL || vstmts_bracket(s, i) < 0;
}

/* The weakest operator outside of brackets, which splits the text; n_tokens if there is none.
 * Of several equal ones it is the first, or else the last, by which they are read. */
static size_t weakest(const struct vstmts *s, struct vspan in, bool first, enum level *level)
{
	size_t from = checks_first_token(s, in), found = s->n_tokens;
	int depth = 0;

	*level = LEVEL_NONE;
	for (size_t i = from; checks_in_span(s, i, in); i++) {
		enum level here;

		depth += vstmts_bracket(s, i);
		if (depth || i == from || !ends_operand(s, i - 1))
			continue;
		here = level_of(s, i);
		if (here < *level || (here == *level && !first && here < LEVEL_NONE)) {
			*level = here;
			found = i;
		}
	}
	return found;
}

/* The operand from token *at on, up to the next operator of that level; moves *at past that.
 * False at the end. */
static bool next_operand(const struct vstmts *s, struct vspan in, enum level level, size_t *at,
			 struct vspan *part)
{
	size_t from = *at, i = from;
	int depth = 0;

	for (; checks_in_span(s, i, in); i++) {
		depth += vstmts_bracket(s, i);
		if (depth == 0 && i > from && ends_operand(s, i - 1) && level_of(s, i) == level)
			break;
	}
	*at = i + 1;
	*part = vstmts_span(s, from, i);
	return from < i;
}

static struct vspan behind(const struct vstmts *s, size_t op, struct vspan in)
{
	return vstmts_span(s, op + 1, vstmts_token(s, in.end));
}

size_t checks_split(const struct vstmts *s, struct vspan in, bool first, struct vspan *left,
		    struct vspan *right)
{
	enum level level;
	size_t op = weakest(s, in, first, &level);

	*left = *right = in;
	if (op < s->n_tokens) {
		*left = vstmts_span(s, checks_first_token(s, in), op);
		*right = behind(s, op, in);
	}
	return op;
}

static struct check_term *add(struct reader *r, enum check_asks asks, bool negated)
{
	struct check_term *t;

	if (r->out->n >= CHECKS_TERMS_MAX) {
		r->cut = true;
		return NULL;
	}
	t = &r->out->v[r->out->n++];
	*t = (struct check_term){
		.asks = asks, .negated = negated, .op = r->s->n_tokens, .end = r->out->n
	};
	return t;
}

static void add_value(struct reader *r, struct vspan in, bool negated)
{
	struct check_term *t = add(r, ASKS_VALUE, negated);

	if (t)
		t->left = in;
}

static struct check_term *add_two(struct reader *r, enum check_asks asks, bool negated, size_t op,
				  struct vspan left, struct vspan right)
{
	struct check_term *t = add(r, asks, negated);

	if (t) {
		t->op = op;
		t->left = checks_unwrapped(r->s, left);
		t->right = checks_unwrapped(r->s, right);
	}
	return t;
}

static void join(struct reader *r, struct vspan in, enum level level, bool negated)
{
	bool all = level == LEVEL_AND || level == LEVEL_BIT_AND;
	size_t top = r->out->n, at = checks_first_token(r->s, in);
	struct vspan part;

	if (!add(r, all != negated ? ASKS_ALL : ASKS_ANY, false))
		return;
	while (!r->cut && next_operand(r->s, in, level, &at, &part))
		read_expr(r, part, negated, BITS_BARE);
	r->out->v[top].end = r->out->n;
}

/* "q ^ e" and "q - e", or with same "q ~^ e". */
static void add_gap(struct reader *r, bool negated, bool bare, size_t op, struct vspan left,
		    struct vspan right)
{
	struct check_term *t = add_two(r, ASKS_SAME, negated, op, left, right);

	if (t) {
		t->gap = true;
		t->bare = bare;
	}
}

static void exclusive(struct reader *r, struct vspan in, bool negated, enum bits bits, size_t op,
		      struct vspan left, struct vspan right)
{
	bool same = !checks_is(r->s, op, "^");

	/* a reduction of the wrong kind asks whether some bits are the same */
	if (same ? bits == BITS_ANY : bits == BITS_ALL)
		add_value(r, in, negated);
	else
		add_gap(r, negated != !same, bits == BITS_BARE, op, left, right);
}

/* The token of a number and nothing else; n_tokens: something else. */
static size_t only_number(const struct vstmts *s, struct vspan in)
{
	size_t i = checks_first_token(s, in);

	return checks_in_span(s, i, in) && s->tokens[i].kind == VTOKEN_NUMBER &&
			       !checks_in_span(s, i + 1, in)
		       ? i
		       : s->n_tokens;
}

/* True for 0 and 1, but not for '1, which has as many ones as the other operand has bits. */
static bool is_bit(const struct vstmts *s, struct vspan in, bool *one)
{
	size_t i = only_number(s, in);

	if (i == s->n_tokens)
		return false;
	*one = checks_is_one(s, i) && s->text[s->tokens[i].off] != '\'';
	return *one || checks_is_zero(s, i);
}

/* True for a number with an x in it. */
static bool is_x(const struct vstmts *s, struct vspan in)
{
	size_t i = only_number(s, in);
	const char *base;

	if (i == s->n_tokens)
		return false;
	base = memchr(s->text + s->tokens[i].off, '\'', s->tokens[i].len);
	for (const char *end = s->text + s->tokens[i].off + s->tokens[i].len; base && base < end;
	     base++)
		if (*base == 'x' || *base == 'X')
			return true;
	return false;
}

/* "left == number", which asks for the value of left. */
static void compare_bit(struct reader *r, struct vspan left, struct vspan number, size_t op,
			bool negated)
{
	size_t at = r->out->n;

	read_expr(r, left, negated, BITS_ANY);
	if (r->out->n == at + 1 && r->out->v[at].asks == ASKS_VALUE && !r->out->v[at].right.end) {
		r->out->v[at].op = op;
		r->out->v[at].right = number;
	}
}

/* op: n_tokens: of a case, which compares like ===. */
static void equal(struct reader *r, bool negated, size_t op, struct vspan left, struct vspan right)
{
	static const char *const differ[] = { "!=", "!==", "!=?", NULL };
	const struct vstmts *s = r->s;
	bool exact = op == s->n_tokens || checks_is_any(s, op, checks_exact), one = false;
	bool other = op < s->n_tokens && checks_is_any(s, op, differ);
	struct check_term *t;

	left = checks_unwrapped(s, left);
	right = checks_unwrapped(s, right);
	if (exact && (is_x(s, left) || is_x(s, right))) {
		add_two(r, ASKS_X, negated != other, op, is_x(s, left) ? right : left,
			is_x(s, left) ? left : right);
	} else if (is_bit(s, right, &one)) {
		compare_bit(r, left, right, op, negated != (other == one));
	} else if (is_bit(s, left, &one)) {
		compare_bit(r, right, left, op, negated != (other == one));
	} else {
		t = add_two(r, ASKS_SAME, negated != other, op, left, right);
		if (t)
			t->exact = exact;
	}
}

/* "n > 0" asks for the value of n, and so do "n >= 1" and "n < 1". */
static void order(struct reader *r, struct vspan in, bool negated, size_t op, struct vspan left,
		  struct vspan right)
{
	const struct vstmts *s = r->s;
	bool more = checks_is(s, op, ">"), less = checks_is(s, op, "<="), one = false;
	enum level level;

	if (checks_is(s, op, "inside"))
		add_value(r, in, negated);
	else if (is_bit(s, right, &one) && (more || less) == !one &&
		 (weakest(s, left, true, &level), level == LEVEL_NONE))
		compare_bit(r, left, right, op, negated != (less || checks_is(s, op, "<")));
	else
		add_two(r, ASKS_ORDER, negated, op, left, right);
}

/* True if the text has a single bit, as far as it shows, so that "~" inverts it like "!". That
 * includes "~q", as in "go & ~q". */
static bool is_single(const struct vstmts *s, struct vspan in, int deep)
{
	struct vspan part;
	enum level level;
	size_t first;

	in = checks_unwrapped(s, in);
	weakest(s, in, true, &level);
	first = checks_first_token(s, in);
	switch (level) {
	case LEVEL_IMPLY:
	case LEVEL_OR:
	case LEVEL_AND:
	case LEVEL_EQUAL:
	case LEVEL_ORDER:
		return true;
	case LEVEL_BIT_OR:
	case LEVEL_XOR:
	case LEVEL_BIT_AND:
		for (size_t at = first; next_operand(s, in, level, &at, &part);)
			if (deep < LOOKS_MAX && is_single(s, part, deep + 1))
				return true;
		return false;
	case LEVEL_NONE:
		return checks_is(s, first, "!") || checks_is(s, first, "~") ||
		       checks_is(s, first, "$isunknown");
	default:
		return false;
	}
}

/* "~q": of a flag, a call and a single bit it inverts what is asked, and "~(q ^ e)" is
 * "q ~^ e". */
static void invert(struct reader *r, struct vspan in, struct vspan rest, bool negated,
		   enum bits bits)
{
	const struct vstmts *s = r->s;
	struct vspan inner = checks_unwrapped(s, rest);
	enum level level;
	size_t op = weakest(s, inner, false, &level);
	bool same = level == LEVEL_XOR && !checks_is(s, op, "^");

	if (level == LEVEL_XOR && !is_single(s, inner, 0) &&
	    (same ? bits != BITS_ALL : bits != BITS_ANY))
		add_gap(r, negated != same, bits == BITS_BARE, op,
			vstmts_span(s, checks_first_token(s, inner), op), behind(s, op, inner));
	else if (level == LEVEL_NONE || is_single(s, inner, 0))
		read_expr(r, inner, !negated, bits);
	else
		add_value(r, in, negated);
}

/* A sign and its operand, or an operand alone. */
static void sign(struct reader *r, struct vspan in, bool negated, enum bits bits)
{
	const struct vstmts *s = r->s;
	size_t first = checks_first_token(s, in), next = first + 1;
	struct vspan rest = in;

	if (!checks_in_span(s, next, in)) {
		add_value(r, in, negated);
		return;
	}
	rest.off = s->tokens[next].off;
	if (checks_is(s, first, "!"))
		read_expr(r, rest, !negated, BITS_ANY);
	else if (checks_is(s, first, "|"))
		read_expr(r, rest, negated, BITS_ANY);
	else if (checks_is(s, first, "~|"))
		read_expr(r, rest, !negated, BITS_ANY);
	else if (checks_is(s, first, "&"))
		read_expr(r, rest, negated, BITS_ALL);
	else if (checks_is(s, first, "~&"))
		read_expr(r, rest, !negated, BITS_ALL);
	else if (checks_is(s, first, "~"))
		invert(r, in, rest, negated, bits);
	else if (checks_is(s, first, "$isunknown")) {
		struct check_term *t = add(r, ASKS_X, negated);

		if (t)
			t->left = checks_unwrapped(s, rest);
	} else
		add_value(r, in, negated);
}

static void read_split(struct reader *r, struct vspan in, bool negated, enum bits bits)
{
	const struct vstmts *s = r->s;
	struct vspan left, right;
	size_t op = checks_split(s, in, false, &left, &right);
	enum level level = op < s->n_tokens ? level_of(s, op) : LEVEL_NONE;

	switch (level) {
	case LEVEL_OR:
	case LEVEL_AND:
		join(r, in, level, negated);
		return;
	case LEVEL_BIT_OR:
	case LEVEL_BIT_AND:
		if (is_single(s, in, 0))
			join(r, in, level, negated);
		else
			add_value(r, in, negated);
		return;
	case LEVEL_EQUAL:
		equal(r, negated, op, left, right);
		return;
	case LEVEL_ORDER:
		order(r, in, negated, op, left, right);
		return;
	case LEVEL_XOR:
		exclusive(r, in, negated, bits, op, left, right);
		return;
	case LEVEL_SUM:
		if (checks_is(s, op, "-") && bits != BITS_ALL)
			add_gap(r, !negated, bits == BITS_BARE, op, left, right);
		else
			add_value(r, in, negated);
		return;
	case LEVEL_NONE:
		sign(r, in, negated, bits);
		return;
	default:
		add_value(r, in, negated);
	}
}

static void read_expr(struct reader *r, struct vspan in, bool negated, enum bits bits)
{
	in = checks_unwrapped(r->s, in);
	if (r->deep >= DEEP_MAX || r->cut) {
		add_value(r, in, negated);
		return;
	}
	r->deep++;
	read_split(r, in, negated, bits);
	r->deep--;
}

static void finish(struct reader *r, struct vspan in)
{
	if (!r->cut)
		return;
	r->out->n = 0;
	add_value(r, in, false);
}

void checks_read_cond(const struct vstmts *s, struct vspan text, struct check_cond *out)
{
	struct reader r = { .s = s, .out = out };

	out->n = 0;
	read_expr(&r, text, false, BITS_BARE);
	finish(&r, text);
}

void checks_read_choice(const struct vstmts *s, struct vspan left, struct vspan right,
			struct check_cond *out)
{
	struct reader r = { .s = s, .out = out };

	out->n = 0;
	equal(&r, false, s->n_tokens, left, right);
	finish(&r, left);
}

struct vspan checks_plain_name(const struct vstmts *s, struct vspan in)
{
	static const char *const marks[] = { ".", "::", "[", "]", "(", ")", "this", NULL };
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		if (depth == 0 && s->tokens[i].kind != VTOKEN_NAME && !checks_is_any(s, i, marks))
			return (struct vspan){ 0, 0 };
	}
	while (in.end > in.off &&
	       (s->text[in.end - 1] == ')' || isspace((unsigned char)s->text[in.end - 1])))
		in.end--;
	return checks_last_name(s, in);
}
