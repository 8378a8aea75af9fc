/* Verilator 5.006 does not notice variables written by $fscanf, $sscanf or
 * $value$plusargs. Logic that reads nothing else that is assigned is not
 * evaluated again, so a design with vectors from a file shows stale outputs:
 *
 *     n = $fscanf(f, "%b %b", a, y)
 *     begin if ($c("0")) begin a = $c("0"); y = $c("0"); end n = $fscanf(...); ... end
 *
 * The assignments never run, but make it watch a and y. Also, at the end of the
 * file it returns 0 where the language requires -1 (IEEE 1800-2017, 21.3.4.3).
 */
#include "config.h"

#include <string.h>

#include "session/testbench/checks_inner.h"

/* The span inside the brackets after token i; empty if there are none. */
static struct vspan arguments(const struct vstmts *s, size_t i)
{
	size_t close = checks_is(s, ++i, "(") ? vstmts_closing(s, i, s->n_tokens) : s->n_tokens;

	return close < s->n_tokens ? (struct vspan){ s->tokens[i].off + 1, s->tokens[close].off }
				   : (struct vspan){ 0, 0 };
}

static void add_text(const struct vstmts *s, struct vspan span, struct str *out)
{
	for (size_t i = checks_first_token(s, span); checks_in_span(s, i, span); i++) {
		str_add(out, s->text + s->tokens[i].off, s->tokens[i].len);
		str_addc(out, ' ');
	}
}

/* The character of the next conversion that takes an argument; 0 if there is none. */
static char next_conversion(const char **p, const char *end)
{
	while (*p < end) {
		if (*(*p)++ != '%')
			continue;
		while (*p < end && **p >= '0' && **p <= '9')
			++*p;
		if (*p < end && **p != '%' && **p != '*')
			return *(*p)++;
		*p += *p < end;
	}
	return 0;
}

/* Adds the variables that a call writes: after `skip` arguments and a format.
 * Strings are left alone, as no logic reads them and the variables may be of type
 * string. */
static void add_written(const struct vstmts *s, struct vspan in, int skip, struct str *out)
{
	size_t at = checks_first_token(s, in), format;
	const char *p, *end;
	struct vspan arg = { 0 };
	char letter;

	for (; skip >= 0; skip--)
		if (!checks_next_argument(s, in, &at, &arg))
			return;
	format = checks_first_token(s, arg);
	if (!checks_in_span(s, format, arg) || s->tokens[format].kind != VTOKEN_STRING)
		return;
	p = s->text + s->tokens[format].off;
	end = p + s->tokens[format].len;
	while ((letter = next_conversion(&p, end)) && checks_next_argument(s, in, &at, &arg)) {
		if (strchr("sSmM", letter))
			continue;
		add_text(s, arg, out);
		str_adds(out, "= $c(\"0\"); ");
	}
}

/* The statement's own expressions, without nested statements. */
static struct vspan own_text(const struct vstmt *v)
{
	switch (v->kind) {
	case VSTMT_IF:
	case VSTMT_LOOP:
	case VSTMT_CASE:
	case VSTMT_CALL:
		return v->head;
	case VSTMT_BLOCKING:
	case VSTMT_SYSTEM:
		return v->all;
	default:
		return (struct vspan){ 0, 0 };
	}
}

/* Handles the end of file for n = $fscanf(f, ...). */
static void add_end(const struct vstmts *s, const struct vstmt *v, struct str *out)
{
	size_t call = checks_first_token(s, v->rhs), at;
	struct vspan in, file;

	if (v->kind != VSTMT_BLOCKING || !checks_in_span(s, call, v->rhs) ||
	    !checks_is(s, call, "$fscanf"))
		return;
	in = arguments(s, call);
	at = checks_first_token(s, in);
	if (!checks_next_argument(s, in, &at, &file))
		return;
	str_adds(out, " if ((");
	add_text(s, v->lhs, out);
	str_adds(out, ") == 0 && $feof(");
	add_text(s, file, out);
	str_adds(out, ")) ");
	add_text(s, v->lhs, out);
	str_adds(out, "= -1;");
}

static void mend_scan(const struct vstmts *s, int i, struct edits *e)
{
	const struct vstmt *v = &s->v[i];
	struct vspan own = own_text(v);
	struct str written = STR_INIT, end = STR_INIT;
	struct wrap *w;

	for (size_t t = checks_first_token(s, own); checks_in_span(s, t, own); t++) {
		if (s->tokens[t].kind != VTOKEN_SYSTEM)
			continue;
		if (checks_is(s, t, "$fscanf") || checks_is(s, t, "$sscanf"))
			add_written(s, arguments(s, t), 1, &written);
		else if (checks_is(s, t, "$value$plusargs"))
			add_written(s, arguments(s, t), 0, &written);
	}
	add_end(s, v, &end);
	if (written.len || end.len) {
		w = checks_wrap(e, v->all);
		str_adds(&w->open, "begin ");
		if (written.len)
			str_addf(&w->open, "if ($c(\"0\")) begin %send ", str_cstr(&written));
		str_addf(&w->close, "%s%s end", checks_ends_statement(s, v->all) ? "" : ";",
			 str_cstr(&end));
	}
	str_free(&written);
	str_free(&end);
}

void checks_mend_scans(const struct vstmts *s, struct edits *e)
{
	for (int i = 0; i < (int)s->n; i++)
		if (!s->v[i].generate && vstmts_around(s, i, VSTMT_DEFINE) < 0)
			mend_scan(s, i, e);
}
