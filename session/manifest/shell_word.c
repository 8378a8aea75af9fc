/* A word as written becomes the words that it stands for: quotes, variables,
 * outputs of commands, braces. Patterns of file names stay as they are.
 */
#include "config.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/shell_inner.h"

#define MAX_DEPTH 12 /* of values in values */
#define MAX_WORDS 20000u

struct fields {
	struct str cur;
	bool any;	  /* the current word exists, though it may be empty */
	struct strv *out; /* NULL: do not split */
};

static void end_field(struct fields *f)
{
	if (f->out && (f->any || f->cur.len) && f->out->n < MAX_WORDS)
		strv_add(f->out, str_cstr(&f->cur));
	if (f->out)
		str_clear(&f->cur);
	f->any = false;
}

static void add(struct fields *f, char c)
{
	if (f->cur.len < SHELL_MAX_VALUE)
		str_addc(&f->cur, c);
}

static void add_value(struct shell *s, struct fields *f, const char *value, bool split)
{
	s->spent->work += strlen(value);
	for (; *value; value++) {
		if (split && f->out && isspace((unsigned char)*value))
			end_field(f);
		else
			add(f, *value == '\n' ? ' ' : *value);
	}
}

static void expand(struct shell *s, const char *t, size_t n, bool quoted, struct fields *f);

static char *expanded(struct shell *s, const char *t, size_t n)
{
	struct fields f = { .cur = STR_INIT };

	expand(s, t, n, false, &f);
	return str_take(&f.cur);
}

/* `${NAME%pattern}` and its like ------------------------------------------------------ */

/* Cuts the shortest or longest part that matches, from the start or the end. */
static void cut(char *value, const char *pattern, bool end, bool longest)
{
	size_t n = strlen(value), best = n + 1; /* bytes that go */

	for (size_t k = 0; k <= n; k++) {
		char kept = value[k];
		bool fits;

		if (!end)
			value[k] = '\0';
		fits = fnmatch(pattern, end ? value + n - k : value, 0) == 0;
		value[k] = kept;
		if (fits && (best > n || longest))
			best = k;
	}
	if (best > n)
		return;
	if (end)
		value[n - best] = '\0';
	else
		memmove(value, value + best, n - best + 1);
}

/* Replaces literal text; a pattern in it makes the result unknown. */
static char *replaced(const char *value, const char *from, const char *to, bool all)
{
	struct str out = STR_LIMIT(SHELL_MAX_VALUE);
	size_t n = strlen(from);

	if (n == 0 || strpbrk(from, "*?["))
		return str_fmt("%c", SHELL_UNKNOWN);
	while (*value) {
		if (strncmp(value, from, n) == 0) {
			str_adds(&out, to);
			value += n;
			if (!all)
				break;
		} else {
			str_addc(&out, *value++);
		}
	}
	str_adds(&out, value);
	return str_take(&out);
}

/* value with the operator at op; the caller frees. value: NULL, not set. */
static char *operated(struct shell *s, const char *value, const char *op, size_t n)
{
	bool colon = n && op[0] == ':';
	char kind = n > (size_t)colon ? op[colon] : '\0', *word, *made;
	size_t skip = colon + 1u;
	bool twice = n > skip && op[skip] == kind && strchr("%#/", kind);
	bool empty = !value || (colon && !*value);

	if (kind == '\0' || !strchr("-=+?%#/", kind) || (colon && strchr("%#/", kind)))
		return str_fmt("%c", SHELL_UNKNOWN);
	word = expanded(s, op + skip + twice, n - skip - twice);
	if (strchr("-=", kind)) {
		made = mem_strdup(empty ? word : value);
	} else if (kind == '+') {
		made = mem_strdup(empty ? "" : word);
	} else if (!value || shell_unknown(value) || kind == '?') {
		made = value && kind == '?' ? mem_strdup(value) : str_fmt("%c", SHELL_UNKNOWN);
	} else if (kind == '/') {
		char *to = strchr(word, '/');

		if (to)
			*to++ = '\0';
		made = replaced(value, word, to ? to : "", twice);
	} else if ((s->spent->work += strlen(value) * strlen(value)) > SHELL_MAX_WORK) {
		made = str_fmt("%c", SHELL_UNKNOWN);
	} else {
		made = mem_strdup(value);
		cut(made, word, kind == '%', twice);
	}
	free(word);
	return made;
}

/* Length of a variable's name. */
static size_t name_length(const char *t, size_t n)
{
	size_t k = 0;

	while (k < n && (isalnum((unsigned char)t[k]) || t[k] == '_'))
		k++;
	if (k && isdigit((unsigned char)t[0]))
		return 1;
	return k ? k : n && strchr("@*#?$!-", t[0]) ? 1 : 0;
}

/* An unset variable followed by a slash stays as ${NAME}: it may be a folder that the
 * files reveal. */
static void add_unset(struct fields *f, const char *name, size_t n, bool slash)
{
	if (slash && f->cur.len == 0 && !isdigit((unsigned char)name[0])) {
		add(f, '$');
		add(f, '{');
		for (size_t i = 0; i < n; i++)
			add(f, name[i]);
		add(f, '}');
	} else {
		add(f, SHELL_UNKNOWN);
	}
}

/* The inside of `${...}`. */
static void braced(struct shell *s, const char *t, size_t n, bool slash, bool quoted,
		   struct fields *f)
{
	size_t len = name_length(t, n), rest = len;
	const char *value;
	bool list = n && t[0] == '@';

	if (len == 0 || (strchr("#!", t[0]) && n > 1)) {
		add(f, SHELL_UNKNOWN);
		return;
	}
	if (rest < n && t[rest] == '[') {
		list = t[rest + 1] == '@' || t[rest + 1] == '*';
		while (rest < n && t[rest] != ']')
			rest++;
		rest += rest < n;
	}
	value = vars_get(&s->vars, t, len);
	if (rest < n) {
		char *made = operated(s, value, t + rest, n - rest);

		add_value(s, f, made, !quoted || list);
		free(made);
	} else if (value) {
		add_value(s, f, value, !quoted || list);
	} else {
		add_unset(f, t, len, slash);
	}
}

static void output(struct shell *s, const char *t, size_t n, bool quoted, struct fields *f)
{
	char *command = mem_strndup(t, n);
	struct str out = STR_LIMIT(SHELL_MAX_VALUE);

	s->output(s, command, &out);
	add_value(s, f, str_cstr(&out), !quoted);
	str_free(&out);
	free(command);
}

/* Handles `$` at t[0]; returns the bytes that belong to it. */
static size_t dollar(struct shell *s, const char *t, size_t n, bool quoted, struct fields *f)
{
	size_t len, end;
	const char *value;

	if (n > 1 && (t[1] == '(' || t[1] == '{')) {
		end = shell_skip(t, 0, n);
		if (n > 2 && t[1] == '(' && t[2] == '(')
			add(f, SHELL_UNKNOWN); /* a sum */
		else if (t[1] == '(')
			output(s, t + 2, end > 3 ? end - 3 : 0, quoted, f);
		else
			braced(s, t + 2, end > 3 ? end - 3 : 0, end < n && t[end] == '/', quoted,
			       f);
		return end;
	}
	len = name_length(t + 1, n - 1);
	if (len == 0) {
		add(f, '$');
		return 1;
	}
	value = vars_get(&s->vars, t + 1, len);
	if (value)
		add_value(s, f, value, !quoted || t[1] == '@');
	else
		add_unset(f, t + 1, len, 1 + len < n && t[1 + len] == '/');
	return 1 + len;
}

static void expand(struct shell *s, const char *t, size_t n, bool quoted, struct fields *f)
{
	s->spent->work += n;
	if (s->depth >= MAX_DEPTH || s->spent->work > SHELL_MAX_WORK) {
		add(f, SHELL_UNKNOWN);
		return;
	}
	s->depth++;
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;

		if (t[i] == '\\') {
			if (quoted && i + 1 < n && !strchr("$`\"\\\n", t[i + 1]))
				add(f, '\\');
			if (i + 1 < n && t[i + 1] != '\n')
				add(f, t[i + 1]);
			end = i + 2;
		} else if (t[i] == '\'' && !quoted) {
			end = shell_skip(t, i, n);
			for (size_t k = i + 1; k + 1 < end; k++)
				add(f, t[k]);
			f->any = true;
		} else if (t[i] == '"' && !quoted) {
			end = shell_skip(t, i, n);
			expand(s, t + i + 1, end > i + 2 ? end - i - 2 : 0, true, f);
			f->any = true;
		} else if (t[i] == '`') {
			end = shell_skip(t, i, n);
			output(s, t + i + 1, end > i + 2 ? end - i - 2 : 0, quoted, f);
		} else if (t[i] == '$') {
			end = i + dollar(s, t + i, n - i, quoted, f);
		} else {
			add(f, t[i]);
		}
		i = end;
	}
	s->depth--;
}

/* Braces ------------------------------------------------------------------------------- */

/* True if raw has {a,b} outside quotes; from, to: where its brackets are. */
static bool find_braces(const char *raw, size_t *from, size_t *to)
{
	size_t n = strlen(raw);
	bool comma = false;

	for (size_t i = 0; i < n;) {
		if (strchr("'\"`", raw[i]) ||
		    (raw[i] == '$' && (raw[i + 1] == '(' || raw[i + 1] == '{'))) {
			i = shell_skip(raw, i, n);
			continue;
		}
		if (raw[i] == '\\') {
			i += 2;
			continue;
		}
		if (raw[i] == '{') {
			*from = i;
			comma = false;
			for (*to = i + 1; *to < n && !strchr("{}'\"$`\\", raw[*to]); ++*to)
				comma |= raw[*to] == ',';
			if (comma && raw[*to] == '}')
				return true;
		}
		i++;
	}
	return false;
}

static void words(struct shell *s, const char *raw, int braces, struct strv *out)
{
	size_t from, to;
	struct fields f = { .cur = STR_INIT, .out = out };

	if (braces < 4 && find_braces(raw, &from, &to)) {
		for (size_t i = from + 1; i <= to && s->spent->work <= SHELL_MAX_WORK;) {
			size_t n = strcspn(raw + i, ",}");
			char *one = str_fmt("%.*s%.*s%s", (int)from, raw, (int)n, raw + i,
					    raw + to + 1);

			words(s, one, braces + 1, out);
			free(one);
			i += n + 1;
		}
		return;
	}
	expand(s, raw, strlen(raw), false, &f);
	end_field(&f);
	str_free(&f.cur);
}

void shell_words(struct shell *s, const char *raw, struct strv *out)
{
	words(s, raw, 0, out);
}

char *shell_value(struct shell *s, const char *raw)
{
	return expanded(s, raw, strlen(raw));
}
