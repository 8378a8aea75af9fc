/* A signal by the end of its name, with an element and bits in brackets. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/why/why_inner.h"
#include "session/why/why_site.h"

#define CANDIDATES_MAX 6

/* "q[7:4]" of a vector is a part, "mem[3]" of an array an element; "mem[3][0]" is
 * both. */
static bool read_brackets(const struct circuit_var *v, const char *at, struct why_signal *out)
{
	size_t len = 0, dims = 0;
	char *end;

	for (; *at == '[' && dims < v->n_dims; dims++) {
		size_t n = strcspn(at, "]");

		if (at[n] != ']' || len + n + 2 > sizeof(out->element))
			return false;
		memcpy(out->element + len, at, n + 1);
		len += n + 1;
		out->element[len] = '\0';
		at += n + 1;
	}
	if (*at == '[') {
		unsigned long high = strtoul(at + 1, &end, 10);
		unsigned long low = *end == ':' ? strtoul(end + 1, &end, 10) : high;

		if (end[0] != ']' || end[1] || high < low || high >= v->width)
			return false;
		out->low = (uint32_t)low;
		out->bits = (uint32_t)(high - low + 1);
		return true;
	}
	return *at == '\0';
}

static bool ends_so(const char *full, const char *name, size_t len)
{
	size_t n = strlen(full);

	return n >= len && strncmp(full + n - len, name, len) == 0 &&
	       (n == len || full[n - len - 1] == '.');
}

/* True if the variable's own name is an end of the requested name, or the reverse. */
static bool is_called(const struct why *w, uint32_t instance, uint32_t var, const char *name,
		      size_t len)
{
	const char *own = w->c->vars[var].name;
	char *full;
	bool ok;

	if (w->c->vars[var].module != w->c->instances[instance].module)
		return false;
	full = str_fmt("%s.%s", w->c->instances[instance].path, own);
	ok = ends_so(full, name, len);
	free(full);
	return ok;
}

static bool may_be(const char *own, const char *name, size_t len)
{
	size_t n = strlen(own);

	return n <= len ? strncmp(name + len - n, own, n) == 0
			: strncmp(own + n - len, name, len) == 0;
}

/* True if both are one net, through ports: then either may be meant. */
static bool is_one_net(struct why *w, const struct why_signal *a, const struct why_signal *b)
{
	struct place p = place_of(a), q = place_of(b);
	struct range p_part = { 0, 0 }, q_part = { 0, 0 };

	w->work = WORK_MAX;
	site_follow(w, &p, &p_part, NULL, NULL);
	site_follow(w, &q, &q_part, NULL, NULL);
	bits_reset(&w->pool);
	return place_same(&p, &q) && p_part.low == q_part.low && p_part.n == q_part.n;
}

/* Finds "v[2].a" where v is an array of instances. */
static const char *array_in(const struct why *w, const char *given)
{
	for (uint32_t i = 0; i < w->c->n_children; i++) {
		const char *array = w->c->children[i].name;
		size_t len = strlen(array);

		for (const char *at = w->c->children[i].array ? strstr(given, array) : NULL; at;
		     at = strstr(at + 1, array))
			if ((at == given || at[-1] == '.') && at[len] == '[')
				return array;
	}
	return NULL;
}

static void not_found(const struct why *w, const char *given, const char *name, struct err *err)
{
	const char *array = array_in(w, given);

	if (array)
		err_set(err, ERR_NOT_FOUND,
			"%.100s is an array of instances, whose instances the elaborated design "
			"does not distinguish: nothing is known of %.200s",
			array, name);
	else
		err_set(err, ERR_NOT_FOUND, "the design has no signal %.200s", name);
}

/* A search for the signals of one name. */
struct search {
	struct why *w;
	const char *given;
	size_t len; /* of the part that is a name; brackets follow */
	struct why_signal *out;
	size_t found;
	bool exact; /* the full name of one is what is given */
	struct str all;
};

static void take_if_called(struct search *f, uint32_t instance, uint32_t var)
{
	const struct circuit *c = f->w->c;
	struct why_signal s = { .instance = instance, .var = var };
	char *full;

	if (!is_called(f->w, instance, var, f->given, f->len) ||
	    !read_brackets(&c->vars[var], f->given + f->len, &s))
		return;
	full = str_fmt("%s.%s", c->instances[instance].path, c->vars[var].name);
	f->exact = strlen(full) == f->len;
	if (!f->found || f->exact || !is_one_net(f->w, f->out, &s)) {
		if (f->found++ < CANDIDATES_MAX)
			str_addf(&f->all, "%s%s", f->all.len ? ", " : "", full);
		if (f->found == 1 || f->exact)
			*f->out = s;
	}
	free(full);
}

static void search_all(struct search *f)
{
	const struct circuit *c = f->w->c;

	for (uint32_t v = 0; v < c->n_vars && !f->exact; v++) {
		if (c->vars[v].function || !may_be(c->vars[v].name, f->given, f->len))
			continue;
		for (uint32_t i = 0; i < c->n_instances && !f->exact; i++)
			take_if_called(f, i, v);
	}
}

bool why_find(struct why *w, const char *name, struct why_signal *out, struct err *err)
{
	struct str plain = STR_INIT;
	struct search f = { .w = w, .out = out, .all = STR_INIT };
	size_t whole;

	trace_unescape(trace_plain_name(name), &plain);
	f.given = str_cstr(&plain);
	whole = plain.len;
	/* Brackets may be part of a name: lane[0].q */
	for (f.len = whole; f.len > 0 && !f.found; f.len--)
		if (f.len == whole || f.given[f.len] == '[')
			search_all(&f);
	if (f.found == 0)
		not_found(w, f.given, name, err);
	else if (f.found > 1 && !f.exact)
		err_set(err, ERR_USAGE, "%.200s is %zu signals: %.600s%s", name, f.found,
			str_cstr(&f.all), f.found > CANDIDATES_MAX ? ", ..." : "");
	str_free(&f.all);
	str_free(&plain);
	return f.exact || f.found == 1;
}
