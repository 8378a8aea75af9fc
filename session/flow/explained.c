#include "config.h"

#include "session/flow/explained.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/journal/state.h"
#include "session/text/slice.h"

#define MARK "explained: "

void explained_keep(const char *path, int line, int end_line, const char *grain, const char *code,
		    size_t len, struct str *out)
{
	str_addf(out, MARK "%d-%d %s %s\n", line, end_line, grain, path);
	str_add(out, code, len);
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

/* Whole lines of the text that are the code. */
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

static bool read_kept(const struct exchange_part *p, const char *path, struct explained *e,
		      struct slice *code)
{
	struct slice rest = { str_cstr(&p->text), p->text.len };
	char grain[16];
	int at = 0;

	while (rest.n) {
		struct slice line = slice_chomp(slice_line(&rest));
		char *l;
		bool ok;

		if (!slice_starts(line, MARK))
			continue;
		l = slice_dup(slice_from(line, strlen(MARK)));
		ok = sscanf(l, "%d-%d %15s %n", &e->line, &e->end_line, grain, &at) == 3 && at &&
		     strcmp(l + at, path) == 0 && e->line >= 1 && e->end_line >= e->line &&
		     e->end_line <= EXPLAINED_LINES_MAX;
		free(l);
		if (!ok)
			return false;
		e->grain = mem_strdup(grain);
		*code = rest;
		return true;
	}
	return false;
}

static void take(const struct exchange *x, const char *path, const char *text, size_t len,
		 struct explained_list *out)
{
	const struct exchange_part *kept = result(x, "module"), *words = result(x, "explain");
	struct explained e = { 0 };
	struct slice code;
	const char *at;

	if (!kept || !words || !read_kept(kept, path, &e, &code))
		return;
	at = find_lines(text, len, code);
	e.stale = !at;
	if (at) {
		int lines = e.end_line - e.line;

		e.line = line_of(text, at);
		e.end_line = e.line + lines;
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].line == e.line && out->v[i].end_line == e.end_line) {
			free(e.grain);
			return; /* a later one is of the same lines */
		}
	e.text = mem_strndup(str_cstr(&words->text), words->text.len);
	out->cap = mem_grow((void **)&out->v, out->cap, out->n + 1, sizeof(*out->v));
	out->v[out->n++] = e;
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
