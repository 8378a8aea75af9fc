/* Directives: conditions, includes, and settings that apply from a position on. */
#include "config.h"

#include "session/verilog/vpp.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/word_table.h"
#include "session/text/slice.h"
#include "session/verilog/vpp_inner.h"

#define NAME_MAX 4096u /* length of the name of an included file or undefined macro */

/* Undefined macros ----------------------------------------------------------------- */

/* The current line in the first text. */
static int line_here(const struct vpp *p)
{
	return p->depth > 1 ? p->from_line : p->frames[0].line;
}

/* The text before `off` is a $dumpfile( whose bracket is open. A comment may name the task. */
static bool in_dumpfile(const char *text, size_t off)
{
	static const char task[] = "$dumpfile";
	const size_t n = sizeof(task) - 1;
	int open = 0; /* brackets from here on that are not closed */

	for (size_t i = 0; i < off && i < NAME_MAX && text[off - 1 - i] != ';'; i++) {
		const char *at = text + off - 1 - i;

		open += (*at == '(') - (*at == ')');
		if (i >= n && memcmp(at, task, n) == 0)
			return open > 0 && at[n + strspn(at + n, " \t\r\n")] == '(';
	}
	return false;
}

/* The use being read, or one of the macros around it, is an argument of $dumpfile. */
static bool names_dump(const struct vpp *p)
{
	for (size_t i = 0; i < p->depth; i++)
		if (in_dumpfile(p->frames[i].text, p->frames[i].off))
			return true;
	return false;
}

/* Another use of a name that is noted. Where it is, is asked only if that may change the
 * note: it means going back over the text. */
static void note_again(struct vpp *p, struct vmacro_use *u, bool asked)
{
	bool in_quotes = p->quote_depth > 0;

	if (asked)
		return;
	if (u->asked) {
		u->asked = false;
		u->line = line_here(p);
		u->dumps = names_dump(p);
		u->in_quotes = in_quotes;
	}
	u->dumps = u->dumps && u->in_quotes == in_quotes && names_dump(p);
}

void vpp_note_use(struct vpp *p, const char *name, size_t len, bool asked)
{
	const struct vmacro *known;
	struct vmacro mark = { .line = (int)p->n_uses + 1 };

	if (len > NAME_MAX)
		return;
	known = vmacros_find(p->used, name, len);
	if (known) {
		note_again(p, &p->uses[known->line - 1], asked);
		return;
	}
	if (p->n_uses >= VPP_LIST_MAX)
		return;
	MEM_PUSH(p->uses, p->n_uses, p->cap_uses,
		 (struct vmacro_use){ .name = mem_strndup(name, len),
				      .line = line_here(p),
				      .asked = asked,
				      .dumps = !asked && names_dump(p),
				      .in_quotes = p->quote_depth > 0 });
	mark.name = mem_strndup(name, len);
	vmacros_take(p->used, &mark);
}

/* Conditions ------------------------------------------------------------------- */

static void open_cond(struct vpp *p, bool holds, size_t use, bool wants)
{
	MEM_PUSH(p->conds, p->n_conds, p->cap_conds,
		 (struct vcond){ .outer = !p->dead, .taken = holds, .use = use, .wants = wants });
	p->dead |= !holds;
}

static void next_branch(struct vpp *p, bool holds)
{
	struct vcond *c = &p->conds[p->n_conds - 1];

	c->use = 0;
	p->dead = !c->outer || c->taken || !holds;
	c->taken |= holds;
}

void vpp_close_cond(struct vpp *p)
{
	p->dead = !p->conds[--p->n_conds].outer;
}

/* True if a condition is open in the current file; others cannot be closed or
 * continued here. */
static bool has_cond(const struct vpp *p)
{
	size_t i = p->depth;

	while (p->frames[i - 1].macro)
		i--;
	return p->n_conds > p->frames[i - 1].conds;
}

/* Macros predefined by Verilator and Icarus; testing for one does not count as undefined. */
static bool is_tool_macro(const char *name, size_t len)
{
	static const char *const names[] = { "VERILATOR", "verilator", "verilator3", "__ICARUS__",
					     NULL };

	return words_has_n(names, name, len);
}

/* *use: see struct vcond; may be NULL. */
static bool test_defined(struct vpp *p, struct vframe *f, bool wanted, size_t *use)
{
	const struct vmacro *mark;
	const char *name;
	size_t len;

	if (!vframe_name(f, &name, &len))
		return false;
	if (!wanted || vpp_find(p, name, len))
		return wanted;
	if (is_tool_macro(name, len))
		p->saw_tool = true;
	else
		vpp_note_use(p, name, len, true);
	mark = use ? vmacros_find(p->used, name, len) : NULL;
	if (mark)
		*use = (size_t)mark->line;
	return false;
}

/* Handles `error: applies to the macro that the innermost branch tests. */
static void refuse(struct vpp *p)
{
	const struct vcond *c = p->n_conds ? &p->conds[p->n_conds - 1] : NULL;

	if (!c || !c->outer || !c->use)
		return;
	if (c->wants)
		p->uses[c->use - 1].refused = true;
	else
		p->uses[c->use - 1].asked = false;
}

/* Includes --------------------------------------------------------------------- */

static size_t times_open(const struct vpp *p, const char *path)
{
	size_t n = 0;

	for (size_t i = 0; i < p->depth; i++)
		n += !p->frames[i].macro && p->frames[i].path &&
		     strcmp(p->frames[i].path, path) == 0;
	return n;
}

static bool known_include(const struct vpp *p, const char *path, const char *name)
{
	for (size_t i = 0; i < p->n_includes; i++) {
		const struct vinclude *in = &p->includes[i];

		if (path ? in->path && strcmp(in->path, path) == 0
			 : !in->path && strcmp(in->name, name) == 0)
			return true;
	}
	return false;
}

static void note_include(struct vpp *p, const char *name, const char *path)
{
	/* At most a thousand, since each is compared with all earlier ones. */
	if (p->n_includes >= 1000 || known_include(p, path, name))
		return;
	MEM_PUSH(p->includes, p->n_includes, p->cap_includes,
		 (struct vinclude){ mem_strdup(name), mem_strdup(path), line_here(p),
				    p->files > 1 });
}

static void include(struct vpp *p, const char *s, size_t len, bool angle)
{
	const struct vframe *f = &p->frames[p->depth - 1];
	const char *path = NULL, *text = NULL;
	char *name;
	size_t n = 0;
	bool found;

	if (len == 0 || len > NAME_MAX || memchr(s, '\0', len) || p->included > VPP_INCLUDES_MAX)
		return;
	/* A few files, each with two lines that include the next one, can amount
	 * to millions. */
	if (p->included++ == VPP_INCLUDES_MAX) {
		vpp_note(p, str_fmt("more than %u files are included; the others are left out",
				    VPP_INCLUDES_MAX));
		return;
	}
	name = mem_strndup(s, len);
	found = p->env && p->env->include &&
		p->env->include(p->env->ctx, f->path, name, angle, &path, &text, &n);
	note_include(p, name, found ? path : NULL);
	if (!found) {
		free(name);
		return;
	}
	if (p->files > VPP_FILE_DEPTH || times_open(p, path) > 1) {
		vpp_note(p, str_fmt("%s includes itself, again and again; it is left out there",
				    path));
	} else if (p->file_bytes + n > VPP_FILE_BYTES) {
		vpp_note(p, str_fmt("the included files are more than %u MiB; %s is left out",
				    VPP_FILE_BYTES >> 20, path));
	} else {
		p->file_bytes += n;
		vpp_grant(p, n);
		p->frames[p->depth++] = (struct vframe){
			.text = text, .len = n, .line = 1, .path = path, .conds = p->n_conds
		};
		p->files++;
		if (n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
			p->frames[p->depth - 1].off = 3;
	}
	free(name);
}

/* After `include: handles the token that must name the file. */
void vpp_include_token(struct vpp *p, struct vframe *f, const struct vtoken *t)
{
	const char *s = f->text + t->off;
	const char *end;

	p->want_include = false;
	if (t->kind == VTOKEN_STRING) {
		if (t->len > 2 && s[t->len - 1] == '"')
			include(p, s + 1, t->len - 2, false);
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

/* Sorted by bytes. Those missing in the standard are from Verilog-XL and still
 * occur in cell libraries. */
static const struct directive {
	const char *name;
	enum vdirective what;
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
	{ "error", DIR_ERROR },
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

enum vdirective vpp_directive(const char *name, size_t len)
{
	const struct directive *d = slice_row(directives, sizeof(directives) / sizeof(*directives),
					      sizeof(*directives), (struct slice){ name, len });

	return d ? d->what : DIR_NONE;
}

bool vpp_time(const char *s, size_t len, int *exponent)
{
	static const struct {
		const char *unit;
		int exponent;
	} units[] = { { "s", 0 },   { "ms", -3 },  { "us", -6 },
		      { "ns", -9 }, { "ps", -12 }, { "fs", -15 } };
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

/* Parses "1ns / 1ps" up to the end of the line. Macros in it are not expanded. */
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
			break; /* a comment */
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
		if (vpp_time(f->text + from, a - from, &t.unit) &&
		    vpp_time(f->text + b, to - b, &t.precision))
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

/* Directives that start, continue or end a branch are handled in inactive
 * branches as well. */
bool vpp_cond_directive(struct vpp *p, struct vframe *f, enum vdirective d)
{
	size_t use = 0;
	bool defined;

	switch (d) {
	case DIR_IFDEF:
	case DIR_IFNDEF:
		defined = test_defined(p, f, !p->dead, &use);
		open_cond(p, defined == (d == DIR_IFDEF), use, d == DIR_IFDEF);
		return true;
	case DIR_ELSIF: {
		bool open = has_cond(p);
		bool wanted =
			open && p->conds[p->n_conds - 1].outer && !p->conds[p->n_conds - 1].taken;
		bool holds = test_defined(p, f, wanted, NULL);

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
			vpp_close_cond(p);
		return true;
	case DIR_ERROR:
		refuse(p);
		vframe_skip_line(f);
		return true;
	default:
		return false;
	}
}

void vpp_other_directive(struct vpp *p, struct vframe *f, enum vdirective d)
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
