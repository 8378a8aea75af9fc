/* What a command in `$(...)` would print, where that follows from the names and the
 * texts of files: find, ls, cat, echo, basename, dirname, realpath, pwd, `cd X && pwd`,
 * wc -l, and behind a pipe sort, uniq, grep, wc -l and awk '{print $1}'.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/shell_inner.h"

#define MAX_NESTED 6

struct output {
	struct shell *s;
	struct str text; /* lines */
	char *cd;	 /* where `cd` went; NULL: nowhere */
};

static void line(struct output *o, const char *text)
{
	str_addf(&o->text, "%s\n", text);
}

static void lines(struct output *o, const struct strv *l)
{
	for (size_t i = 0; i < l->n; i++)
		line(o, l->v[i]);
}

/* `find DIR... [-maxdepth N] [!] -name PATTERN ...` -------------------------------------- */

struct search {
	struct strv dirs, names, not ; /* the patterns it must match one of, and none of */
	bool flat, odd;
};

static void search_words(struct search *f, char *const *w, size_t n)
{
	bool not = false;

	for (size_t i = 1; i < n; i++) {
		bool name = strcmp(w[i], "-name") == 0 || strcmp(w[i], "-iname") == 0,
		     path = strcmp(w[i], "-path") == 0 || strcmp(w[i], "-wholename") == 0;

		if (strcmp(w[i], "!") == 0 || strcmp(w[i], "-not") == 0) {
			not = true;
			continue;
		}
		if ((name || path) && i + 1 < n) {
			strv_add(not ? &f->not : &f->names, w[++i]);
			f->odd |= path && !not ;
		} else if (strcmp(w[i], "-maxdepth") == 0 && i + 1 < n) {
			f->flat = strcmp(w[++i], "1") == 0;
			f->odd |= w[i][0] == '0';
		} else if (strcmp(w[i], "-type") == 0 && i + 1 < n) {
			f->odd |= w[++i][0] == 'd';
		} else if (strcmp(w[i], "-regex") == 0 || strcmp(w[i], "-exec") == 0 ||
			   strcmp(w[i], "-mindepth") == 0) {
			f->odd = true;
		} else if (w[i][0] != '-' && !strchr("()", w[i][0]) && f->names.n == 0) {
			strv_add(&f->dirs, w[i]);
		}
		not = false;
	}
	if (f->dirs.n == 0)
		strv_add(&f->dirs, ".");
	if (f->names.n == 0)
		strv_add(&f->names, "*");
}

static bool excluded(const struct search *f, const char *path)
{
	for (size_t i = 0; i < f->not .n; i++)
		if (tree_matches(f->not .v[i], strchr(f->not .v[i], '/') ? path : path_base(path)))
			return true;
	return false;
}

static bool find(struct output *o, char *const *w, size_t n)
{
	struct search f = { 0 };
	struct strv hits = STRV_INIT;
	bool known;

	search_words(&f, w, n);
	known = !f.odd && !o->cd;
	for (size_t d = 0; known && d < f.dirs.n; d++) {
		for (size_t i = 0; i < f.names.n; i++) {
			char *pattern =
				str_fmt("%s/%s%s", f.dirs.v[d], f.flat ? "" : "**/", f.names.v[i]);

			known = known && !shell_unknown(pattern);
			if (known)
				o->s->ops->glob(o->s->ctx, pattern, &hits);
			free(pattern);
		}
	}
	for (size_t i = hits.n; i-- > 0;)
		if (excluded(&f, hits.v[i]))
			strv_drop(&hits, i);
	if (known)
		lines(o, &hits);
	strv_free(&hits);
	strv_free(&f.dirs);
	strv_free(&f.names);
	strv_free(&f.not );
	return known;
}

/* Other commands ------------------------------------------------------------------------- */

/* The names in a folder, without it; for anything else, the name itself. */
static void list_folder(struct output *o, const char *name, struct strv *out)
{
	struct strv in = STRV_INIT;
	char *all = str_fmt("%s/*", name);

	o->s->ops->glob(o->s->ctx, all, &in);
	for (size_t i = 0; i < in.n; i++)
		strv_add(out, path_base(in.v[i]));
	if (in.n == 0)
		strv_add(out, name);
	strv_free(&in);
	free(all);
}

static bool ls(struct output *o, char *const *w, size_t n)
{
	struct strv hits = STRV_INIT;

	for (size_t i = 1; i < n; i++) {
		size_t before = hits.n;

		if (w[i][0] == '-')
			continue;
		o->s->ops->glob(o->s->ctx, w[i], &hits);
		if (hits.n == before && !strpbrk(w[i], "*?"))
			list_folder(o, w[i], &hits);
	}
	lines(o, &hits);
	strv_free(&hits);
	return !o->cd;
}

static bool cat(struct output *o, char *const *w, size_t n)
{
	bool known = n > 1 && !o->cd;

	for (size_t i = 1; known && i < n; i++)
		known = o->s->ops->read(o->s->ctx, w[i], &o->text);
	return known;
}

static bool echo(struct output *o, char *const *w, size_t n)
{
	size_t i = 1;

	while (i < n && (strcmp(w[i], "-n") == 0 || strcmp(w[i], "-e") == 0))
		i++;
	for (; i < n; i++)
		str_addf(&o->text, "%s%s", w[i], i + 1 < n ? " " : "\n");
	return true;
}

static const char *argument(char *const *w, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (w[i][0] != '-')
			return w[i];
	return NULL;
}

static bool base(struct output *o, char *const *w, size_t n)
{
	char *name;
	size_t len, end;

	if (!argument(w, n))
		return false;
	name = mem_strdup(path_base(argument(w, n)));
	len = strlen(name);
	end = n > 2 ? strlen(w[n - 1]) : 0;
	if (end && end < len && strcmp(name + len - end, w[n - 1]) == 0)
		name[len - end] = '\0';
	line(o, name);
	free(name);
	return true;
}

/* A folder is often known as "." only, so what is above it is "./..". */
static bool above(struct output *o, char *const *w, size_t n)
{
	const char *name = argument(w, n), *last = name ? path_base(name) : NULL;
	char *folder;

	if (!name)
		return false;
	folder = strcmp(last, ".") == 0 || strcmp(last, "..") == 0 ? str_fmt("%s/..", name)
								   : path_dir(name);
	line(o, folder);
	free(folder);
	return true;
}

static bool same(struct output *o, char *const *w, size_t n)
{
	if (!argument(w, n))
		return false;
	line(o, argument(w, n));
	return true;
}

static bool pwd(struct output *o, char *const *w, size_t n)
{
	line(o, o->cd ? o->cd : ".");
	return true;
}

static bool cd(struct output *o, char *const *w, size_t n)
{
	free(o->cd);
	o->cd = argument(w, n) ? mem_strdup(argument(w, n)) : NULL;
	return o->cd != NULL;
}

/* Only `git rev-parse --show-toplevel`. */
static bool git(struct output *o, char *const *w, size_t n)
{
	if (n != 3 || strcmp(w[1], "rev-parse") != 0 || !o->s->ops->top)
		return false;
	o->s->ops->top(o->s->ctx, &o->text);
	str_addc(&o->text, '\n');
	return true;
}

/* Filters ------------------------------------------------------------------------------- */

static bool grep(struct output *o, char *const *w, size_t n)
{
	struct str kept = STR_LIMIT(SHELL_MAX_VALUE);
	const char *pattern = argument(w, n);
	bool not = n == 3 && strcmp(w[1], "-v") == 0;

	/* More of a pattern than a name is not understood. */
	if (!pattern || (n != 2 && !not ) || strpbrk(pattern, "*[]^$\\|+?()"))
		return false;
	for (const char *p = str_cstr(&o->text); *p;) {
		size_t len = strcspn(p, "\n");
		char *one = mem_strndup(p, len);

		if ((strstr(one, pattern) != NULL) != not )
			str_addf(&kept, "%s\n", one);
		free(one);
		p += len + (p[len] != '\0');
	}
	str_free(&o->text);
	o->text = kept;
	return true;
}

/* `wc -l FILE`, and behind a pipe. */
static bool count(struct output *o, char *const *w, size_t n)
{
	struct str text = STR_LIMIT(SHELL_MAX_VALUE);
	bool known = n == 3 && strcmp(w[1], "-l") == 0 && !o->cd &&
		     o->s->ops->read(o->s->ctx, w[2], &text) && text.len < SHELL_MAX_VALUE;

	if (known)
		str_addf(&o->text, "%zu %s\n", str_count(str_cstr(&text), '\n'), w[2]);
	str_free(&text);
	return known;
}

static bool count_piped(struct output *o, char *const *w, size_t n)
{
	size_t all = str_count(str_cstr(&o->text), '\n');

	if (n != 2 || strcmp(w[1], "-l") != 0 || o->text.len >= SHELL_MAX_VALUE)
		return false;
	str_clear(&o->text);
	str_addf(&o->text, "%zu\n", all);
	return true;
}

/* `awk '{print $1}'` */
static bool first_words(struct output *o, char *const *w, size_t n)
{
	struct str kept = STR_LIMIT(SHELL_MAX_VALUE);

	if (n != 2 || strcmp(w[1], "{print $1}") != 0)
		return false;
	for (const char *p = str_cstr(&o->text); *p; p += strcspn(p, "\n"), p += *p != '\0') {
		p += strspn(p, " \t");
		str_addf(&kept, "%.*s\n", (int)strcspn(p, " \t\n"), p);
	}
	str_free(&o->text);
	o->text = kept;
	return true;
}

static bool order(struct output *o, char *const *w, size_t n)
{
	return true; /* the order of files matters to no one here */
}

struct command {
	const char *name;
	bool (*fn)(struct output *o, char *const *w, size_t n); /* false: not known */
	bool filter;
};

static const struct command commands[] = {
	{ "find", find },
	{ "ls", ls },
	{ "cat", cat },
	{ "echo", echo },
	{ "basename", base },
	{ "dirname", above },
	{ "realpath", same },
	{ "readlink", same },
	{ "pwd", pwd },
	{ "cd", cd },
	{ "wc", count },
	{ "wc", count_piped, true },
	{ "awk", first_words, true },
	{ "git", git },
	{ "grep", grep, true },
	{ "sort", order, true },
	{ "uniq", order, true },
	{ "xargs", order, true },
};

static bool evaluate(struct output *o, bool piped, struct strv *w)
{
	if (w->n == 0)
		return true;
	for (size_t i = 0; i < w->n; i++)
		if (shell_unknown(w->v[i]))
			return false;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		bool plain = true;

		for (size_t k = 1; commands[i].fn == order && k < w->n; k++)
			plain &= w->v[k][0] == '-';

		if (strcmp(w->v[0], commands[i].name) == 0 && commands[i].filter == piped)
			return plain && commands[i].fn(o, w->v, w->n);
	}
	return false;
}

/* `< FILE`: what a filter reads. */
static bool input(struct output *o, const char *raw)
{
	struct strv name = STRV_INIT;
	bool known;

	shell_words(o->s, raw, &name);
	known = name.n == 1 && !shell_unknown(name.v[0]) && !o->cd && o->text.len == 0 &&
		o->s->ops->read(o->s->ctx, name.v[0], &o->text);
	strv_free(&name);
	return known;
}

void shell_output(struct shell *s, const char *command, struct str *out)
{
	struct output o = { .s = s, .text = STR_LIMIT(SHELL_MAX_VALUE) };
	struct shell_tokens t = { 0 };
	struct strv w = STRV_INIT;
	bool known = s->nested < MAX_NESTED && ++s->spent->steps < (int)SHELL_MAX_STEPS,
	     piped = false;

	s->nested++;
	shell_lex(&t, command, strlen(command), 1);
	for (size_t i = 0; known && i <= t.n; i++) {
		bool op = i == t.n || t.v[i].op;

		if (!op) {
			shell_words(s, t.v[i].text, &w);
			continue;
		}
		if (i + 1 < t.n && strcmp(t.v[i].text, "<") == 0 && !t.v[i + 1].op) {
			known = input(&o, t.v[i + 1].text);
			piped = true;
			i++;
			continue;
		}
		if (i < t.n && strchr("<>", t.v[i].text[0])) {
			/* `2>/dev/null`: neither the number nor the target is a word of it */
			if (w.n > 1 && strspn(w.v[w.n - 1], "012&") == strlen(w.v[w.n - 1]))
				strv_drop(&w, w.n - 1);
			i += 1 + (i + 1 < t.n && t.v[i + 1].op);
			continue;
		}
		if (i < t.n && strcmp(t.v[i].text, "&") == 0 && i + 1 < t.n &&
		    t.v[i + 1].text[0] == '>')
			continue; /* `&>` */
		known = evaluate(&o, piped, &w);
		piped = i < t.n && strcmp(t.v[i].text, "|") == 0;
		strv_free(&w);
	}
	s->nested--;
	if (known)
		str_add(out, str_cstr(&o.text),
			o.text.len && str_cstr(&o.text)[o.text.len - 1] == '\n' ? o.text.len - 1
										: o.text.len);
	else
		str_addc(out, SHELL_UNKNOWN);
	strv_free(&w);
	shell_tokens_fini(&t);
	str_free(&o.text);
	free(o.cd);
}
