/* Goes through the commands of a shell text in order. Both branches of a condition
 * count, since nobody knows which one a run takes; in them, a value that is not
 * known does not replace one that is. A function is read where it is called, with
 * its arguments.
 */
#include "config.h"

#include "session/manifest/shell.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/manifest/shell_inner.h"

#define MAX_CALLS     8	 /* functions, sourced files and `sh -c` in one another */
#define MAX_LOOPS     20 /* in one another: a task's stack is small */
#define MAX_FUNCTIONS 500
#define MAX_TEXTS     200

static const char unknown[] = { SHELL_UNKNOWN, '\0' };

static void run(struct shell *s, const struct shell_tokens *t, size_t from, size_t to);

bool shell_is_spent(const struct shell_spent *s)
{
	return s->steps >= (int)SHELL_MAX_STEPS || s->work > SHELL_MAX_WORK;
}

static bool is_spent(const struct shell *s)
{
	return shell_is_spent(s->spent);
}

struct shell *shell_new(const struct shell_ops *ops, void *ctx, const char *script,
			struct shell_spent *spent)
{
	struct shell *s = mem_zalloc(sizeof(*s));
	char *self = str_fmt("./%s", path_base(script));

	s->ops = ops;
	s->ctx = ctx;
	s->spent = spent;
	s->output = shell_output;
	vars_set(&s->vars, "0", self);
	vars_set(&s->vars, "BASH_SOURCE", self);
	vars_set(&s->vars, "PWD", ".");
	free(self);
	return s;
}

void shell_free(struct shell *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_texts; i++) {
		shell_tokens_fini(s->texts[i]);
		free(s->texts[i]);
	}
	for (size_t i = 0; i < s->n_functions; i++)
		free(s->functions[i].name);
	free(s->texts);
	free(s->functions);
	vars_fini(&s->vars);
	free(s);
}

const char *shell_get(const struct shell *s, const char *name)
{
	return vars_get(&s->vars, name, strlen(name));
}

/* Assignments ---------------------------------------------------------------------------- */

/* The words between the brackets of an array, joined by blanks; the caller frees. */
static char *array(struct shell *s, const char *raw)
{
	struct shell_tokens t = { 0 };
	struct strv words = STRV_INIT;
	struct str all = STR_LIMIT(SHELL_MAX_VALUE);
	size_t n = strlen(raw);

	shell_lex(&t, raw + 1, n > 1 ? n - 2 : 0, 1);
	for (size_t i = 0; i < t.n; i++)
		if (!t.v[i].op)
			shell_words(s, t.v[i].text, &words);
	for (size_t i = 0; i < words.n; i++)
		str_addf(&all, "%s%s", i ? " " : "", words.v[i]);
	strv_free(&words);
	shell_tokens_fini(&t);
	return str_take(&all);
}

/* raw is NAME=value or NAME+=value; n: length of NAME */
static void assign(struct shell *s, const char *raw, size_t n)
{
	bool more = raw[n] == '+';
	const char *text = raw + n + 1 + more;
	char *name = mem_strndup(raw, n);
	char *value = text[0] == '(' ? array(s, text) : shell_value(s, text);
	const char *old = vars_get(&s->vars, name, n);

	if (more && old) {
		char *both = str_fmt("%s%s%s", old, text[0] == '(' ? " " : "", value);

		free(value);
		value = both;
	}
	if (strlen(value) < SHELL_MAX_VALUE && !(s->branches && old && shell_unknown(value)))
		vars_set(&s->vars, name, value);
	free(value);
	free(name);
}

/* export NAME=value and its like; csh's `set NAME = value` and `setenv NAME value`. */
static bool declaration(struct shell *s, const struct shell_tokens *t, size_t i, size_t end)
{
	static const char *const words[] = { "export",	"readonly", "declare",
					     "typeset", "local",    NULL };
	bool is = false;
	char *value;

	if ((end - i == 4 && strcmp(t->v[i].text, "set") == 0 &&
	     strcmp(t->v[i + 2].text, "=") == 0) ||
	    (end - i == 3 && strcmp(t->v[i].text, "setenv") == 0)) {
		value = shell_value(s, t->v[end - 1].text);
		vars_set(&s->vars, t->v[i + 1].text, value);
		free(value);
		return true;
	}
	for (const char *const *w = words; *w; w++)
		is |= strcmp(t->v[i].text, *w) == 0;
	for (size_t k = i + 1; is && k < end; k++) {
		size_t n = shell_assigned(t->v[k].text);

		if (n)
			assign(s, t->v[k].text, n);
	}
	return is;
}

/* Functions and other texts ---------------------------------------------------------------- */

static void arguments(struct shell *s, char *const *words, size_t n)
{
	struct str all = STR_LIMIT(SHELL_MAX_VALUE);

	for (size_t i = 1; i < 10; i++) {
		char name[2] = { (char)('0' + i), '\0' };

		vars_set(&s->vars, name, i < n ? words[i] : "");
	}
	for (size_t i = 1; i < n; i++)
		str_addf(&all, "%s%s", i > 1 ? " " : "", words[i]);
	vars_set(&s->vars, "@", str_cstr(&all));
	vars_set(&s->vars, "*", str_cstr(&all));
	str_free(&all);
}

static void forget_arguments(struct shell *s)
{
	for (size_t i = 1; i < 10; i++) {
		char name[2] = { (char)('0' + i), '\0' };

		vars_set(&s->vars, name, unknown);
	}
	vars_set(&s->vars, "@", unknown);
	vars_set(&s->vars, "*", unknown);
}

static bool function(struct shell *s, char *const *words, size_t n)
{
	for (size_t i = s->n_functions; i-- > 0;) {
		struct shell_function f = s->functions[i];

		if (strcmp(f.name, words[0]) != 0)
			continue;
		s->functions[i].called = true;
		if (s->nested < MAX_CALLS) {
			s->nested++;
			arguments(s, words, n);
			run(s, f.tokens, f.from, f.to);
			forget_arguments(s);
			s->nested--;
		}
		return true;
	}
	return false;
}

/* source FILE, eval TEXT, sh -c TEXT */
static bool other_text(struct shell *s, char *const *words, size_t n, int line)
{
	bool source = strcmp(words[0], "source") == 0 || strcmp(words[0], ".") == 0;
	const char *base = path_base(words[0]);
	struct str text = STR_LIMIT(SHELL_MAX_VALUE);
	bool is = true;

	if (n < 2)
		return false;
	if (source)
		s->ops->read(s->ctx, words[1], &text);
	else if (strcmp(words[0], "eval") == 0)
		for (size_t i = 1; i < n; i++)
			str_addf(&text, "%s ", words[i]);
	else if (n > 2 && str_ends(base, "sh") && words[1][0] == '-' && str_ends(words[1], "c"))
		str_adds(&text, words[2]);
	else
		is = false;
	if (is && s->nested < MAX_CALLS) {
		s->nested++;
		shell_text(s, str_cstr(&text), text.len, line);
		s->nested--;
	}
	str_free(&text);
	return is;
}

/* Commands ---------------------------------------------------------------------------------- */

static bool is_op(const struct shell_tokens *t, size_t i, size_t to, const char *op)
{
	return i < to && t->v[i].op && strcmp(t->v[i].text, op) == 0;
}

static bool is_word(const struct shell_tokens *t, size_t i, size_t to, const char *word)
{
	return i < to && t->v[i].first && strcmp(t->v[i].text, word) == 0;
}

static bool is_redirection(const struct shell_token *k)
{
	return k->op && strchr("<>", k->text[0]);
}

static void command(struct shell *s, const struct shell_tokens *t, size_t from, size_t to)
{
	struct strv words = STRV_INIT;
	size_t i = from, n;

	while (i < to && !t->v[i].op && (n = shell_assigned(t->v[i].text)) > 0)
		assign(s, t->v[i++].text, n);
	if (i == to || declaration(s, t, i, to))
		return;
	for (; i < to; i++) {
		bool number = strspn(t->v[i].text, "012") == 1 && t->v[i].text[1] == '\0';

		if (is_redirection(&t->v[i]))
			i += i + 1 < to && t->v[i + 1].op ? 2 : 1; /* its target; `>& 2` */
		else if (!t->v[i].op && !(number && i + 1 < to && is_redirection(&t->v[i + 1])))
			shell_words(s, t->v[i].text, &words);
	}
	if (words.n && !function(s, words.v, words.n) &&
	    !other_text(s, words.v, words.n, t->v[from].line) && s->ops->run)
		s->ops->run(s->ctx, words.v, words.n, t->v[from].line);
	strv_free(&words);
}

/* End of the simple command that starts at i. */
static size_t command_end(const struct shell_tokens *t, size_t i, size_t to)
{
	while (i < to && (!t->v[i].op || is_redirection(&t->v[i]) ||
			  (is_op(t, i, to, "&") && ((i > 0 && is_redirection(&t->v[i - 1])) ||
						    (i + 1 < to && is_redirection(&t->v[i + 1]))))))
		i++;
	return i;
}

/* Index of what closes the block whose opening word is at i. */
static size_t block_end(const struct shell_tokens *t, size_t i, size_t to)
{
	bool loop = strcmp(t->v[i].text, "{") != 0;
	int depth = 0;

	for (; i < to; i++) {
		const char *w = t->v[i].text;

		if (!t->v[i].first)
			continue;
		if (loop ? strcmp(w, "for") == 0 || strcmp(w, "while") == 0 ||
				    strcmp(w, "until") == 0 || strcmp(w, "select") == 0
			 : strcmp(w, "{") == 0)
			depth++;
		else if (strcmp(w, loop ? "done" : "}") == 0 && --depth == 0)
			break;
	}
	return i;
}

/* Patterns among the words of a `for` become the files that match. */
static void loop_words(struct shell *s, const struct shell_tokens *t, size_t from, size_t to,
		       struct strv *out)
{
	struct strv words = STRV_INIT;

	for (size_t i = from; i < to && !t->v[i].op; i++)
		shell_words(s, t->v[i].text, &words);
	for (size_t i = 0; i < words.n; i++) {
		size_t before = out->n;

		bool pattern = strpbrk(words.v[i], "*?") != NULL;
		char *deep = strstr(words.v[i], "**");

		if (deep) /* bash's, unless someone sets globstar: one folder */
			memmove(deep, deep + 1, strlen(deep));
		if (pattern && !shell_unknown(words.v[i]))
			s->ops->glob(s->ctx, words.v[i], out);
		if (out->n == before) /* a build makes what it matches */
			strv_add(out, pattern ? unknown : words.v[i]);
	}
	strv_free(&words);
}

/* for NAME in WORDS; do ... done. Returns the index behind it. */
static size_t loop(struct shell *s, const struct shell_tokens *t, size_t i, size_t to)
{
	size_t end = block_end(t, i, to), body = i;
	struct strv words = STRV_INIT;
	const char *name = i + 1 < end ? t->v[i + 1].text : "";

	while (body < end && !is_word(t, body, end, "do"))
		body++;
	if (i + 2 < end && strcmp(t->v[i + 2].text, "in") == 0)
		loop_words(s, t, i + 3, body, &words);
	if (words.n == 0) /* `for ((...))`, or unknown words */
		strv_add(&words, unknown);
	s->loops++;
	for (size_t k = 0; body < end && k < words.n && s->loops <= MAX_LOOPS && !is_spent(s);
	     k++) {
		vars_set(&s->vars, name, words.v[k]);
		run(s, t, body + 1, end);
	}
	s->loops--;
	strv_free(&words);
	return end < to ? end + 1 : to;
}

/* NAME() { ... } or function NAME { ... }: index behind it, or i if it is not one. */
static size_t definition(struct shell *s, const struct shell_tokens *t, size_t i, size_t to)
{
	bool word = is_word(t, i, to, "function");
	size_t name = i + word, k = name + 1, end;

	if (is_op(t, k, to, "(") && is_op(t, k + 1, to, ")"))
		k += 2;
	else if (!word)
		return i;
	while (is_op(t, k, to, "\n"))
		k++;
	if (k >= to || name >= to || strcmp(t->v[k].text, "{") != 0)
		return i;
	t->v[k].first = true;
	end = block_end(t, k, to);
	if (s->n_functions < MAX_FUNCTIONS) {
		MEM_PUSH(s->functions, s->n_functions, s->cap_functions,
			 (struct shell_function){ .name = mem_strdup(t->v[name].text),
						  .tokens = t,
						  .from = k + 1,
						  .to = end });
	}
	return end < to ? end + 1 : to;
}

static void run(struct shell *s, const struct shell_tokens *t, size_t from, size_t to)
{
	int open = 0;

	for (size_t i = from; i < to && !is_spent(s);) {
		size_t next;

		s->spent->steps++;
		if (t->v[i].op) {
			if (s->ops->nest &&
			    (is_op(t, i, to, "(") || (is_op(t, i, to, ")") && open))) {
				open += t->v[i].text[0] == '(' ? 1 : -1;
				s->ops->nest(s->ctx, t->v[i].text[0] == '(');
			}
			i++;
		} else if (is_word(t, i, to, "for")) {
			i = loop(s, t, i, to);
		} else if ((next = definition(s, t, i, to)) > i) {
			i = next;
		} else if (t->v[i].first && shell_keyword(t->v[i].text)) {
			s->branches += strcmp(t->v[i].text, "if") == 0;
			s->branches -= strcmp(t->v[i].text, "fi") == 0 && s->branches;
			i++;
		} else {
			next = command_end(t, i, to);
			command(s, t, i, next);
			i = next > i ? next : i + 1;
		}
	}
	while (s->ops->nest && open-- > 0)
		s->ops->nest(s->ctx, false);
}

void shell_text(struct shell *s, const char *text, size_t len, int line)
{
	struct shell_tokens *t;
	size_t functions = s->n_functions;
	char *whole;

	if (s->n_texts == MAX_TEXTS || is_spent(s))
		return;
	s->spent->work += len;
	t = mem_zalloc(sizeof(*t));
	whole = mem_strndup(text, len);
	shell_lex(t, whole, strlen(whole), line);
	MEM_PUSH(s->texts, s->n_texts, s->cap_texts, t);
	run(s, t, 0, t->n);
	if (s->n_functions == functions) { /* nothing points into it; a batch file has many */
		s->n_texts--;
		shell_tokens_fini(t);
		free(t);
	}
	free(whole);
}

void shell_end(struct shell *s)
{
	forget_arguments(s);
	for (size_t i = 0; i < s->n_functions; i++)
		if (!s->functions[i].called) {
			struct shell_function f = s->functions[i];

			s->functions[i].called = true;
			run(s, f.tokens, f.from, f.to);
		}
}
