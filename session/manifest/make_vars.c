/* Make's variables without make.
 *
 * A value is stored as written and expanded when it is used, as make does for
 * `=`; `:=` expands it at once. Depth and length are limited, because a variable
 * may refer to itself. Functions that would run a program expand to nothing,
 * except for the few commands whose result follows from the list of files.
 */
#include "config.h"

#include "session/manifest/make_vars.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/tree.h"

#define MAX_VARS  2000
#define MAX_DEPTH 20
#define MAX_ARGS  3

static void expand(struct make_vars *m, const char *text, size_t len, int depth, struct str *out);

/* Setting -------------------------------------------------------------------------- */

void make_vars_init(struct make_vars *m, const struct tree *t, const char *folder, const char *path)
{
	static const char *const usual[][2] = {
		{ "IVERILOG", "iverilog" },
		{ "VERILATOR", "verilator" },
		{ "VLOG", "vlog" },
		{ "YOSYS", "yosys" },
		{ "PWD", "." },
		{ "CURDIR", "." },
	};

	*m = (struct make_vars){ .tree = t, .folder = folder, .path = path };
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		make_vars_set(m, usual[i][0], "=", usual[i][1]);
	make_vars_set(m, "MAKEFILE_LIST", "=", path_base(path));
}

void make_vars_fini(struct make_vars *m)
{
	strv_free(&m->names);
	strv_free(&m->values);
}

static bool find(const struct make_vars *m, const char *name, size_t len, size_t *i)
{
	for (*i = 0; *i < m->names.n; (*i)++)
		if (strncmp(m->names.v[*i], name, len) == 0 && m->names.v[*i][len] == '\0')
			return true;
	return false;
}

const char *make_vars_get(const struct make_vars *m, const char *name)
{
	size_t i;

	return find(m, name, strlen(name), &i) ? m->values.v[i] : NULL;
}

void make_vars_set(struct make_vars *m, const char *name, const char *op, const char *value)
{
	size_t i;
	bool had = find(m, name, strlen(name), &i);
	char *v;

	if ((op[0] == '?' && had) || (!had && m->names.n == MAX_VARS))
		return;
	if (op[0] == ':')
		v = make_vars_expand(m, value);
	else if (op[0] == '+' && had)
		v = str_fmt("%s %s", m->values.v[i], value);
	else
		v = mem_strdup(value);
	if (strlen(v) > MAKE_MAX_TEXT)
		v[MAKE_MAX_TEXT] = '\0';
	if (had) {
		free(m->values.v[i]);
		m->values.v[i] = v;
	} else {
		strv_add(&m->names, name);
		strv_give(&m->values, v);
	}
}

/* Words ------------------------------------------------------------------------------ */

/* Skips blanks at *p and returns the length of the next word; 0 at the end. */
static size_t word(const char **p)
{
	*p += strspn(*p, " \t\n");
	return strcspn(*p, " \t\n");
}

static void add_word(struct str *out, const char *text, size_t len)
{
	if (out->len && out->data[out->len - 1] != ' ')
		str_addc(out, ' ');
	str_add(out, text, len);
}

/* Length of the text that `%` in pattern matches in the word; -1 if it does not match. */
static long stem(const char *pattern, size_t plen, const char *w, size_t len)
{
	const char *percent = memchr(pattern, '%', plen);
	size_t before, after;

	if (!percent)
		return plen == len && memcmp(pattern, w, len) == 0 ? 0 : -1;
	before = (size_t)(percent - pattern);
	after = plen - before - 1;
	if (len < before + after || memcmp(pattern, w, before) != 0 ||
	    memcmp(percent + 1, w + len - after, after) != 0)
		return -1;
	return (long)(len - before - after);
}

static void patsubst(const char *from, const char *to, const char *words, struct str *out)
{
	const char *percent = strchr(from, '%'), *slot = strchr(to, '%');
	size_t n;

	for (const char *p = words; (n = word(&p)) > 0; p += n) {
		long len = stem(from, strlen(from), p, n);

		if (len < 0) {
			add_word(out, p, n);
			continue;
		}
		add_word(out, to, slot ? (size_t)(slot - to) : strlen(to));
		if (slot) {
			str_add(out, p + (percent ? percent - from : 0), (size_t)len);
			str_adds(out, slot + 1);
		}
	}
}

static bool fits_any(const char *patterns, const char *w, size_t len)
{
	size_t n;

	for (const char *p = patterns; (n = word(&p)) > 0; p += n)
		if (stem(p, n, w, len) >= 0)
			return true;
	return false;
}

/* Files ------------------------------------------------------------------------------ */

/* Adds the path relative to the folder where make runs. */
static void add_path(const struct make_vars *m, const char *path, struct str *out)
{
	struct str up = STR_INIT;

	for (const char *p = strcmp(m->folder, ".") == 0 ? NULL : m->folder; p;
	     p = strchr(p + 1, '/'))
		str_adds(&up, "../");
	str_adds(&up, path);
	add_word(out, up.data, up.len);
	str_free(&up);
}

static void glob_in(const struct make_vars *m, const char *folder, const char *pattern,
		    struct strv *hits)
{
	char *both = path_join(folder, pattern), *clean = NULL;

	if (path_clean(both, &clean, NULL))
		tree_glob(m->tree, clean, hits);
	free(clean);
	free(both);
}

/* A Makefile runs where it lies. A .mk is a part of one that may lie above it: the
 * nearest folder in which the pattern has a file is taken for that one's. */
static void glob(const struct make_vars *m, const char *pattern, struct str *out)
{
	struct strv hits = STRV_INIT;
	char *folder = mem_strdup(m->folder);

	glob_in(m, folder, pattern, &hits);
	while (hits.n == 0 && str_ends(m->path, ".mk") && strcmp(folder, ".") != 0) {
		char *above = path_dir(folder);

		free(folder);
		folder = above;
		glob_in(m, folder, pattern, &hits);
	}
	for (size_t i = 0; i < hits.n && out->len < MAKE_MAX_TEXT; i++)
		add_path(m, hits.v[i], out);
	strv_free(&hits);
	free(folder);
}

static void wildcard(const struct make_vars *m, const char *words, struct str *out)
{
	size_t n;

	for (const char *p = words; (n = word(&p)) > 0; p += n) {
		char *pattern = mem_strndup(p, n);

		if (str_starts(pattern, "${")) /* not set: the reader of the names finds out */
			add_word(out, pattern, n);
		else
			glob(m, pattern, out);
		free(pattern);
	}
}

static void shell_glob(void *ctx, const char *pattern, struct strv *hits)
{
	struct str all = STR_LIMIT(MAKE_MAX_TEXT);
	size_t n;

	glob(ctx, pattern, &all);
	for (const char *p = str_cstr(&all); (n = word(&p)) > 0; p += n)
		strv_addn(hits, p, n);
	str_free(&all);
}

static bool shell_read(void *ctx, const char *name, struct str *out)
{
	const struct make_vars *m = ctx;
	char *both = path_join(m->folder, name), *clean = NULL;
	struct str text = STR_INIT;
	bool ok = path_clean(both, &clean, NULL) && m->tree->read &&
		  m->tree->read(m->tree->ctx, clean, SHELL_MAX_VALUE, &text, NULL);

	if (ok)
		str_adds(out, str_cstr(&text));
	str_free(&text);
	free(clean);
	free(both);
	return ok;
}

static void shell_top(void *ctx, struct str *out)
{
	add_path(ctx, ".", out);
}

/* A variable that only a run can determine counts as unset. */
static void shell(struct make_vars *m, const char *command, struct str *out)
{
	static const struct shell_ops ops = { .glob = shell_glob,
					      .read = shell_read,
					      .top = shell_top };
	struct shell *s = shell_new(&ops, (void *)m, m->path, &m->spent);
	struct str text = STR_LIMIT(MAKE_MAX_TEXT);

	shell_output(s, command, &text);
	if (shell_unknown(str_cstr(&text)))
		str_add(out, &m->unset, m->unset && m->calls == 0);
	else
		for (const char *p = str_cstr(&text); *p; p++)
			str_addc(out, *p == '\n' ? ' ' : *p);
	str_free(&text);
	shell_free(s);
}

/* Functions --------------------------------------------------------------------------- */

/* $(dir ...), or else $(notdir ...) */
static void dirs(const char *words, bool dir, struct str *out)
{
	size_t n;

	for (const char *p = words; (n = word(&p)) > 0; p += n) {
		size_t k = n;

		while (k > 0 && p[k - 1] != '/')
			k--;
		if (dir)
			add_word(out, k ? p : "./", k ? k : 2);
		else
			add_word(out, p + k, n - k);
	}
}

static void fixes(const char *prefix, const char *suffix, const char *words, struct str *out)
{
	size_t n;

	for (const char *p = words; (n = word(&p)) > 0; p += n) {
		add_word(out, prefix, strlen(prefix));
		str_add(out, p, n);
		str_adds(out, suffix);
	}
}

static void subst(const char *from, const char *to, const char *text, struct str *out)
{
	size_t n = strlen(from);

	while (*text) {
		if (n && strncmp(text, from, n) == 0) {
			str_adds(out, to);
			text += n;
		} else {
			str_addc(out, *text++);
		}
	}
}

static void filter(const char *patterns, const char *words, bool keep, struct str *out)
{
	size_t n;

	for (const char *p = words; (n = word(&p)) > 0; p += n)
		if (fits_any(patterns, p, n) == keep)
			add_word(out, p, n);
}

static void first_or_last(const char *words, bool last, struct str *out)
{
	const char *best = NULL;
	size_t n, len = 0;

	for (const char *p = words; (n = word(&p)) > 0; p += n) {
		if (last || !best) {
			best = p;
			len = n;
		}
	}
	str_add(out, best ? best : "", len);
}

enum function {
	WILDCARD,
	SHELL,
	SAME,
	DIR,
	NOTDIR,
	PREFIX,
	SUFFIX,
	PATSUBST,
	SUBST,
	FILTER,
	FILTER_OUT,
	FIRST,
	LAST,
	FOREACH,
	IF
};

static const struct {
	const char *name;
	enum function fn;
	int args; /* the last one includes any further commas */
} functions[] = {
	{ "wildcard", WILDCARD, 1 },
	{ "shell", SHELL, 1 },
	{ "abspath", SAME, 1 },
	{ "realpath", SAME, 1 },
	{ "strip", SAME, 1 },
	{ "sort", SAME, 1 },
	{ "dir", DIR, 1 },
	{ "notdir", NOTDIR, 1 },
	{ "addprefix", PREFIX, 2 },
	{ "addsuffix", SUFFIX, 2 },
	{ "patsubst", PATSUBST, 3 },
	{ "subst", SUBST, 3 },
	{ "filter-out", FILTER_OUT, 2 },
	{ "filter", FILTER, 2 },
	{ "firstword", FIRST, 1 },
	{ "lastword", LAST, 1 },
	{ "foreach", FOREACH, 3 },
	{ "if", IF, 3 },
};

static void apply(struct make_vars *m, enum function fn, char *const a[MAX_ARGS], struct str *out)
{
	switch (fn) {
	case WILDCARD:
		wildcard(m, a[0], out);
		break;
	case SHELL:
		shell(m, a[0], out);
		break;
	case SAME:
		str_adds(out, a[0]);
		break;
	case DIR:
		dirs(a[0], true, out);
		break;
	case NOTDIR:
		dirs(a[0], false, out);
		break;
	case PREFIX:
		fixes(a[0], "", a[1], out);
		break;
	case SUFFIX:
		fixes("", a[0], a[1], out);
		break;
	case PATSUBST:
		patsubst(a[0], a[1], a[2], out);
		break;
	case SUBST:
		subst(a[0], a[1], a[2], out);
		break;
	case FILTER:
		filter(a[0], a[1], true, out);
		break;
	case FILTER_OUT:
		filter(a[0], a[1], false, out);
		break;
	case FIRST:
		first_or_last(a[0], false, out);
		break;
	case LAST:
		first_or_last(a[0], true, out);
		break;
	case IF:
		str_adds(out, a[0][strspn(a[0], " \t")] ? a[1] : a[2]);
		break;
	case FOREACH:
		break; /* its text is expanded per word, not in advance */
	}
}

/* Length of an argument, up to a comma outside of brackets. */
static size_t argument(const char *text, size_t len)
{
	int depth = 0;
	size_t i = 0;

	for (; i < len; i++) {
		if (text[i] == '(' || text[i] == '{')
			depth++;
		else if (text[i] == ')' || text[i] == '}')
			depth--;
		else if (text[i] == ',' && depth == 0)
			break;
	}
	return i;
}

static char *expanded(struct make_vars *m, const char *text, size_t len, int depth)
{
	struct str s = STR_LIMIT(MAKE_MAX_TEXT);

	expand(m, text, len, depth, &s);
	return str_take(&s);
}

static void each_word(struct make_vars *m, const char *name, const char *list, const char *text,
		      size_t len, int depth, struct str *out)
{
	size_t n, at;
	char *old = find(m, name, strlen(name), &at) ? mem_strdup(m->values.v[at]) : NULL;

	for (const char *p = list; (n = word(&p)) > 0 && m->steps < MAKE_MAX_STEPS; p += n) {
		char *one = mem_strndup(p, n), *made;

		make_vars_set(m, name, "=", one);
		made = expanded(m, text, len, depth);
		add_word(out, made, strlen(made));
		free(made);
		free(one);
	}
	make_vars_set(m, name, "=", old ? old : "");
	free(old);
}

/* False if text is not a function call. */
static bool call(struct make_vars *m, const char *text, size_t len, int depth, struct str *out)
{
	for (size_t f = 0; f < sizeof(functions) / sizeof(*functions); f++) {
		size_t n = strlen(functions[f].name), i = n, cut;
		char *a[MAX_ARGS] = { NULL };

		if (len <= n || strncmp(text, functions[f].name, n) != 0 ||
		    !isspace((unsigned char)text[n]))
			continue;
		while (i < len && isspace((unsigned char)text[i]))
			i++;
		m->calls++;
		for (int k = 0; k < functions[f].args && i <= len; k++) {
			cut = k + 1 == functions[f].args ? len - i : argument(text + i, len - i);
			if (functions[f].fn == FOREACH && k == 2)
				each_word(m, a[0], a[1], text + i, cut, depth, out);
			else
				a[k] = expanded(m, text + i, cut, depth);
			i += cut + 1;
		}
		m->calls--;
		for (int k = 0; k < MAX_ARGS; k++)
			a[k] = a[k] ? a[k] : mem_strdup("");
		apply(m, functions[f].fn, a, out);
		for (int k = 0; k < MAX_ARGS; k++)
			free(a[k]);
		return true;
	}
	return false;
}

/* Expanding ---------------------------------------------------------------------------- */

/* Expands `NAME` or `NAME:a=b`. keep: a slash follows, so an unset one stays as ${NAME}. */
static void variable(struct make_vars *m, const char *text, size_t len, bool keep, int depth,
		     struct str *out)
{
	const char *colon = memchr(text, ':', len);
	const char *eq = colon ? memchr(colon, '=', len - (size_t)(colon - text)) : NULL;
	size_t n = eq ? (size_t)(colon - text) : len, i;
	char *value, *from, *to;

	if (!find(m, text, n, &i)) {
		if (keep)
			str_addf(out, "${%.*s}", (int)n, text);
		else if (m->unset && m->calls == 0)
			str_addc(out, m->unset);
		return;
	}
	value = expanded(m, m->values.v[i], strlen(m->values.v[i]), depth);
	if (eq) {
		bool percent = memchr(colon + 1, '%', (size_t)(eq - colon - 1));

		from = str_fmt("%s%.*s", percent ? "" : "%", (int)(eq - colon - 1), colon + 1);
		to = str_fmt("%s%.*s", percent ? "" : "%", (int)(text + len - eq - 1), eq + 1);
		patsubst(from, to, value, out);
		free(from);
		free(to);
	} else {
		str_adds(out, value);
	}
	free(value);
}

/* Offset of the bracket that closes the one at text[0]; len if there is none. */
static size_t bracketed(const char *text, size_t len)
{
	char open = text[0], close = open == '(' ? ')' : '}';
	int depth = 0;
	size_t i = 0;

	for (; i < len; i++) {
		if (text[i] == open)
			depth++;
		else if (text[i] == close && --depth == 0)
			break;
	}
	return i;
}

static void expand(struct make_vars *m, const char *text, size_t len, int depth, struct str *out)
{
	for (size_t i = 0; i < len && out->len < MAKE_MAX_TEXT; i++) {
		size_t n;

		if (text[i] != '$' || i + 1 >= len) {
			str_addc(out, text[i]);
			continue;
		}
		i++;
		if (text[i] == '$') {
			str_addc(out, '$');
			continue;
		}
		if (depth >= MAX_DEPTH || ++m->steps > MAKE_MAX_STEPS)
			return;
		if (text[i] != '(' && text[i] != '{') {
			variable(m, text + i, 1, false, depth + 1, out);
			continue;
		}
		n = bracketed(text + i, len - i);
		if (i + n >= len)
			return; /* unclosed */
		if (!call(m, text + i + 1, n - 1, depth + 1, out))
			variable(m, text + i + 1, n - 1, i + n + 1 < len && text[i + n + 1] == '/',
				 depth + 1, out);
		i += n;
	}
}

char *make_vars_expand(struct make_vars *m, const char *text)
{
	return expanded(m, text, strlen(text), 0);
}

char *make_stem(const char *pattern, const char *name)
{
	const char *percent = strchr(pattern, '%');
	size_t before = percent ? (size_t)(percent - pattern) : 0,
	       after = percent ? strlen(percent + 1) : 0, n = strlen(name);

	if (!percent || n <= before + after || strncmp(pattern, name, before) != 0 ||
	    strcmp(name + n - after, percent + 1) != 0)
		return NULL;
	return mem_strndup(name + before, n - before - after);
}

char *make_with_stem(const char *pattern, const char *stem)
{
	struct str s = STR_LIMIT(MAKE_MAX_TEXT);

	for (const char *p = pattern; *p; p++) {
		if (*p == '%')
			str_adds(&s, stem);
		else
			str_addc(&s, *p);
	}
	return str_take(&s);
}
