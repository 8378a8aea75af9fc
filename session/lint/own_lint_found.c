/* Maps a position in the preprocessed text back to the file, and decides whether
 * a finding there may be reported. Rules work on the flat text, in which macros
 * are expanded; each token knows where in the file it came from, and tokens from
 * included files are not reported here. Pragmas (`verilator lint_off`, `posedge
 * lint_off`) are read from the comments before that position. Some rules have a
 * counterpart in a tool under another code; if the tool reports the same signal,
 * ours is dropped.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/output/diag.h"
#include "session/verilog/vpp.h"

#define FLAT_MAX (8u << 20)

/* The flat text ----------------------------------------------------------------- */

void own_flatten(struct own_flat *f, const struct own_lint_text *t)
{
	struct vpp *p = vpp_new(t->path, t->text, t->len, t->env);
	struct vpp_token k;
	int line = 1;

	*f = (struct own_flat){ 0 };
	while (vpp_next(p, &k) && f->text.len < FLAT_MAX) {
		if (k.line != line)
			str_addc(&f->text, '\n');
		else if (k.gap || f->n == 0)
			str_addc(&f->text, ' ');
		line = k.line;
		MEM_PUSH(f->v, f->n, f->cap,
			 (struct own_piece){ f->text.len, k.off, k.to, k.line, k.included });
		str_add(&f->text, k.s, k.len);
		if (k.len && k.s[0] == '\\')
			str_addc(&f->text, ' ');
	}
	vpp_free(p);
}

void own_flat_fini(struct own_flat *f)
{
	str_free(&f->text);
	free(f->v);
	*f = (struct own_flat){ 0 };
}

size_t own_flat_line(const struct own_flat *f, int line)
{
	size_t lo = 0, hi = f->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->v[mid].line < line)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

const struct own_piece *own_flat_at(const struct own_flat *f, size_t at)
{
	size_t lo = 0, hi = f->n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (f->v[mid].at <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo ? &f->v[lo - 1] : NULL;
}

/* Pragmas ------------------------------------------------------------------------ */

static const struct {
	const char *code, *pragma, *tools; /* tools: "" if no tool has it */
} twins[] = {
	{ "MULTIDRIVEN", "MULTIDRIVEN", "MULTIDRIVEN" },
	{ "LATCH", "LATCH", "LATCH" },
	{ "ASSIGNREG", "ASSIGNREG", "CONTASSREG" },
	{ "SENSLIST", "SENSLIST", "" },
	{ "EDGELIST", "EDGELIST", "" },
	{ "ENDLESS", "ENDLESS", "INFINITELOOP" },
	{ "TWICE", "TWICE", "" },
};

static bool one_of(const char *s, size_t n, const char *code)
{
	for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++)
		if (strcmp(twins[i].code, code) == 0)
			return (n == strlen(twins[i].pragma) &&
				memcmp(s, twins[i].pragma, n) == 0) ||
			       (n && n == strlen(twins[i].tools) &&
				memcmp(s, twins[i].tools, n) == 0);
	return false;
}

/* Handles "verilator lint_off LATCH": updates *off, the state from here on. */
static void read_pragma(const char *s, size_t n, const char *code, bool *off)
{
	const char *end = s + n, *p = memmem(s, n, "lint_o", 6), *word;
	bool is_off;

	if (!p || (!memmem(s, (size_t)(p - s), "verilator", 9) &&
		   !memmem(s, (size_t)(p - s), "posedge", 7)))
		return;
	is_off = end - p > 8 && memcmp(p, "lint_off", 8) == 0;
	p += is_off ? 8 : 7;
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	for (word = p; p < end && ((*p >= 'A' && *p <= 'Z') || *p == '_'); p++)
		;
	if (one_of(word, (size_t)(p - word), code))
		*off = is_off;
}

static bool is_off(const struct own_lint_text *t, size_t upto, const char *code)
{
	enum vlex_state state = VLEX_CODE;
	bool off = false;

	if (!memmem(t->text, t->len, "lint_off", 8))
		return false;
	for (size_t at = 0; at < upto && at < t->len;) {
		struct vtoken k = vlex_next(t->text, t->len, at, &state);

		if (k.kind == VTOKEN_COMMENT)
			read_pragma(t->text + k.off, k.len, code, &off);
		at = k.off + k.len;
	}
	return off;
}

/* Findings ----------------------------------------------------------------------- */

static void line_of(const struct own_lint_text *t, size_t off, size_t *start, size_t *len)
{
	size_t from = off < t->len ? off : t->len, to = from;

	while (from > 0 && t->text[from - 1] != '\n')
		from--;
	while (to < t->len && t->text[to] != '\n' && t->text[to] != '\r')
		to++;
	*start = from;
	*len = to - from;
}

void own_add(const struct own_unit *u, size_t token, const char *code, const char *text,
	     const char *hint)
{
	const struct vstmt_token *k = &u->s->tokens[token];
	const struct own_piece *at = own_flat_at(u->flat, k->off);
	struct str context = STR_INIT, name = STR_INIT;
	struct diag d = { .rank = DIAG_RISK,
			  .path = u->file->path,
			  .text = text,
			  .hint = hint,
			  .len = (int)k->len,
			  .waivable = true };
	size_t start, len;

	if (!at || at->included || is_off(u->file, at->off, code))
		return;
	line_of(u->file, at->off, &start, &len);
	str_add(&context, u->file->text + start, len);
	str_addf(&name, OWN_LINT_PREFIX "%s", code);
	d.line = at->line;
	d.col = (int)(at->off - start) + 1;
	d.code = str_cstr(&name);
	d.context = str_cstr(&context);
	diag_list_add_new(u->out, &d);
	str_free(&context);
	str_free(&name);
}

bool own_is_verilog(const struct own_unit *u)
{
	struct voutline o;
	bool sv;

	if (!u->file->verilog)
		return false;
	voutline_read(&o, u->file->path, u->file->text, u->file->len, u->file->env);
	sv = o.systemverilog;
	voutline_fini(&o);
	return !sv;
}

/* Compares the names the texts quote; both quote the signal before anything else. */
static bool same_signal(const char *a, const char *b)
{
	const char *p = strchr(a, '\''), *q = strchr(b, '\'');
	size_t n = p ? strcspn(p + 1, "'") : 0, m;
	const char *tail;

	if (!p || !q)
		return false;
	/* The tool may give a hierarchical name, top.u0.q. */
	m = strcspn(q + 1, "'");
	tail = memrchr(q + 1, '.', m);
	if (tail) {
		m -= (size_t)(tail - q);
		q = tail;
	}
	return n == m && memcmp(p + 1, q + 1, n) == 0;
}

bool own_lint_said(const struct diag_list *found, const struct diag *d)
{
	const char *code = d->code + strlen(OWN_LINT_PREFIX), *tools = "";

	for (size_t i = 0; i < sizeof(twins) / sizeof(*twins); i++)
		if (strcmp(twins[i].code, code) == 0)
			tools = twins[i].tools;
	for (size_t i = 0; tools[0] && i < diag_list_len(found); i++) {
		const struct diag *x = diag_list_at(found, i);

		if (strcmp(x->code, tools) == 0 && strcmp(x->path, d->path) == 0 &&
		    (strchr(x->text, '\'') ? same_signal(d->text, x->text) : d->line == x->line))
			return true;
	}
	return false;
}
