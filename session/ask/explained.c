/* Finds the lines explained by `explain` after they have moved. The journal keeps the
 * code as it was explained. It is searched for in the current text as whole lines;
 * the explanation applies where it is found. If it is not found, the explanation is
 * stale and keeps its old line numbers. Among several explanations of the same lines
 * the newest counts; for a line, the narrowest one that is not stale is shown.
 */
#include "config.h"

#include "session/ask/explained.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer/answer_note.h"
#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/text/slice.h"

#define MARK "explained: "

void explained_keep(const char *path, int line, int end_line, const char *grain, bool many,
		    const struct str *code, struct str *out)
{
	str_addf(out, MARK "%d-%d %s%s %s\n", line, end_line, grain, many ? "s" : "", path);
	str_add(out, str_cstr(code), code->len);
}

static int line_of(const char *text, const char *at)
{
	int n = 1;

	for (const char *p = text; p < at; p++)
		n += *p == '\n';
	return n;
}

static const struct exchange_part *result(const struct exchange *x, const char *step)
{
	for (size_t i = 0; i < x->n_parts; i++)
		if (x->parts[i].kind == EXCHANGE_RESULT && !x->parts[i].failed &&
		    strcmp(x->parts[i].id, step) == 0)
			return &x->parts[i];
	return NULL;
}

/* The first occurrence of code in text that consists of whole lines; NULL: none. */
static const char *find_lines(const char *text, size_t len, struct slice code)
{
	const char *from = text, *at;

	while (code.n && (at = memmem(from, len - (size_t)(from - text), code.p, code.n))) {
		size_t end = (size_t)(at - text) + code.n;
		bool starts = at == text || at[-1] == '\n';
		bool ends = end == len || text[end] == '\n' || text[end - 1] == '\n';

		if (starts && ends)
			return at;
		from = at + 1;
	}
	return NULL;
}

struct stretch {
	int line, end_line;
	char grain[16];
	bool many; /* see explained_keep() */
	struct slice code;
};

static bool read_kept(const struct exchange_part *p, const char *path, struct stretch *k)
{
	struct slice rest = { str_cstr(&p->text), p->text.len };
	int at = 0;

	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));
		size_t n;
		char *l;
		bool ok;

		if (!slice_starts(line, MARK))
			continue;
		l = slice_dup(slice_from(line, strlen(MARK)));
		ok = sscanf(l, "%d-%d %15s %n", &k->line, &k->end_line, k->grain, &at) == 3 && at &&
		     strcmp(l + at, path) == 0 && k->line >= 1 && k->end_line >= k->line &&
		     k->end_line <= EXPLAINED_LINES_MAX;
		free(l);
		n = ok ? strlen(k->grain) : 0;
		k->many = n && k->grain[n - 1] == 's';
		if (k->many)
			k->grain[n - 1] = '\0';
		k->code = rest;
		return ok;
	}
	return false;
}

/* Adds one explanation. e has the original lines; grain and words are copied. */
static void add(struct explained_list *out, struct explained e, struct slice code,
		const char *grain, struct slice words, const char *text, size_t len)
{
	const char *at = find_lines(text, len, code);

	e.stale = !at;
	if (at) {
		int lines = e.end_line - e.line;

		e.line = line_of(text, at);
		e.end_line = e.line + lines;
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].line == e.line && out->v[i].end_line == e.end_line)
			return; /* a newer one covers the same lines */
	e.grain = mem_strdup(grain);
	e.text = slice_dup(words);
	MEM_PUSH(out->v, out->n, out->cap, e);
}

/* Adds each note separately, so that each moves or becomes stale alone. */
static void take_notes(struct stretch *k, struct slice words, const char *path, const char *text,
		       size_t len, struct explained_list *out)
{
	while (words.n && out->n < EXPLAINED_MAX) {
		struct answer_note n;
		struct slice code;

		if (!answer_note(slice_line(&words), path, &n))
			continue;
		code = slice_part(k->code, n.first, n.last);
		if (code.n && n.last <= EXPLAINED_LINES_MAX)
			add(out,
			    (struct explained){ .line = (int)n.first, .end_line = (int)n.last },
			    code, k->grain, n.words, text, len);
	}
}

static void take(const struct exchange *x, const char *path, const char *text, size_t len,
		 struct explained_list *out)
{
	const struct exchange_part *module = result(x, "module"), *words = result(x, "explain");
	struct stretch k;
	struct slice said;

	if (!module || !words || !read_kept(module, path, &k))
		return;
	said = (struct slice){ str_cstr(&words->text), words->text.len };
	if (k.many)
		take_notes(&k, said, path, text, len, out);
	else
		add(out, (struct explained){ .line = k.line, .end_line = k.end_line }, k.code,
		    k.grain, said, text, len);
}

static bool is_one(const struct exchange *x)
{
	return strcmp(x->backend, EXCHANGE_FLOW) == 0 &&
	       str_starts(str_cstr(&x->question), "/explain");
}

size_t explained_count(const struct state *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->n_chat; i++)
		n += is_one(s->chat[i]) && s->chat[i]->state != EXCHANGE_ASKED;
	return n;
}

void explained_of(const struct state *s, const char *path, const char *text, size_t len,
		  struct explained_list *out)
{
	for (size_t i = s->n_chat; i-- > 0 && out->n < EXPLAINED_MAX;) {
		const struct exchange *x = s->chat[i];

		if (is_one(x))
			take(x, path, text, len, out);
	}
}

void explained_fini(struct explained_list *l)
{
	for (size_t i = 0; i < l->n; i++) {
		free(l->v[i].grain);
		free(l->v[i].text);
	}
	free(l->v);
	*l = (struct explained_list){ 0 };
}

const struct explained *explained_at(const struct explained_list *l, int line)
{
	const struct explained *best = NULL;

	for (size_t i = 0; i < l->n; i++) {
		const struct explained *e = &l->v[i];

		if (line < e->line || line > e->end_line)
			continue;
		if (!best || e->stale < best->stale ||
		    (e->stale == best->stale &&
		     e->end_line - e->line < best->end_line - best->line))
			best = e;
	}
	return best;
}
