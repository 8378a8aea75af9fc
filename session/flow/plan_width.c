/* Evaluates the widths in a plan. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"

#define DEPTH_MAX 24   /* nesting of brackets and of parameter references */
#define STEPS_MAX 5000 /* parameter look-ups; A = B + B, B = C + C doubles them at each level */

struct eval {
	const char *at;
	const struct plan_module *m;
	const struct plan_instance *given;
	const struct plan_module *of;
	int depth;
	unsigned *steps;
	struct str *why;
};

static bool sum(struct eval *e, long *v);

static bool bad(struct eval *e, const char *why, const char *text)
{
	if (e->why->len == 0)
		str_addf(e->why, "%s%s", why, text);
	return false;
}

static void blanks(struct eval *e)
{
	e->at += strspn(e->at, " \t");
}

static bool within(struct eval *e, const char *text, const struct plan_module *m, long *v)
{
	struct eval inner = { text, m, NULL, NULL, e->depth + 1, e->steps, e->why };

	if (inner.depth > DEPTH_MAX || ++*e->steps > STEPS_MAX)
		return bad(e, "a circle, or too deep: ", text);
	if (!sum(&inner, v))
		return false;
	blanks(&inner);
	return *inner.at == '\0' || bad(e, "no number: ", text);
}

static bool name(struct eval *e, long *v)
{
	size_t n = strspn(e->at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
	const char *word = e->at;

	e->at += n;
	for (size_t i = 0; e->given && i < e->given->n_params; i++)
		if (strlen(e->given->params[i].a) == n &&
		    memcmp(e->given->params[i].a, word, n) == 0)
			return within(e, e->given->params[i].b, e->of, v);
	for (size_t i = 0; e->m && i < e->m->n_params; i++)
		if (strlen(e->m->params[i].a) == n && memcmp(e->m->params[i].a, word, n) == 0)
			return within(e, e->m->params[i].b, e->m, v);
	if (e->why->len == 0)
		str_addf(e->why, "no such parameter: %.*s", (int)n, word);
	return false;
}

static long clog2(long n)
{
	long bits = 0;

	for (long v = n - 1; v > 0; v >>= 1)
		bits++;
	return bits;
}

static bool brackets(struct eval *e, long *v)
{
	blanks(e);
	if (*e->at++ != '(' || e->depth++ > DEPTH_MAX)
		return bad(e, "a bracket is missing, or there are too many", "");
	if (!sum(e, v))
		return false;
	blanks(e);
	e->depth--;
	return *e->at++ == ')' || bad(e, "a bracket is not closed", "");
}

static bool factor(struct eval *e, long *v)
{
	blanks(e);
	if (isdigit((unsigned char)*e->at)) {
		char *end;
		size_t n = strspn(e->at, "0123456789");

		*v = n > 9 ? PLAN_WIDTH_MAX + 1L : strtol(e->at, &end, 10);
		e->at += n;
		return true;
	}
	if (strncmp(e->at, "$clog2", 6) == 0) {
		e->at += 6;
		if (!brackets(e, v))
			return false;
		*v = clog2(*v);
		return true;
	}
	if (*e->at == '(')
		return brackets(e, v);
	if (isalpha((unsigned char)*e->at) || *e->at == '_')
		return name(e, v);
	return bad(e, "no number: ", e->at);
}

#define BOUND 1000000000L /* sums and products of two such values fit in a long */

static bool product(struct eval *e, long *v)
{
	if (!factor(e, v))
		return false;
	for (blanks(e); *e->at == '*' || *e->at == '/'; blanks(e)) {
		char op = *e->at++;
		long w = 0;

		if (!factor(e, &w))
			return false;
		if (op == '/' && w == 0)
			return bad(e, "a division by 0", "");
		*v = op == '/' ? *v / w : *v * w;
		if (*v > BOUND || *v < -BOUND)
			return bad(e, "a number is too large", "");
	}
	return true;
}

static bool sum(struct eval *e, long *v)
{
	if (!product(e, v))
		return false;
	for (blanks(e); *e->at == '+' || *e->at == '-'; blanks(e)) {
		char op = *e->at++;
		long w = 0;

		if (!product(e, &w))
			return false;
		*v = op == '+' ? *v + w : *v - w;
		if (*v > BOUND || *v < -BOUND)
			return bad(e, "a number is too large", "");
	}
	return true;
}

bool plan_width(const char *text, const struct plan_module *m, const struct plan_instance *given,
		const struct plan_module *of, long *bits, struct str *why)
{
	unsigned steps = 0;
	struct eval e = { text, m, given, of, 0, &steps, why };

	if (!sum(&e, bits))
		return false;
	blanks(&e);
	return *e.at == '\0' || bad(&e, "no number: ", text);
}

bool plan_range(const char *type, const struct plan_module *m, long *bits)
{
	const char *open = strchr(type, '['), *colon = open ? strchr(open, ':') : NULL,
		   *close = colon ? strchr(colon, ']') : NULL;
	struct str why = STR_INIT;
	long high = 0, low = 0;
	char *a, *b;
	bool ok;

	*bits = 1;
	if (!open || !close || strchr(close, '['))
		return !open;
	a = mem_strndup(open + 1, (size_t)(colon - open - 1));
	b = mem_strndup(colon + 1, (size_t)(close - colon - 1));
	ok = plan_width(a, m, NULL, NULL, &high, &why) && plan_width(b, m, NULL, NULL, &low, &why);
	*bits = high > low ? high - low + 1 : low - high + 1;
	free(a);
	free(b);
	str_free(&why);
	return ok;
}
