/* Each call becomes a chain of registers in front of its process and is replaced
 * by the last of them, cut to the width of the argument. All registers have the
 * same width, because the width of a name is not known where they are declared.
 */
#include "config.h"

#include "session/check/sva_sample.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/slice.h"
#include "session/verilog/vstmt.h"

#define WIDTH_MAX 256u /* bits; the bits of a wider value above that are x */

struct sampling {
	const struct vstmts *s;
	struct slice event; /* "posedge clk" */
	unsigned id;
	struct str before, code; /* registers to insert; the rewritten process */
};

/* Extracts the text inside the brackets of "@(posedge clk)". False if it is not a
 * single edge. */
static bool event_of(const struct vstmts *s, const struct vstmt *prefix, struct slice *event)
{
	size_t i = vstmts_token(s, prefix->head.off), end = vstmts_token(s, prefix->head.end);

	if (end < i + 5 || !vstmts_is(s, i, "@") || !vstmts_is(s, i + 1, "(") ||
	    (!vstmts_is(s, i + 2, "posedge") && !vstmts_is(s, i + 2, "negedge")) ||
	    !vstmts_is(s, end - 1, ")"))
		return false;
	for (size_t k = i + 3; k + 1 < end; k++)
		if (vstmts_is(s, k, "or") || vstmts_is(s, k, ",") || vstmts_is(s, k, "iff"))
			return false;
	*event = vstmts_slice(s, i + 2, end - 1);
	return true;
}

struct call {
	size_t end; /* first token after the call */
	struct slice of;
	unsigned ago;
};

/* Parses "(d)" or "(d, 2)" at token i. */
static bool read_call(const struct vstmts *s, size_t i, struct call *out)
{
	size_t depth = 0, from = i + 1, comma = 0;

	if (!vstmts_is(s, i, "("))
		return false;
	for (; i < s->n_tokens; i++) {
		if (vstmts_is(s, i, "(") || vstmts_is(s, i, "[") || vstmts_is(s, i, "{"))
			depth++;
		else if ((vstmts_is(s, i, ")") || vstmts_is(s, i, "]") || vstmts_is(s, i, "}")) &&
			 --depth == 0)
			break;
		else if (depth == 1 && vstmts_is(s, i, ",") && !comma)
			comma = i;
		else if (s->text[s->tokens[i].off] == '$' && !vstmts_is(s, i, "$signed") &&
			 !vstmts_is(s, i, "$unsigned"))
			return false; /* nested calls */
	}
	*out = (struct call){ i + 1, vstmts_slice(s, from, comma ? comma : i), 1 };
	if (comma) {
		struct slice n = vstmts_slice(s, comma + 1, i);
		char *text = mem_strndup(n.p, n.n), *end;

		out->ago = (unsigned)strtoul(text, &end, 10);
		comma = *end == '\0';
		free(text);
		if (!comma || out->ago < 1 || out->ago > SVA_SAMPLE_MAX)
			return false;
	}
	return i < s->n_tokens && out->of.n;
}

/* Adds the registers and returns the sampled value: the valid bits of the last
 * one. Icarus 11 knows the width of a name in a statement, but not yet in a
 * declaration. */
static char *sample(struct sampling *p, const struct call *c)
{
	unsigned id = p->id++;

	for (unsigned i = 1; i <= c->ago; i++) {
		str_addf(&p->before, "reg [%u:0] posedge_s%u_%u; always @(%.*s) posedge_s%u_%u <= ",
			 WIDTH_MAX - 1, id, i, (int)p->event.n, p->event.p, id, i);
		if (i == 1)
			str_addf(&p->before, "%.*s; ", (int)c->of.n, c->of.p);
		else
			str_addf(&p->before, "posedge_s%u_%u; ", id, i - 1);
	}
	return str_fmt("posedge_s%u_%u[$bits(%.*s)-1:0]", id, c->ago, (int)c->of.n, c->of.p);
}

static bool take_call(struct sampling *p, size_t i, size_t *end)
{
	static const struct {
		const char *name, *form; /* E: the value, R: the sampled value */
	} calls[] = { { "$past", "R" },
		      { "$stable", "((E) === R)" },
		      { "$changed", "((E) !== R)" },
		      { "$rose", "(((E) & 1'b1) === 1 && (R & 1'b1) !== 1)" },
		      { "$fell", "(((E) & 1'b1) === 0 && (R & 1'b1) !== 0)" } };
	struct call c;

	for (size_t k = 0; k < sizeof(calls) / sizeof(*calls); k++) {
		char *was;

		if (!vstmts_is(p->s, i, calls[k].name) || !read_call(p->s, i + 1, &c) ||
		    (k && c.ago > 1))
			continue;
		was = sample(p, &c);
		for (const char *f = calls[k].form; *f; f++)
			if (*f == 'E')
				str_addf(&p->code, "%.*s", (int)c.of.n, c.of.p);
			else if (*f == 'R')
				str_adds(&p->code, was);
			else
				str_addc(&p->code, *f);
		free(was);
		*end = c.end;
		return true;
	}
	return false;
}

/* Adds the newlines of a call after its replacement. */
static void add_lines(struct str *out, const char *from, const char *end)
{
	for (; from < end; from++)
		if (*from == '\n')
			str_addc(out, '\n');
}

static bool process(struct sampling *p, const struct vstmt *v)
{
	const struct vstmts *s = p->s;
	size_t done = v->all.off, end = vstmts_token(s, v->all.end);
	bool any = false;

	for (size_t i = vstmts_token(s, v->all.off), next; i < end; i = next) {
		size_t off = s->tokens[i].off;
		size_t code = p->code.len;

		next = i + 1;
		if (s->text[off] != '$')
			continue;
		str_add(&p->code, s->text + done, off - done);
		done = off;
		if (!take_call(p, i, &next)) {
			str_add(&p->code, s->text + off, s->tokens[i].len);
			done = off + s->tokens[i].len;
			continue;
		}
		done = s->tokens[next - 1].off + s->tokens[next - 1].len;
		add_lines(&p->code, s->text + off, s->text + done);
		any = code < p->code.len;
	}
	str_add(&p->code, s->text + done, v->all.end - done);
	return any;
}

bool sva_sample(const char *text, size_t len, struct str *out)
{
	struct vstmts s;
	struct sampling p = { .s = &s };
	size_t done = 0;
	bool any = false;

	vstmts_init(&s, text, len);
	for (size_t i = 0; i + 1 < s.n; i++) {
		if (s.v[i].kind != VSTMT_ALWAYS || s.v[i + 1].kind != VSTMT_PREFIX ||
		    s.v[i].all.off < done || !event_of(&s, &s.v[i + 1], &p.event) ||
		    !process(&p, &s.v[i])) {
			str_clear(&p.code);
			continue;
		}
		str_add(out, text + done, s.v[i].all.off - done);
		str_addf(out, "%s%s", str_cstr(&p.before), str_cstr(&p.code));
		str_clear(&p.before);
		str_clear(&p.code);
		done = s.v[i].all.end;
		any = true;
	}
	if (any)
		str_add(out, text + done, len - done);
	str_free(&p.before);
	str_free(&p.code);
	vstmts_fini(&s);
	return any;
}
