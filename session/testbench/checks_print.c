/* Works out what a print would print, to find summaries.
 *
 * Each conversion is replaced by the number ARG_NUMBER plus its position; the
 * line is then read with the vocabulary of claim.h. If it says "1001 errors" or
 * "1001 of 16 passed", the argument of that conversion is the counter that the
 * verdict depends on. It must be a plain variable that a check changes: a loop
 * counter is no count of checks.
 */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/testbench/checks_inner.h"
#include "session/output/claim.h"
#include "session/verilog/print_task.h"
#include "session/verilog/vsystem.h"

#define PRINT_MAX (64u * 1024) /* bytes of a message that are read; of a printed line, too */

static enum print_task task_of(const struct vstmts *s, const struct vstmt *v)
{
	return v->kind == VSTMT_SYSTEM
		       ? print_task(s->text + v->name.off, v->name.end - v->name.off)
		       : PRINT_NONE;
}

bool checks_is_print(const struct vstmts *s, const struct vstmt *v)
{
	enum print_task task = task_of(s, v);

	return task == PRINT_OUT || task == PRINT_SEVERITY || task == PRINT_FILE;
}

#define ARGS_MAX   32
#define ARG_NUMBER 1001 /* replaces the first argument in a message */

struct message {
	struct str text;	     /* with numbers in place of the arguments */
	struct vspan args[ARGS_MAX]; /* each an expression */
	char letters[ARGS_MAX];	     /* their conversion characters, such as 'd' */
	size_t n;		     /* number of arguments placed so far */
	size_t given;
	unsigned values; /* bit set of arguments that are no counts, see is_value() */
	bool pattern;	 /* CHECKS_ANY in place of the arguments */
};

static void add_conversion(struct message *m, char letter)
{
	bool value = letter == 's' || letter == 'S';

	if (m->n < ARGS_MAX && letter != 'm') {
		m->letters[m->n] = letter;
		value |= m->values >> m->n & 1u;
	}
	if (m->pattern)
		str_addc(&m->text, CHECKS_ANY), m->n += letter != 'm';
	else if (letter == 'm')
		str_adds(&m->text, "tb");
	else if (value)
		str_adds(&m->text, "x"), m->n++;
	else
		str_addf(&m->text, "%d", ARG_NUMBER + (int)m->n), m->n++;
}

/* Decodes the escape whose backslash is at s[0] (\n, \033, \x1b); returns its length. */
static size_t escape(const char *s, size_t len, struct str *out)
{
	unsigned value = 0;
	size_t n = 1;

	if (len > 2 && s[1] == 'x') {
		for (n = 2; n < len && n < 4 && isxdigit((unsigned char)s[n]); n++)
			value = value * 16 +
				(isdigit((unsigned char)s[n])
					 ? (unsigned)(s[n] - '0')
					 : (unsigned)(tolower((unsigned char)s[n]) - 'a' + 10));
	} else {
		for (; n < len && n < 4 && s[n] >= '0' && s[n] <= '7'; n++)
			value = value * 8 + (unsigned)(s[n] - '0');
	}
	if (n > 1)
		str_addc(out, value ? (char)value : ' ');
	else if (len > 1)
		str_addc(out, s[n++] == 'n' ? '\n' : ' ');
	return n;
}

/* Length of a colour sequence "[1;31m" after ESC; 0 if it is none. */
static size_t colour(const char *s, size_t len)
{
	size_t n = 1;

	while (n < len && (isdigit((unsigned char)s[n]) || s[n] == ';'))
		n++;
	return len && s[0] == '[' && n < len && isalpha((unsigned char)s[n]) ? n + 1 : 0;
}

static void add_format(struct message *m, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (len - i > 2 && s[i] == '%' && s[i + 1] == 'c' &&
		    colour(s + i + 2, len - i - 2)) {
			i += 1 + colour(s + i + 2, len - i - 2);
			m->n++;
			str_addc(&m->text, ' ');
		} else if (s[i] == '\\' && i + 1 < len) {
			i += escape(s + i, len - i, &m->text) - 1;
			if (m->text.len && m->text.data[m->text.len - 1] == '\033') {
				i += colour(s + i + 1, len - i - 1);
				m->text.data[m->text.len - 1] = ' ';
			}
		} else if (s[i] == '%' && i + 1 < len && s[i + 1] == '%') {
			str_addc(&m->text, '%');
			i++;
		} else if (s[i] == '%') {
			for (i++; i < len && (isdigit((unsigned char)s[i]) || strchr(".-+", s[i]));
			     i++)
				;
			if (i < len)
				add_conversion(m, s[i]);
		} else {
			str_addc(&m->text, s[i]);
		}
	}
}

static bool is_to_file(const struct vstmts *s, const struct vstmt *v)
{
	return task_of(s, v) == PRINT_FILE;
}

/* Composes the line in m, which is empty so far. */
static void compose(const struct vstmts *s, const struct vstmt *v, struct message *m)
{
	size_t at = checks_first_token(s, v->head);
	struct vspan arg;
	bool file = is_to_file(s, v);

	for (size_t k = 0; checks_next_argument(s, v->head, &at, &arg); k++) {
		size_t first = checks_first_token(s, arg);
		bool text = checks_in_span(s, first, arg) && s->tokens[first].kind == VTOKEN_STRING;

		if (k == 0 && (file || (vspan_is(s, v->name, "$fatal") && !text)))
			continue;
		if (text && s->tokens[first].len >= 2) {
			if (m->n < m->given)
				m->n = m->given;
			add_format(m, s->text + s->tokens[first].off + 1, s->tokens[first].len - 2);
		} else if (!text && m->given < ARGS_MAX) {
			m->args[m->given++] = arg;
			if (m->given > m->n) /* not in a format: printed after it */
				add_conversion(m, 'd');
		}
	}
}

/* Composes the line that the print would print, as far as its text tells. values:
 * see struct message. */
static void read_message(const struct vstmts *s, const struct vstmt *v, unsigned values,
			 struct message *m)
{
	*m = (struct message){ .text = STR_LIMIT(PRINT_MAX), .values = values };
	compose(s, v, m);
}

bool checks_print_text(const struct vstmts *s, const struct vstmt *v, struct str *out)
{
	struct message m = { .text = STR_LIMIT(PRINT_MAX), .pattern = true };

	if (!checks_is_print(s, v) || is_to_file(s, v))
		return false;
	compose(s, v, &m);
	str_add(out, str_cstr(&m.text), m.text.len);
	if (!str_starts(s->text + v->name.off, "$write"))
		str_addc(out, '\n');
	str_free(&m.text);
	return true;
}

/* What the strings inside an argument say: errors ? "FAIL" : "PASS". */
unsigned checks_argument_says(const struct vstmts *s, struct vspan arg)
{
	unsigned says = 0;

	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		struct message m = { .text = STR_LIMIT(PRINT_MAX) };

		if (t->kind == VTOKEN_STRING && t->len >= 2) {
			add_format(&m, s->text + t->off + 1, t->len - 2);
			says |= checks_say(str_cstr(&m.text), m.text.len);
		}
		str_free(&m.text);
	}
	return says;
}

unsigned checks_print_word(const struct vstmts *s, const struct vstmt *v)
{
	size_t i = checks_first_token(s, v->head), from, end;

	if (!checks_in_span(s, i, v->head) || s->tokens[i].kind != VTOKEN_STRING ||
	    s->tokens[i].len < 2)
		return 0;
	from = s->tokens[i].off + 1;
	end = s->tokens[i].off + s->tokens[i].len - 1;
	if (end - from > 1 && s->text[end - 2] == '\\' && s->text[end - 1] == 'n')
		end -= 2;
	while (end > from && !isalpha((unsigned char)s->text[end - 1]))
		end--;
	i = end;
	while (i > from && isalpha((unsigned char)s->text[i - 1]))
		i--;
	if (i > from && checks_short_word(s->text + i, end - i))
		return checks_short_word(s->text + i, end - i);
	for (end = from; s->text[end] != ' ' && s->text[end] != ':' && s->text[end] != '"'; end++)
		;
	return checks_short_word(s->text + from, end - from);
}

static unsigned lines_say(const char *text)
{
	unsigned says = 0;

	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");

		says |= checks_say(p, n);
		p += n + (p[n] == '\n');
	}
	return says;
}

/* True if the number is not 0, in any base. */
static bool is_nonzero(const struct vstmts *s, size_t token)
{
	const char *at = s->text + s->tokens[token].off, *end = at + s->tokens[token].len,
		   *base = memchr(at, '\'', (size_t)(end - at));

	for (at = base ? base + 2 : at; at < end; at++)
		if (isxdigit((unsigned char)*at) && *at != '0')
			return true;
	return false;
}

/* True if the enclosing condition compares name with something other than 0; the
 * print then shows the operands. */
static bool is_shown(const struct vstmts *s, int node, const struct vstmt_token *name)
{
	int around = vstmts_around(s, node, VSTMT_IF);
	struct vspan head = { 0 };
	bool has = false, other = false;

	if (around >= 0)
		head = s->v[around].head;
	for (size_t i = checks_first_token(s, head); checks_in_span(s, i, head); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		bool same = t->len == name->len &&
			    memcmp(s->text + t->off, s->text + name->off, name->len) == 0;

		has |= same;
		other |= (t->kind == VTOKEN_NAME && !same) ||
			 (t->kind == VTOKEN_NUMBER && is_nonzero(s, i));
	}
	return has && other;
}

/* True for q in "q is wrong (%h)", q: an operand of the comparison, the time or a
 * loop counter, and not a number of failures. letter: its conversion character. */
static bool is_value(const struct checks *c, const struct vstmts *s, int node, struct vspan arg,
		     char letter)
{
	bool decimal = letter == 'd' || letter == 'D' || letter == 'i', known = false;

	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		const struct vstmt_token *t = &s->tokens[i];
		const struct check_var *var;

		if (vsystem_is(s, i, VSYSTEM_TIME))
			return true;
		if (t->kind != VTOKEN_NAME)
			continue;
		var = checks_var_at(c, s, i);
		if (var && (var->raised_by_compare || var->raised_differ || var->compared))
			return false;
		if (is_shown(s, node, t))
			return true;
		if (!var || var->raised_if || var->other)
			return !decimal && !(var && var->raised);
		known = true;
	}
	return known;
}

static unsigned values_of(const struct checks *c, const struct vstmts *s, int node,
			  const struct message *m)
{
	unsigned values = 0;

	for (size_t k = 0; k < m->given; k++)
		if (is_value(c, s, node, m->args[k], m->letters[k]))
			values |= 1u << k;
	return values;
}

/* Of `ok ? "good" : "bad"` only what both sides say: the choice is a question of its own. */
static unsigned argument_says_always(const struct vstmts *s, struct vspan arg)
{
	struct vspan cond, then, other;

	return checks_split_choice(s, arg, &cond, &then, &other)
		       ? checks_argument_says(s, then) & checks_argument_says(s, other)
		       : checks_argument_says(s, arg);
}

unsigned checks_print_says(const struct checks *c, const struct check_source *src, int node)
{
	const struct vstmt *v = &src->s.v[node];
	struct message m;
	unsigned says;

	read_message(&src->s, v, 0, &m);
	says = SAYS_ANY | lines_say(str_cstr(&m.text));
	if (says & SAYS_ERRORS ||
	    (says & SAYS_PASSES && vstmts_around(&src->s, node, VSTMT_IF) >= 0)) {
		unsigned values = values_of(c, &src->s, node, &m);

		str_free(&m.text);
		read_message(&src->s, v, values, &m);
		says = SAYS_ANY | lines_say(str_cstr(&m.text));
	}
	for (size_t i = 0; i < m.given; i++)
		says |= argument_says_always(&src->s, m.args[i]);
	if (vspan_is(&src->s, v->name, "$error") || vspan_is(&src->s, v->name, "$fatal"))
		says = (says | SAYS_FAIL) & ~(unsigned)SAYS_PASS;
	if (is_to_file(&src->s, v)) /* not in the run's output */
		says &= ~(unsigned)(SAYS_PASS | SAYS_PASSES);
	str_free(&m.text);
	return says;
}

/* True for a single name, "u.stats[0].errors", but not for "n - errors". */
static bool is_plain_name(const struct vstmts *s, struct vspan arg)
{
	static const char *const marks[] = { ".", "[", "]", NULL };

	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		if (s->tokens[i].kind != VTOKEN_NAME && s->tokens[i].kind != VTOKEN_NUMBER &&
		    !checks_is_any(s, i, marks))
			return false;
	}
	return true;
}

/* True if the expression has a variable that an if or a comparison changes. A
 * mere loop counter is no count of checks, nor is what only says when. */
static bool depends(const struct checks *c, const struct vstmts *s, struct vspan arg)
{
	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		const struct check_var *var = checks_var_at(c, s, i);

		if (var && (var->raised_if || var->compared || var->other) &&
		    !(var->timed && !var->reached))
			return true;
	}
	return false;
}

struct vspan checks_print_bits(const struct vstmts *s, int node)
{
	struct vspan found = { 0, 0 };
	struct message m;
	struct claim claim;
	long k;

	read_message(s, &s->v[node], 0, &m);
	claim_read(str_cstr(&m.text), m.text.len, &claim);
	k = claim.failed - ARG_NUMBER;
	if (k >= 0 && k < (long)m.given && k < ARGS_MAX && strchr("bBhHxX", m.letters[k])) {
		struct vspan name = checks_last_name(s, m.args[k]);

		if (name.off == m.args[k].off && name.end == m.args[k].end)
			found = name;
	}
	str_free(&m.text);
	return found;
}

/* True for "1001 of 16", "1001/16", "1001 out of 16". */
static bool is_part(const char *line, size_t len, long number)
{
	char *text = str_fmt("%ld", number);
	const char *at = memmem(line, len, text, strlen(text)), *end = line + len;

	at = at ? at + strlen(text) : end;
	free(text);
	while (at < end && *at == ' ')
		at++;
	return (at < end && *at == '/') || (end - at > 3 && strncasecmp(at, "of ", 3) == 0) ||
	       (end - at > 7 && strncasecmp(at, "out of ", 7) == 0);
}

/* True for "Success rate: 1001%". */
static bool is_share(const struct message *m)
{
	static const char *const words[] = { "rate", "percent", "accuracy", "ratio", NULL };
	const char *text = str_cstr(&m->text);

	if (strchr(text, '%'))
		return true;
	for (size_t i = 0; words[i]; i++)
		if (strcasestr(text, words[i]))
			return true;
	return false;
}

/* Marks the variables that the message prints as counts of errors or passes. */
void checks_read_print(struct checks *c, const struct vstmts *s, const struct vstmt *v, bool sure)
{
	struct message m;

	read_message(s, v, 0, &m);
	for (size_t k = 0; k < m.given; k++) {
		for (size_t t = checks_first_token(s, m.args[k]); checks_in_span(s, t, m.args[k]);
		     t++) {
			struct check_var *var = checks_var_at(c, s, t);

			if (var && is_share(&m))
				var->told_share = true;
		}
	}
	for (char *line = m.text.data; line && *line;) {
		size_t n = strcspn(line, "\n");
		struct claim claim;

		claim_read(line, n, &claim);
		for (size_t k = 0; k < m.given; k++) {
			struct vspan name = checks_last_name(s, m.args[k]);
			struct check_var *var =
				is_plain_name(s, m.args[k]) ? checks_var_in(c, s, name) : NULL;
			long number = ARG_NUMBER + (long)k;

			if ((claim.failed == number ||
			     (claim.passed == number && checks_below_if(s, (int)(v - s->v)))) &&
			    is_value(c, s, (int)(v - s->v), m.args[k], m.letters[k]))
				continue;
			if ((claim.failed == number || claim.passed == number) &&
			    !is_to_file(s, v) && depends(c, s, m.args[k])) {
				c->says_count = true;
				c->sums_up = c->sums_up || sure;
			}
			if (var)
				var->told_of |= is_part(line, n, number);
			if (var &&
			    (claim.failed == number ||
			     (m.given == 1 && (var->raised_if || var->compared > var->adds_same) &&
			      claim.failed < 0 && claim.passed < 0 && !checks_counts_output(var) &&
			      checks_counts_trouble(line, n))))
				var->told_errors = true;
			else if (var && claim.passed == number) {
				var->told_passes = true;
				var->told_of_all = var->told_of_all || claim.total >= 0;
			}
		}
		line += n + (line[n] == '\n');
	}
	str_free(&m.text);
}
