/* Evaluates an expression from its tokens. It is split at its operators before
 * its operands are evaluated, so that an operand that is not understood affects
 * only itself. python_vars.c implements the values.
 */
#include "config.h"

#include "session/manifest/python_value.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/word_table.h"
#include "session/manifest/python_vars.h"

#define NAME_NEAR 50u /* tokens from the end that are searched for a name */

static void eval(struct python *p, size_t from, size_t to, struct python_value *out, int deep);

/* Yields "${NAME}" with the last name in the range. */
static void unknown(struct python *p, size_t from, size_t to, struct python_value *out)
{
	const struct python_token *name = NULL;

	for (size_t i = to; i-- > from && to - i < NAME_NEAR && !name;)
		if (p->v[i].kind == PYTHON_NAME)
			name = &p->v[i];
	python_value_fini(out);
	python_give(p, out,
		    name ? str_fmt("${%.*s}", (int)name->len, name->at) : mem_strdup("${x}"));
}

static char *joined(const char *a, const char *b)
{
	if (b[0] == '/' || !a[0])
		return mem_strdup(b);
	return str_fmt("%s%s%s", a, str_ends(a, "/") ? "" : "/", b);
}

static char *glued(const char *a, const char *b)
{
	return str_fmt("%s%s", a, b);
}

/* The parent folder: "a" for "a/b.v", "." for "b.v", one level up for "." and "..". */
static char *parent(const char *s)
{
	const char *slash = strrchr(s, '/'), *base = slash ? slash + 1 : s;

	if (strcmp(base, "..") == 0)
		return str_fmt("%s/..", s);
	if (strcmp(s, ".") == 0)
		return mem_strdup("..");
	return slash ? mem_strndup(s, (size_t)(slash - s)) : mem_strdup(".");
}

static char *last_part(const char *s)
{
	return mem_strdup(path_base(s));
}

/* Evaluates argument k of the call whose bracket is at open; false if there is none. */
static bool argument(struct python *p, size_t open, size_t k, struct python_value *out, int deep)
{
	size_t end = python_skip(p, open) - 1, i = open + 1;

	*out = (struct python_value){ .items = STRV_INIT };
	for (; i < end; i = python_end(p, i) + 1) {
		size_t to = python_end(p, i);

		if (python_is(p, to, "=") || python_is(p, to, ":")) /* a keyword argument */
			return false;
		if (k-- == 0) {
			eval(p, i, python_is(p, to, "for") ? end : to, out, deep + 1);
			return true;
		}
		if (python_is(p, to, "for")) /* f(x for x in y) has no more */
			return false;
	}
	return false;
}

static void join_arguments(struct python *p, size_t open, size_t first, struct python_value *out,
			   int deep)
{
	struct python_value part;

	for (size_t k = first; k < PYTHON_MAX_DEEP && argument(p, open, k, &part, deep); k++) {
		python_combine(p, out, &part, joined);
		python_value_fini(&part);
	}
}

static bool is_named(const struct python_token *t, const char *const *names)
{
	return words_has_n(names, t->at, t->len);
}

static void words_of(struct python *p, struct python_value *v)
{
	struct python_value words = { .items = STRV_INIT, .list = true };

	for (size_t i = 0; i < v->items.n; i++) {
		for (const char *s = v->items.v[i]; *(s += strspn(s, " \t\n"));) {
			size_t n = strcspn(s, " \t\n");

			python_give(p, &words, mem_strndup(s, n));
			s += n;
		}
	}
	python_value_fini(v);
	*v = words;
}

/* Evaluates a function call; false if the function is unknown. */
static bool call(struct python *p, const struct python_token *name, size_t open,
		 struct python_value *out, int deep)
{
	static const char *const same[] = { "abspath",	  "realpath",	   "normpath", "relpath",
					    "str",	  "Path",	   "PurePath", "PosixPath",
					    "list",	  "tuple",	   "sorted",   "set",
					    "fspath",	  "glob",	   "iglob",    "expanduser",
					    "expandvars", "PurePosixPath", "Glob",     "File",
					    "Dir",	  "find_program",  NULL };
	static const char *const second[] = { "getenv", "get", "map", NULL };
	static const char *const words[] = { "split", NULL }; /* shlex.split() */
	static const char *const here[] = { "getcwd", "cwd", "current_source_dir", NULL };
	static const char *const up[] = { "dirname", NULL }, *const base[] = { "basename", NULL };
	static const char *const join[] = { "join", NULL };
	bool list = is_named(name, (const char *const[]){ "list", "tuple", "sorted", "set", "map",
							  "glob", "iglob", "Glob", "files", NULL });
	struct python_value part;

	if (is_named(name, here)) {
		python_give(p, out, mem_strdup("."));
	} else if (is_named(name, (const char *const[]){ "files", NULL })) { /* Meson's */
		for (size_t k = 0; argument(p, open, k, &part, deep); k++) {
			python_add_all(p, out, &part);
			python_value_fini(&part);
		}
	} else if (is_named(name, words)) {
		if (!argument(p, open, 0, out, deep))
			return false;
		words_of(p, out);
	} else if (is_named(name, join)) {
		if (!argument(p, open, 0, out, deep))
			return false;
		if (out->list) /* shlex.join() */
			python_glue(p, out, " ");
		join_arguments(p, open, 1, out, deep);
	} else if (is_named(name, second)) {
		if (!argument(p, open, 1, out, deep))
			return false;
	} else if (is_named(name, same) || is_named(name, up) || is_named(name, base)) {
		if (!argument(p, open, 0, out, deep))
			python_give(p, out, mem_strdup("."));
		if (is_named(name, same))
			join_arguments(
				p, open,
				is_named(name, (const char *const[]){ "Path", "PurePath", NULL })
					? 1
					: PYTHON_MAX_DEEP,
				out, deep);
		else
			python_change_each(p, out, is_named(name, up) ? parent : last_part);
	} else {
		return false;
	}
	out->list = out->list || list;
	return true;
}

/* "sep".join(list), and "...".format(a, b), whose arguments count as one list. */
static void text_member(struct python *p, size_t open, struct python_value *v, bool join, int deep)
{
	struct python_value all = { .items = STRV_INIT }, part;
	char *sep = mem_strdup(v->items.n ? v->items.v[0] : "");

	for (size_t k = 0; k < PYTHON_MAX_DEEP && argument(p, open, k, &part, deep); k++) {
		if (!join && part.list)
			python_glue(p, &part, " ");
		python_add_all(p, &all, &part);
		python_value_fini(&part);
	}
	if (join) {
		python_glue(p, &all, sep);
		python_value_fini(v);
		*v = all;
	} else {
		python_fill(p, v, &all, '{');
		python_value_fini(&all);
	}
	free(sep);
}

/* Applies a member to v. open: the bracket of its arguments, 0 if it is not a call. */
static bool member(struct python *p, const struct python_token *name, size_t open,
		   struct python_value *v, int deep)
{
	static const char *const same[] = { "resolve",	   "absolute",	 "as_posix", "strip",
					    "relative_to", "expanduser", "copy",     NULL };

	if (!open && is_named(name, (const char *const[]){ "parent", NULL }))
		python_change_each(p, v, parent);
	else if (!open && is_named(name, (const char *const[]){ "name", NULL }))
		python_change_each(p, v, last_part);
	else if (open && is_named(name, (const char *const[]){ "joinpath", "glob", NULL }))
		join_arguments(p, open, 0, v, deep);
	else if (open && is_named(name, (const char *const[]){ "rglob", NULL })) {
		struct python_value below = { .items = STRV_INIT };

		python_give(p, &below, mem_strdup("**"));
		python_combine(p, v, &below, joined);
		python_value_fini(&below);
		join_arguments(p, open, 0, v, deep);
	} else if (open && is_named(name, (const char *const[]){ "split", "splitlines", NULL }))
		words_of(p, v);
	else if (open && is_named(name, (const char *const[]){ "join", "format", NULL }))
		text_member(p, open, v, name->at[0] == 'j', deep);
	else if (!open || !is_named(name, same))
		return false;
	return true;
}

/* Evaluates [a, *b, c for x in y]; from and to are inside the brackets. */
static void list(struct python *p, size_t from, size_t to, struct python_value *out, int deep)
{
	out->list = true;
	for (size_t i = from; i < to;) {
		size_t end = python_end(p, i);
		struct python_value one;
		bool spread = python_is(p, i, "*");

		if (end < to && python_is(p, end, "for")) {
			python_value_fini(out); /* "[a, b for b in c]" is no Python */
			eval(p, i, to, out, deep + 1);
			out->list = true;
			out->each = false;
			return;
		}
		eval(p, i + spread, end < to ? end : to, &one, deep + 1);
		python_add_all(p, out, &one);
		python_value_fini(&one);
		i = end + 1;
	}
}

/* Evaluates {"name": x, ...} to "name=x" items; if it describes a file, to that
 * file, and if it describes a parameter, to its value. */
static void dict(struct python *p, size_t from, size_t to, struct python_value *out, int deep)
{
	char *name = NULL, *value = NULL;
	bool file = false, define = false;

	out->dict = true;
	for (size_t i = from; i < to;) {
		size_t colon = python_end(p, i), end = python_end(p, colon + 1);
		struct python_value key, is;

		if (!python_is(p, colon, ":") || colon >= to)
			break;
		eval(p, i, colon, &key, deep + 1);
		eval(p, colon + 1, end < to ? end : to, &is, deep + 1);
		if (key.items.n == 1 && is.items.n == 1) {
			const char *k = key.items.v[0], *v = is.items.v[0];

			python_give(p, out, str_fmt("%s=%s", k, v));
			file = file || strcmp(k, "file_type") == 0;
			define = define ||
				 (strcmp(k, "paramtype") == 0 && strcmp(v, "vlogparam") != 0);
			if (strcmp(k, "name") == 0)
				free(name), name = mem_strdup(v);
			if (strcmp(k, "default") == 0)
				free(value), value = mem_strdup(v);
		}
		python_value_fini(&key);
		python_value_fini(&is);
		i = end + 1;
	}
	if ((file && name) || value || define) {
		python_value_fini(out);
		if (!define)
			python_give(p, out, file ? name : value), *(file ? &name : &value) = NULL;
	}
	free(name);
	free(value);
}

/* The last such operator outside of brackets; `to` if there is none. */
static size_t last_mark(const struct python *p, size_t from, size_t to, const char *mark)
{
	size_t found = to;

	for (size_t i = from; i < to; i++) {
		if (i > from && python_is(p, i, mark) && !python_is(p, i - 1, mark))
			found = i;
		if (python_bracket(p, i) > 0)
			i = python_skip(p, i) - 1;
	}
	return found;
}

static size_t first_mark(const struct python *p, size_t from, size_t to, const char *mark)
{
	for (size_t i = from; i < to; i++) {
		if (python_is(p, i, mark))
			return i;
		if (python_bracket(p, i) > 0)
			i = python_skip(p, i) - 1;
	}
	return to;
}

/* The value of an expression inside an f-string, if it is one string. */
static bool inner(struct python *p, const char *s, size_t len, struct str *out)
{
	struct python_value v;
	struct python in;
	bool known;

	p->made += len; /* as often as there are iterations */
	if (p->made >= PYTHON_MAX_MADE || p->inside)
		return false;
	python_read(&in, s, len, p->file);
	in.inside = true;
	in.vars = p->vars;
	in.n_vars = p->n_vars;
	in.cap_vars = p->cap_vars;
	in.names = p->names;
	in.made = p->made;
	python_eval(&in, 0, python_end(&in, 0), &v);
	known = v.items.n == 1 && !v.list;
	if (known)
		str_adds(out, v.items.v[0]);
	python_value_fini(&v);
	p->vars = in.vars;
	p->n_vars = in.n_vars;
	p->cap_vars = in.cap_vars;
	p->names = in.names;
	p->made = in.made;
	free(in.v);
	return known;
}

/* Replaces "{name}" in an f-string by item number pick; returns the number of
 * bytes consumed. */
static size_t replaced(struct python *p, const char *s, size_t len, size_t pick, struct str *out)
{
	const char *end = memchr(s, '}', len);
	struct python_token name;
	const struct python_value *var;

	if (!end)
		return len;
	var = python_var_in(p, s, &name);
	if (var)
		str_adds(out, var->items.v[pick % var->items.n]);
	else if (strchr("}:!", name.at[name.len]) || !inner(p, s + 1, (size_t)(end - s) - 1, out))
		str_addf(out, "${%.*s}", name.len ? (int)name.len : 1, name.len ? name.at : "x");
	return (size_t)(end - s) + 1;
}

/* Adds the text of a literal, for an f-string that of iteration pick. */
static void add_text(struct python *p, const struct python_token *t, size_t pick, struct str *out)
{
	for (size_t i = 0; i < t->len && !out->full;) {
		const char *s = t->at + i;
		size_t left = t->len - i;

		if (*s == '\\' && !t->raw && left > 1) {
			str_addc(out, s[1] == 'n' || s[1] == 't' ? ' ' : s[1]);
			i += 2;
		} else if (t->formatted && left > 1 && (*s == '{' || *s == '}') && s[1] == *s) {
			str_addc(out, *s);
			i += 2;
		} else if (t->formatted && *s == '{') {
			i += replaced(p, s, left, pick, out);
		} else {
			str_addc(out, *s);
			i++;
		}
	}
}

/* Joins adjacent strings into one, or one for each iteration of a loop. */
static size_t texts(struct python *p, size_t from, size_t to, struct python_value *out)
{
	size_t n = 1, end = from;

	for (; end < to && p->v[end].kind == PYTHON_TEXT; end++)
		if (python_times(p, &p->v[end]) > n)
			n = python_times(p, &p->v[end]);
	for (size_t k = 0; k < n && python_has_room(p, out); k++) {
		struct str text = STR_LIMIT(PYTHON_TEXT_MAX);

		for (size_t i = from; i < end; i++)
			add_text(p, &p->v[i], k, &text);
		python_give(p, out, mem_strdup(str_cstr(&text)));
		str_free(&text);
	}
	out->each = n > 1;
	return end;
}

/* Evaluates the first operand: a string, a name, brackets, a call. Returns one
 * past it, or from if it is not understood. */
static size_t primary(struct python *p, size_t from, size_t to, struct python_value *out, int deep)
{
	const struct python_value *var;
	size_t i = from, close;

	if (p->v[i].kind == PYTHON_TEXT)
		return texts(p, from, to, out);
	if (p->v[i].kind == PYTHON_NUMBER) {
		python_give(p, out, mem_strndup(p->v[i].at, p->v[i].len));
		return i + 1;
	}
	if (python_bracket(p, i) > 0) {
		close = python_skip(p, i) - 1;
		if (python_is(p, i, "{"))
			dict(p, i + 1, close, out, deep);
		else if (python_is(p, i, "[") || first_mark(p, i + 1, close, ",") < close)
			list(p, i + 1, close, out, deep);
		else
			eval(p, i + 1, close, out, deep + 1);
		return close + 1;
	}
	if (p->v[i].kind != PYTHON_NAME)
		return from;
	if (python_is(p, i, "__file__")) {
		python_give(p, out, mem_strdup(p->file));
		return i + 1;
	}
	var = python_find_var(p, &p->v[i]);
	if (var) {
		python_add_all(p, out, var);
		out->list = var->list;
		out->each = var->each;
		out->dict = var->dict;
		return i + 1;
	}
	while (i + 2 < to && python_is(p, i + 1, ".") && p->v[i + 2].kind == PYTHON_NAME)
		i += 2;
	if (i + 1 >= to || !python_is(p, i + 1, "(") || !call(p, &p->v[i], i + 1, out, deep))
		return from;
	return python_skip(p, i + 1);
}

/* Evaluates an operand with its suffixes: .parent, .parents[1], .glob("*.v"). */
static bool chain(struct python *p, size_t from, size_t to, struct python_value *out, int deep)
{
	size_t i = primary(p, from, to, out, deep);

	if (i == from)
		return false;
	while (i < to) {
		size_t open = python_is(p, i + 2, "(") ? i + 2 : 0;

		if (!python_is(p, i, ".") || i + 1 >= to)
			return false;
		if (python_is(p, i + 1, "parents") && python_is(p, i + 2, "[") && i + 3 < to) {
			unsigned long up = strtoul(p->v[i + 3].at, NULL, 10);

			for (unsigned long k = 0; k <= up && k < PYTHON_MAX_DEEP; k++)
				python_change_each(p, out, parent);
			i = python_skip(p, i + 2);
			continue;
		}
		if (!member(p, &p->v[i + 1], open, out, deep))
			return false;
		i = open ? python_skip(p, open) : i + 2;
	}
	return true;
}

/* Evaluates "a for x in y if z" with x standing for all items of y. */
static void comprehension(struct python *p, size_t from, size_t to, size_t at,
			  struct python_value *out, int deep)
{
	size_t in = first_mark(p, at, to, "in"), end = first_mark(p, in, to, "if");
	struct python_value over;

	if (in == to || in != at + 2) {
		unknown(p, from, at, out);
		return;
	}
	eval(p, in + 1, end, &over, deep + 1);
	over.each = true;
	python_set(p, &p->v[at + 1], &over, false);
	eval(p, from, at, out, deep + 1);
	out->list = true;
	out->each = false;
}

static void eval(struct python *p, size_t from, size_t to, struct python_value *out, int deep)
{
	struct python_value right;
	size_t at;

	*out = (struct python_value){ .items = STRV_INIT };
	if (from >= to || deep > PYTHON_MAX_DEEP || p->made >= PYTHON_MAX_MADE)
		return;
	if ((at = first_mark(p, from, to, "for")) < to) {
		comprehension(p, from, to, at, out, deep);
	} else if ((at = first_mark(p, from, to, "if")) < to) {
		eval(p, from, at, out, deep + 1);
	} else if ((at = last_mark(p, from, to, "or")) < to) {
		eval(p, at + 1, to, out, deep + 1);
	} else if ((at = last_mark(p, from, to, "+")) < to) {
		eval(p, from, at, out, deep + 1);
		eval(p, at + 1, to, &right, deep + 1);
		if (out->list && !out->each)
			python_add_all(p, out, &right);
		else
			python_combine(p, out, &right, glued);
		python_value_fini(&right);
	} else if ((at = last_mark(p, from, to, "/")) < to) {
		eval(p, from, at, out, deep + 1);
		eval(p, at + 1, to, &right, deep + 1);
		python_combine(p, out, &right, joined);
		python_value_fini(&right);
	} else if ((at = last_mark(p, from, to, "%")) < to) {
		eval(p, from, at, out, deep + 1);
		eval(p, at + 1, to, &right, deep + 1);
		python_fill(p, out, &right, '%');
		python_value_fini(&right);
	} else if (!chain(p, from, to, out, deep)) {
		unknown(p, from, to, out);
	}
}

void python_eval(struct python *p, size_t from, size_t to, struct python_value *out)
{
	eval(p, from, to, out, 0);
}
