#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/verdict/checks_inner.h"
#include "session/verdict/claim.h"

#define PRINT_MAX 1024u		/* bytes of a message that are read */

bool checks_is_print(const struct vstmts *s, const struct vstmt *v)
{
	static const char *const names[] = { "$display", "$displayb", "$displayh", "$displayo", "$write", "$writeb",
					     "$writeh", "$strobe", "$info", "$warning", "$fdisplay", "$fwrite",
					     "$fstrobe", "$error", "$fatal", NULL };

	for (size_t i = 0; v->kind == VSTMT_SYSTEM && names[i]; i++) {
		if (vspan_is(s, v->name, names[i]))
			return true;
	}
	return false;
}

/* The arguments of a call, between commas outside of brackets. */
bool checks_next_argument(const struct vstmts *s, struct vspan in, size_t *at, struct vspan *arg)
{
	int depth = 0;

	if (!checks_in_span(s, *at, in))
		return false;
	*arg = (struct vspan){ s->tokens[*at].off, s->tokens[*at].off };
	for (; checks_in_span(s, *at, in); ++*at) {
		depth += checks_is(s, *at, "(") || checks_is(s, *at, "[") || checks_is(s, *at, "{");
		depth -= checks_is(s, *at, ")") || checks_is(s, *at, "]") || checks_is(s, *at, "}");
		if (depth == 0 && checks_is(s, *at, ",")) {
			++*at;
			return true;
		}
		arg->end = s->tokens[*at].off + s->tokens[*at].len;
	}
	return true;
}

#define ARGS_MAX 32
#define ARG_NUMBER 1001		/* what stands for the first argument in a message */

struct message {
	struct str text;		/* with numbers in place of what is printed */
	struct vspan args[ARGS_MAX];	/* each an expression */
	size_t n;			/* of those placed so far */
	size_t given;
};

static void add_conversion(struct message *m, char letter)
{
	if (letter == 'm')
		str_adds(&m->text, "tb");
	else if (letter == 's' || letter == 'S')
		str_adds(&m->text, "x"), m->n++;
	else
		str_addf(&m->text, "%d", ARG_NUMBER + (int)m->n), m->n++;
}

static void add_format(struct message *m, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\' && i + 1 < len) {
			i++;
			str_addc(&m->text, s[i] == 'n' ? '\n' : ' ');
		} else if (s[i] == '%' && i + 1 < len && s[i + 1] == '%') {
			str_addc(&m->text, '%');
			i++;
		} else if (s[i] == '%') {
			for (i++; i < len && (isdigit((unsigned char)s[i]) || strchr(".-+", s[i])); i++)
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
	return s->text[v->name.off + 1] == 'f' && !vspan_is(s, v->name, "$fatal");
}

/* The line that the print would print, so far as its text tells. */
static void read_message(const struct vstmts *s, const struct vstmt *v, struct message *m)
{
	size_t at = checks_first_token(s, v->head);
	struct vspan arg;
	bool file = is_to_file(s, v);

	*m = (struct message){ .text = STR_LIMIT(PRINT_MAX) };
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
			if (m->given > m->n)	/* no place in a format: printed behind it */
				add_conversion(m, 'd');
		}
	}
}

/* The strings that stand inside an argument: errors ? "FAIL" : "PASS". */
unsigned checks_argument_says(const struct vstmts *s, struct vspan arg)
{
	unsigned says = 0;

	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (t->kind == VTOKEN_STRING && t->len >= 2)
			says |= checks_say(s->text + t->off + 1, t->len - 2);
	}
	return says;
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

unsigned checks_print_says(const struct checks *c, const struct check_source *src, int node)
{
	const struct vstmt *v = &src->s.v[node];
	struct message m;
	unsigned says;

	(void)c;
	read_message(&src->s, v, &m);
	says = SAYS_ANY | lines_say(str_cstr(&m.text));
	for (size_t i = 0; i < m.given; i++)
		says |= checks_argument_says(&src->s, m.args[i]);
	if (vspan_is(&src->s, v->name, "$error") || vspan_is(&src->s, v->name, "$fatal"))
		says = (says | SAYS_FAIL) & ~(unsigned)SAYS_PASS;
	if (is_to_file(&src->s, v))	/* nobody hears it */
		says &= ~(unsigned)(SAYS_PASS | SAYS_PASSES);
	str_free(&m.text);
	return says;
}

/* The name alone, "u.stats[0].errors", and not "n - errors". */
static bool is_plain_name(const struct vstmts *s, struct vspan arg)
{
	static const char *const marks[] = { ".", "[", "]", NULL };

	for (size_t i = checks_first_token(s, arg); checks_in_span(s, i, arg); i++) {
		if (s->tokens[i].kind != VTOKEN_NAME && s->tokens[i].kind != VTOKEN_NUMBER && !checks_is_any(s, i, marks))
			return false;
	}
	return true;
}

/* Which of its numbers a message tells to be a count of errors or passes. */
void checks_read_print(struct checks *c, const struct vstmts *s, const struct vstmt *v, bool sure)
{
	struct message m;

	read_message(s, v, &m);
	for (char *line = m.text.data; line && *line;) {
		size_t n = strcspn(line, "\n");
		struct claim claim;

		claim_read(line, n, &claim);
		for (size_t k = 0; k < m.given; k++) {
			struct vspan name = checks_last_name(s, m.args[k]);
			struct check_var *var = is_plain_name(s, m.args[k]) ?
							checks_var(c, s->text + name.off, name.end - name.off) : NULL;
			long number = ARG_NUMBER + (long)k;

			if ((claim.failed == number || claim.passed == number) && !is_to_file(s, v)) {
				c->says_count = true;
				c->sums_up = c->sums_up || sure;
			}
			if (var && claim.failed == number)
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
