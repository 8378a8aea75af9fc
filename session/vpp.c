/* The preprocessor: a stack of texts, the last of which is being read.
 *
 *	the first text		... `include "a.vh" ...
 *	 an included file	... `ADD(x, y) ...
 *	  what a macro made	... ((x)+(y)) ...
 *
 * A text that ends is taken off, and reading goes on in the one below. What a
 * condition leaves out is still cut into tokens, for `endif in a comment ends
 * nothing.
 */
#include "config.h"

#include "session/vpp.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/vpp_inner.h"

#define CHUNK (64u << 10)
#define NAME_MAX 4096u		/* of an included file */
#define MAX_NOTES 16u

/* Texts ------------------------------------------------------------------------ */

static size_t newlines(const char *s, size_t len)
{
	size_t n = 0;

	for (const char *end = s + len; (s = memchr(s, '\n', (size_t)(end - s))); s++)
		n++;
	return n;
}

struct vtoken vframe_raw(struct vframe *f)
{
	struct vtoken t = vlex_next(f->text, f->len, f->off, &f->lex);

	f->off += t.len;
	if (t.kind > VTOKEN_COMMENT && t.kind != VTOKEN_STRING)
		return t;
	if (t.len == 1)
		f->line += f->text[t.off] == '\n';
	else
		f->line += (int)newlines(f->text + t.off, t.len);
	return t;
}

void vframe_skip_line(struct vframe *f)
{
	while (f->off < f->len) {
		struct vtoken t = vframe_raw(f);
		const char *s = f->text + t.off;
		bool taken_in = t.off > 0 && s[-1] == '\\';

		if (t.kind == VTOKEN_SPACE && newlines(s, t.len) > (taken_in ? 1u : 0u))
			break;
	}
}

bool vframe_name(struct vframe *f, const char **name, size_t *len)
{
	enum vlex_state lex = VLEX_CODE;
	struct vtoken t;

	while (f->off < f->len && (f->text[f->off] == ' ' || f->text[f->off] == '\t'))
		f->off++;
	if (f->off >= f->len || f->text[f->off] == '\n')
		return false;
	t = vlex_next(f->text, f->len, f->off, &lex);
	if (t.kind != VTOKEN_NAME && t.kind != VTOKEN_KEYWORD)
		return false;
	f->off += t.len;
	*name = f->text + t.off;
	*len = t.len;
	if (**name == '\\' && *len > 1) {
		++*name;
		--*len;
	}
	return true;
}

char *vpp_keep(struct vpp *p, const char *s, size_t len)
{
	struct vchunk *c = p->arena;
	char *at;

	if (p->macro_bytes + len + 64 > VPP_MACRO_BYTES) {
		vpp_note(p, str_fmt("macros make more than %u MiB of text; from line %d on they are left out",
				    VPP_MACRO_BYTES >> 20, p->frames[0].line));
		p->macro_bytes = VPP_MACRO_BYTES;
		return NULL;
	}
	p->macro_bytes += len + 64;
	if (!c || c->size - c->used < len) {
		size_t size = len > CHUNK ? len : CHUNK;

		c = mem_alloc(sizeof(*c) + size);
		c->next = p->arena;
		c->size = size;
		c->used = 0;
		p->arena = c;
	}
	at = c->data + c->used;
	memcpy(at, s, len);
	c->used += len;
	return at;
}

void vpp_note(struct vpp *p, char *text)
{
	if (p->notes.n < MAX_NOTES && !strv_has(&p->notes, text))
		strv_give(&p->notes, text);
	else
		free(text);
}

/* Macros ----------------------------------------------------------------------- */

const struct vmacro *vpp_find(const struct vpp *p, const char *name, size_t len)
{
	const struct vmacro *m = vmacros_find(p->macros, name, len);

	if (!m && p->env && !vmacros_cleared(p->macros))
		m = vmacros_find(p->env->given, name, len);
	return m && m->defined ? m : NULL;
}

/* Each name once; a use says more than a question. */
static void note_use(struct vpp *p, const char *name, size_t len, bool asked)
{
	const struct vmacro *known;
	struct vmacro mark = { .line = (int)p->n_uses + 1 };

	if (len > NAME_MAX)
		return;
	known = vmacros_find(p->used, name, len);
	if (known) {
		struct vmacro_use *u = &p->uses[known->line - 1];

		if (u->asked && !asked) {
			u->asked = false;
			u->line = p->frames[0].line;
		}
		return;
	}
	if (p->n_uses >= VPP_LIST_MAX)
		return;
	p->cap_uses = mem_grow((void **)&p->uses, p->cap_uses, p->n_uses + 1, sizeof(*p->uses));
	p->uses[p->n_uses++] = (struct vmacro_use){ mem_strndup(name, len), p->depth > 1 ? p->from_line : p->frames[0].line, asked };
	mark.name = mem_strndup(name, len);
	vmacros_take(p->used, &mark);
}

/* Conditions ------------------------------------------------------------------- */

static void open_cond(struct vpp *p, bool holds)
{
	p->cap_conds = mem_grow((void **)&p->conds, p->cap_conds, p->n_conds + 1, sizeof(*p->conds));
	p->conds[p->n_conds++] = (struct vcond){ .outer = !p->dead, .taken = holds };
	p->dead |= !holds;
}

static void next_branch(struct vpp *p, bool holds)
{
	struct vcond *c = &p->conds[p->n_conds - 1];

	p->dead = !c->outer || c->taken || !holds;
	c->taken |= holds;
}

static void close_cond(struct vpp *p)
{
	p->dead = !p->conds[--p->n_conds].outer;
}

/* Only those of the file that it stands in can be closed or gone on with. */
static bool has_cond(const struct vpp *p)
{
	size_t i = p->depth;

	while (p->frames[i - 1].macro)
		i--;
	return p->n_conds > p->frames[i - 1].conds;
}

static bool asked_defined(struct vpp *p, struct vframe *f, bool wanted)
{
	const char *name;
	size_t len;

	if (!vframe_name(f, &name, &len))
		return false;
	if (!wanted || vpp_find(p, name, len))
		return wanted;
	note_use(p, name, len, true);
	return false;
}

/* Includes --------------------------------------------------------------------- */

static size_t times_open(const struct vpp *p, const char *path)
{
	size_t n = 0;

	for (size_t i = 0; i < p->depth; i++)
		n += !p->frames[i].macro && p->frames[i].path && strcmp(p->frames[i].path, path) == 0;
	return n;
}

static bool known_include(const struct vpp *p, const char *path, const char *name)
{
	for (size_t i = 0; i < p->n_includes; i++) {
		const struct vinclude *in = &p->includes[i];

		if (path ? in->path && strcmp(in->path, path) == 0 : !in->path && strcmp(in->name, name) == 0)
			return true;
	}
	return false;
}

static void note_include(struct vpp *p, const char *name, const char *path)
{
	/* A thousand, for each is compared with all before it. */
	if (p->n_includes >= 1000 || known_include(p, path, name))
		return;
	p->cap_includes = mem_grow((void **)&p->includes, p->cap_includes, p->n_includes + 1, sizeof(*p->includes));
	p->includes[p->n_includes++] = (struct vinclude){ mem_strdup(name), mem_strdup(path),
		p->depth > 1 ? p->from_line : p->frames[0].line, p->files > 1 };
}

static void include(struct vpp *p, const char *s, size_t len, bool angle)
{
	const struct vframe *f = &p->frames[p->depth - 1];
	const char *path = NULL, *text = NULL;
	char *name;
	size_t n = 0;
	bool found;

	if (len == 0 || len > NAME_MAX || memchr(s, '\0', len))
		return;
	name = mem_strndup(s, len);
	found = p->env && p->env->include && p->env->include(p->env->ctx, f->path, name, angle, &path, &text, &n);
	note_include(p, name, found ? path : NULL);
	if (!found) {
		free(name);
		return;
	}
	if (p->files > VPP_FILE_DEPTH || times_open(p, path) > 1) {
		vpp_note(p, str_fmt("%s includes itself, again and again; it is left out there", path));
	} else if (p->file_bytes + n > VPP_FILE_BYTES) {
		vpp_note(p, str_fmt("the included files are more than %u MiB; %s is left out", VPP_FILE_BYTES >> 20, path));
	} else {
		p->file_bytes += n;
		p->frames[p->depth++] = (struct vframe){ .text = text, .len = n, .line = 1, .path = path, .conds = p->n_conds };
		p->files++;
		if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
			p->frames[p->depth - 1].off = 3;
	}
	free(name);
}

/* After `include: the token that must name the file. */
static void include_token(struct vpp *p, struct vframe *f, const struct vtoken *t)
{
	const char *s = f->text + t->off;
	const char *end;

	p->want_include = false;
	if (t->kind == VTOKEN_STRING) {
		include(p, s + 1, t->len >= 2 && s[t->len - 1] == '"' ? t->len - 2 : t->len - 1, false);
	} else if (t->kind == VTOKEN_SYMBOL && *s == '<') {
		size_t n = f->len - t->off - 1;
		const char *line = memchr(s, '\n', n);

		end = memchr(s + 1, '>', line ? (size_t)(line - s) : n);
		if (end) {
			f->off = (size_t)(end - f->text) + 1;
			include(p, s + 1, (size_t)(end - s) - 1, true);
		}
	}
}

/* Directives ------------------------------------------------------------------- */

enum directive {
	DIR_NONE,	/* a macro */
	DIR_ALONE,	/* nothing follows that belongs to it */
	DIR_LINE,	/* the rest of its line belongs to it */
	DIR_BEGIN_KEYWORDS,
	DIR_DEFINE,
	DIR_ELSE,
	DIR_ELSIF,
	DIR_ENDIF,
	DIR_FILE,
	DIR_IFDEF,
	DIR_IFNDEF,
	DIR_INCLUDE,
	DIR_LINENO,
	DIR_NETTYPE,
	DIR_PRAGMA,
	DIR_RESETALL,
	DIR_TIMESCALE,
	DIR_UNDEF,
	DIR_UNDEFALL,
};

/* Sorted by bytes. The ones that are no part of the standard are those of
 * Verilog-XL, which files of cells still have. */
static const struct {
	const char *name;
	enum directive what;
} directives[] = {
	{ "__FILE__", DIR_FILE },
	{ "__LINE__", DIR_LINENO },
	{ "accelerate", DIR_ALONE },
	{ "autoexpand_vectornets", DIR_ALONE },
	{ "begin_keywords", DIR_BEGIN_KEYWORDS },
	{ "celldefine", DIR_ALONE },
	{ "default_decay_time", DIR_LINE },
	{ "default_nettype", DIR_NETTYPE },
	{ "default_trireg_strength", DIR_LINE },
	{ "define", DIR_DEFINE },
	{ "delay_mode_distributed", DIR_ALONE },
	{ "delay_mode_path", DIR_ALONE },
	{ "delay_mode_unit", DIR_ALONE },
	{ "delay_mode_zero", DIR_ALONE },
	{ "disable_portfaults", DIR_ALONE },
	{ "else", DIR_ELSE },
	{ "elsif", DIR_ELSIF },
	{ "enable_portfaults", DIR_ALONE },
	{ "end_keywords", DIR_ALONE },
	{ "endcelldefine", DIR_ALONE },
	{ "endif", DIR_ENDIF },
	{ "endprotect", DIR_ALONE },
	{ "endprotected", DIR_ALONE },
	{ "expand_vectornets", DIR_ALONE },
	{ "ifdef", DIR_IFDEF },
	{ "ifndef", DIR_IFNDEF },
	{ "include", DIR_INCLUDE },
	{ "line", DIR_LINE },
	{ "noaccelerate", DIR_ALONE },
	{ "noexpand_vectornets", DIR_ALONE },
	{ "noremove_gatenames", DIR_ALONE },
	{ "noremove_netnames", DIR_ALONE },
	{ "nosuppress_faults", DIR_ALONE },
	{ "nounconnected_drive", DIR_ALONE },
	{ "pragma", DIR_PRAGMA },
	{ "protect", DIR_ALONE },
	{ "protected", DIR_ALONE },
	{ "remove_gatenames", DIR_ALONE },
	{ "remove_netnames", DIR_ALONE },
	{ "resetall", DIR_RESETALL },
	{ "suppress_faults", DIR_ALONE },
	{ "timescale", DIR_TIMESCALE },
	{ "unconnected_drive", DIR_LINE },
	{ "undef", DIR_UNDEF },
	{ "undefineall", DIR_UNDEFALL },
	{ "uselib", DIR_LINE },
};

static enum directive directive(const char *name, size_t len)
{
	size_t lo = 0, hi = sizeof(directives) / sizeof(*directives);

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int order = strncmp(directives[mid].name, name, len);

		if (order == 0 && directives[mid].name[len] != '\0')
			order = 1;
		if (order == 0)
			return directives[mid].what;
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return DIR_NONE;
}

bool vpp_time(const char *s, size_t len, int *exponent)
{
	static const struct {
		const char *unit;
		int exponent;
	} units[] = { { "s", 0 }, { "ms", -3 }, { "us", -6 }, { "ns", -9 }, { "ps", -12 }, { "fs", -15 } };
	size_t zeros = 0, i = 1;

	if (len < 2 || s[0] != '1')
		return false;
	for (; i < len && s[i] == '0'; i++)
		zeros++;
	while (i < len && (s[i] == ' ' || s[i] == '\t'))
		i++;
	for (size_t u = 0; zeros <= 2 && u < sizeof(units) / sizeof(*units); u++) {
		if (len - i != strlen(units[u].unit) || memcmp(s + i, units[u].unit, len - i) != 0)
			continue;
		*exponent = units[u].exponent + (int)zeros;
		return true;
	}
	return false;
}

/* "1ns / 1ps" up to the end of the line. Macros in it are not expanded. */
static void timescale(struct vpp *p, struct vframe *f)
{
	size_t from = f->off, slash = 0, to = 0;
	struct vtimescale t = { .known = true };

	while (from < f->len && (f->text[from] == ' ' || f->text[from] == '\t'))
		from++;
	for (to = from; to < f->len && !strchr("\r\n", f->text[to]) && f->text[to]; to++) {
		if (f->text[to] != '/')
			continue;
		if (slash)
			break;	/* a comment */
		slash = to;
	}
	vframe_skip_line(f);
	if (slash) {
		size_t a = slash, b = slash + 1;

		while (a > from && strchr(" \t", f->text[a - 1]))
			a--;
		while (b < to && strchr(" \t", f->text[b]))
			b++;
		while (to > b && strchr(" \t;", f->text[to - 1]))
			to--;
		if (vpp_time(f->text + from, a - from, &t.unit) && vpp_time(f->text + b, to - b, &t.precision))
			p->timescale = t;
	}
}

static void nettype(struct vpp *p, struct vframe *f)
{
	const char *name;
	size_t len;

	if (!vframe_name(f, &name, &len) || len > NAME_MAX)
		return;
	free(p->nettype);
	p->nettype = mem_strndup(name, len);
}

/* What begins, goes on or ends a branch is looked at in dead ones, too. */
static bool cond_directive(struct vpp *p, struct vframe *f, enum directive d)
{
	switch (d) {
	case DIR_IFDEF:
	case DIR_IFNDEF:
		open_cond(p, asked_defined(p, f, !p->dead) == (d == DIR_IFDEF));
		return true;
	case DIR_ELSIF: {
		bool open = has_cond(p);
		bool wanted = open && p->conds[p->n_conds - 1].outer && !p->conds[p->n_conds - 1].taken;
		bool holds = asked_defined(p, f, wanted);

		if (open)
			next_branch(p, holds);
		return true;
	}
	case DIR_ELSE:
		if (has_cond(p))
			next_branch(p, true);
		return true;
	case DIR_ENDIF:
		if (has_cond(p))
			close_cond(p);
		return true;
	default:
		return false;
	}
}

static void other_directive(struct vpp *p, struct vframe *f, enum directive d)
{
	const char *name;
	size_t len;

	p->saw_directive |= p->depth == 1;
	switch (d) {
	case DIR_DEFINE:
		vpp_define(p, f, true);
		break;
	case DIR_UNDEF:
		if (vframe_name(f, &name, &len))
			vmacros_undef(p->macros, name, len);
		break;
	case DIR_UNDEFALL:
		vmacros_undef_all(p->macros);
		break;
	case DIR_INCLUDE:
		p->want_include = true;
		break;
	case DIR_TIMESCALE:
		timescale(p, f);
		break;
	case DIR_NETTYPE:
		nettype(p, f);
		break;
	case DIR_RESETALL:
		p->timescale = (struct vtimescale){ 0 };
		free(p->nettype);
		p->nettype = mem_strdup("");
		break;
	case DIR_PRAGMA:
	case DIR_BEGIN_KEYWORDS:
		p->saw_2005 = true;
		/* fallthrough */
	case DIR_LINE:
		vframe_skip_line(f);
		break;
	default:
		break;
	}
}

/* Tokens ----------------------------------------------------------------------- */

struct vpp *vpp_new(const char *path, const char *text, size_t len, const struct vpp_env *env)
{
	struct vpp *p = mem_zalloc(sizeof(*p));

	p->env = env;
	p->macros = vmacros_new();
	p->used = vmacros_new();
	p->nettype = mem_strdup("");
	p->frames[0] = (struct vframe){ .text = text, .len = len, .line = 1, .path = path };
	p->depth = p->files = 1;
	/* A byte-order mark is no token. */
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		p->frames[0].off = 3;
	return p;
}

void vpp_free(struct vpp *p)
{
	if (!p)
		return;
	for (struct vchunk *c = p->arena, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	for (size_t i = 0; i < p->n_uses; i++)
		free(p->uses[i].name);
	for (size_t i = 0; i < p->n_includes; i++) {
		free(p->includes[i].name);
		free(p->includes[i].path);
	}
	free(p->uses);
	free(p->includes);
	strv_free(&p->notes);
	str_free(&p->quoted);
	vmacros_free(p->macros);
	vmacros_free(p->used);
	free(p->conds);
	free(p->nettype);
	free(p);
}

/* The last text is at its end. False: it was the first. */
static bool close_frame(struct vpp *p)
{
	struct vframe *f = &p->frames[p->depth - 1];

	p->gap |= !f->macro;
	if (p->depth == 1)
		return false;
	if (!f->macro) {
		while (p->n_conds > f->conds)
			close_cond(p);
		p->files--;
		p->want_include = false;
	}
	p->depth--;
	if (p->quote_depth > p->depth) {	/* it was not closed */
		p->quote_depth = 0;
		str_free(&p->quoted);
	}
	return true;
}

static void where(const struct vpp *p, struct vpp_token *t)
{
	t->included = p->files > 1;
	if (p->depth > 1) {
		t->off = p->from_off;
		t->to = p->from_to;
		t->line = p->from_line;
	}
}

static void give(struct vpp *p, enum vtoken_kind kind, const char *s, size_t len, struct vpp_token *out)
{
	out->kind = kind;
	out->s = s;
	out->len = out->left = len;
	out->word = 0;
	out->sv_word = false;
	out->gap = p->gap;
	p->gap = false;
	where(p, out);
}

/* __FILE__ and __LINE__. */
static bool give_place(struct vpp *p, const struct vframe *f, enum directive d, struct vpp_token *out)
{
	char *text = d == DIR_FILE ? str_fmt("\"%s\"", f->path ? f->path : "") : str_fmt("%d", f->macro ? f->use_line : f->line);
	const char *kept = vpp_keep(p, text, strlen(text));

	if (kept)
		give(p, d == DIR_FILE ? VTOKEN_STRING : VTOKEN_NUMBER, kept, strlen(text), out);
	free(text);
	return kept != NULL;
}

/* True: *out is the token. p->from_* is set where more than the first text is
 * opened. */
static bool backquoted(struct vpp *p, const struct vtoken *t, int line, struct vpp_token *out)
{
	struct vframe *f = &p->frames[p->depth - 1];
	const char *name = f->text + t->off + 1;
	size_t len = t->len - 1;
	enum directive d = directive(name, len);
	const struct vmacro *m;

	if (cond_directive(p, f, d)) {
		p->saw_directive |= p->depth == 1;
		p->gap = true;
		return false;
	}
	if (p->dead) {
		if (d == DIR_DEFINE)
			vpp_define(p, f, false);
		return false;
	}
	if (d == DIR_FILE || d == DIR_LINENO)
		return give_place(p, f, d, out);
	if (d != DIR_NONE) {
		p->gap = true;
		other_directive(p, f, d);
		return false;
	}
	if (len > 1 && *name == '\\') {
		name++;
		len--;
	}
	m = vpp_find(p, name, len);
	if (m && vpp_expand(p, m)) {
		if (f == &p->frames[0]) {
			p->from_off = t->off;
			p->from_line = line;
		}
		/* The first text may have gone on to the end of the arguments. */
		p->from_to = p->frames[0].off;
		return false;
	}
	if (!m)
		note_use(p, name, len, false);
	p->want_include = false;
	give(p, VTOKEN_DIRECTIVE, f->text + t->off, t->len, out);
	return true;
}

/* Between `" and `": all that comes becomes one string. True: it is done. */
static bool quote_token(struct vpp *p, const struct vframe *f, const struct vtoken *t, struct vpp_token *out)
{
	const char *s = f->text + t->off, *kept;
	size_t len;

	if (t->kind == VTOKEN_COMMENT) {
		str_addc(&p->quoted, ' ');
	} else if (t->kind == VTOKEN_SYMBOL && t->len == 4 && memcmp(s, "`\\`\"", 4) == 0) {
		str_adds(&p->quoted, "\\\"");
	} else if (t->kind == VTOKEN_SYMBOL && t->len == 2 && memcmp(s, "`\"", 2) == 0) {
		str_addc(&p->quoted, '"');
		len = p->quoted.len;
		kept = vpp_keep(p, str_cstr(&p->quoted), len);
		str_free(&p->quoted);
		p->quote_depth = 0;
		if (kept)
			give(p, VTOKEN_STRING, kept, len, out);
		return kept != NULL;
	} else if (p->quoted.len + t->len <= VPP_MACRO_BYTES - p->macro_bytes) {
		str_add(&p->quoted, s, t->len);
	}
	return false;
}

static bool begins_quote(struct vpp *p, const struct vframe *f, const struct vtoken *t)
{
	if (t->kind != VTOKEN_SYMBOL || t->len != 2 || !f->macro || memcmp(f->text + t->off, "`\"", 2) != 0)
		return false;
	str_addc(&p->quoted, '"');
	p->quote_depth = p->depth;
	return true;
}

bool vpp_next(struct vpp *p, struct vpp_token *out)
{
	for (;;) {
		struct vframe *f = &p->frames[p->depth - 1];
		struct vtoken t;
		int line = f->line;

		if (f->off >= f->len) {
			if (close_frame(p))
				continue;
			*out = (struct vpp_token){ .off = f->len, .to = f->len, .line = f->line };
			return false;
		}
		t = vframe_raw(f);
		out->off = t.off;
		out->to = t.off + t.len;
		out->line = line;
		if (t.kind == VTOKEN_DIRECTIVE) {
			if (!backquoted(p, &t, line, out))
				continue;
			if (!p->quote_depth)
				return true;
			str_add(&p->quoted, out->s, out->len);
			continue;
		}
		if (p->dead) {
			p->saw_dead |= t.kind > VTOKEN_DIRECTIVE && p->depth == 1;
			continue;
		}
		if (p->quote_depth) {
			if (!quote_token(p, f, &t, out))
				continue;
			if (p->want_include) {
				struct vframe made = { .text = out->s, .len = out->len };
				struct vtoken name = { .kind = VTOKEN_STRING, .len = out->len };

				include_token(p, &made, &name);
				continue;
			}
			return true;
		}
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT || t.kind == VTOKEN_OTHER) {
			p->gap = true;
			continue;
		}
		if (begins_quote(p, f, &t))
			continue;
		if (p->want_include) {
			if (p->depth == 1) {
				p->from_off = t.off;
				p->from_to = t.off + t.len;
				p->from_line = line;
			}
			include_token(p, f, &t);
			continue;
		}
		give(p, t.kind, f->text + t.off, t.len, out);
		out->left = f->len - t.off;
		out->word = t.word;
		out->sv_word = t.sv_word;
		return true;
	}
}

/* What was found ----------------------------------------------------------------- */

const struct vmacros *vpp_macros(const struct vpp *p)
{
	return p->macros;
}

struct vtimescale vpp_timescale(const struct vpp *p)
{
	return p->timescale;
}

const char *vpp_nettype(const struct vpp *p)
{
	return p->nettype;
}

/* The guard of a header, or a macro with a default, is asked for and then
 * defined: nothing is missing. */
static void drop_answered(struct vpp *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n_uses; i++) {
		struct vmacro_use *u = &p->uses[i];

		if (u->asked && vpp_find(p, u->name, strlen(u->name)))
			free(u->name);
		else
			p->uses[n++] = *u;
	}
	p->n_uses = n;
}

void vpp_take_uses(struct vpp *p, struct vmacro_use **v, size_t *n)
{
	drop_answered(p);
	*v = p->uses;
	*n = p->n_uses;
	p->uses = NULL;
	p->n_uses = p->cap_uses = 0;
	vmacros_free(p->used);
	p->used = vmacros_new();
}

void vpp_take_includes(struct vpp *p, struct vinclude **v, size_t *n)
{
	*v = p->includes;
	*n = p->n_includes;
	p->includes = NULL;
	p->n_includes = p->cap_includes = 0;
}

void vpp_take_notes(struct vpp *p, struct strv *notes)
{
	*notes = p->notes;
	p->notes = STRV_INIT;
}

struct vmacros *vpp_take_macros(struct vpp *p)
{
	struct vmacros *m = p->macros;

	p->macros = vmacros_new();
	return m;
}

bool vpp_saw_directive(const struct vpp *p)
{
	return p->saw_directive;
}

bool vpp_saw_dead(const struct vpp *p)
{
	return p->saw_dead;
}

bool vpp_saw_2005(const struct vpp *p)
{
	return p->saw_2005;
}
