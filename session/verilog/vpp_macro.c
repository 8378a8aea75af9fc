/* Macros: parsing `define, and expanding uses.
 *
 * A use is replaced as text: arguments are inserted as written for their names in
 * the body, and `` is removed, which joins its neighbours. The result is then
 * read like any other text, which handles the macros in it, so nothing is
 * expanded here and nothing recurses.
 */
#include "config.h"

#include "session/verilog/vpp.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verilog/vpp_inner.h"

#define MAX_UNCLOSED 64u /* uses that may be read again as if they had no arguments */

static bool is_symbol(const struct vframe *f, const struct vtoken *t, char c)
{
	return t->kind == VTOKEN_SYMBOL && t->len == 1 && f->text[t->off] == c;
}

static bool is_space(const struct vtoken *t)
{
	return t->kind == VTOKEN_SPACE || t->kind == VTOKEN_COMMENT;
}

static void trim(struct str *s)
{
	while (s->len > 0 && strchr(" \t\r\n\f\v", s->data[s->len - 1]))
		str_cut(s, s->len - 1);
}

/* Adds text without comments and without leading and trailing blanks. */
static void add_clean(struct str *out, const char *text, size_t from, size_t to)
{
	enum vlex_state lex = VLEX_CODE;

	while (from < to) {
		struct vtoken t = vlex_next(text, to, from, &lex);

		if (t.kind == VTOKEN_COMMENT)
			str_addc(out, ' ');
		else if (t.kind != VTOKEN_SPACE || out->len)
			str_add(out, text + t.off, t.len);
		from += t.len;
	}
	trim(out);
}

/* Definitions ------------------------------------------------------------------ */

static void add_arg(struct vmacro *m, size_t *cap, const char *name, size_t len)
{
	MEM_PUSH(m->args, m->n_args, *cap, (struct vmacro_arg){ .name = mem_strndup(name, len) });
}

/* After "(": reads names, each possibly with "= default". False if the bracket is
 * not closed. */
static bool formal_args(struct vframe *f, struct vmacro *m)
{
	size_t cap = 0, depth = 0, value = 0;

	while (f->off < f->len) {
		struct vtoken t = vframe_raw(f);
		const char *s = f->text + t.off;

		if (depth == 0 && (is_symbol(f, &t, ',') || is_symbol(f, &t, ')'))) {
			if (value && m->n_args) {
				struct str text = STR_INIT;

				add_clean(&text, f->text, value, t.off);
				free(m->args[m->n_args - 1].value);
				m->args[m->n_args - 1].value = mem_strdup(str_cstr(&text));
				str_free(&text);
			}
			value = 0;
			if (*s == ')')
				return true;
		} else if (value) {
			if (t.kind == VTOKEN_SYMBOL && strchr("([{", *s))
				depth++;
			else if (t.kind == VTOKEN_SYMBOL && strchr(")]}", *s) && depth)
				depth--;
		} else if (is_symbol(f, &t, '=')) {
			value = t.off + t.len;
		} else if ((t.kind == VTOKEN_NAME || t.kind == VTOKEN_KEYWORD) &&
			   m->n_args < VMACRO_MAX_ARGS) {
			add_arg(m, &cap, s, t.len);
		}
	}
	return false;
}

/* Number of newlines in a blank; at most 2. */
static int line_ends(const char *s, size_t len)
{
	const char *first = memchr(s, '\n', len);

	if (!first)
		return 0;
	return memchr(first + 1, '\n', len - (size_t)(first + 1 - s)) ? 2 : 1;
}

/* True for a line comment whose last byte is a backslash. */
static bool comment_continues(const char *s, size_t len)
{
	if (len > 2 && s[len - 1] == '\r')
		len--;
	return s[1] == '/' && s[len - 1] == '\\';
}

/* Fast path: a body without comments, the usual case, needs no tokens; reads
 * lines while they end in a backslash. False if there is a comment; f and out are
 * then unchanged. */
static bool plain_body(struct vframe *f, struct str *out)
{
	size_t off = f->off;
	int lines = 0;

	while (off < f->len && (f->text[off] == ' ' || f->text[off] == '\t'))
		off++;
	for (;;) {
		const char *s = f->text + off, *end = memchr(s, '\n', f->len - off), *slash = s;
		size_t len = end ? (size_t)(end - s) : f->len - off, kept = len;

		while ((slash = memchr(slash, '/', len - (size_t)(slash - s)))) {
			if (slash + 1 < s + len && (slash[1] == '/' || slash[1] == '*')) {
				str_clear(out);
				return false;
			}
			slash++;
		}
		if (kept > 0 && s[kept - 1] == '\r')
			kept--;
		if (!end || kept == 0 || s[kept - 1] != '\\') {
			str_add(out, s, kept);
			f->off = off + len;
			f->line += lines;
			return true;
		}
		str_add(out, s, kept - 1);
		str_addc(out, '\n');
		off += len + 1;
		lines++;
	}
}

/* Reads to the end of the line. A backslash at its end, even in a comment, continues it. */
static void body(struct vframe *f, struct str *out)
{
	bool continues = false;

	if (plain_body(f, out)) {
		trim(out);
		return;
	}
	while (f->off < f->len) {
		struct vtoken t = vframe_raw(f);
		const char *s = f->text + t.off;
		int ends = t.kind == VTOKEN_SPACE ? line_ends(s, t.len) : 0;

		if (ends > (continues ? 1 : 0))
			break;
		continues = t.kind == VTOKEN_OTHER && t.len == 1 && *s == '\\';
		if (t.kind == VTOKEN_COMMENT) {
			continues = comment_continues(s, t.len);
			str_addc(out, ' ');
		} else if (ends) {
			str_addc(out, '\n');
		} else if (!continues && (t.kind != VTOKEN_SPACE || out->len)) {
			str_add(out, s, t.len);
		}
	}
	trim(out);
}

/* True inside a branch that is only active because the name is undefined. */
static bool is_fallback(const struct vpp *p, const char *name)
{
	const struct vcond *c = p->n_conds ? &p->conds[p->n_conds - 1] : NULL;

	return p->depth == 1 && c && c->use && !c->wants &&
	       strcmp(p->uses[c->use - 1].name, name) == 0;
}

void vpp_define(struct vpp *p, struct vframe *f, bool live)
{
	struct vmacro m = { .line = f->line };
	struct str text = STR_INIT;
	const char *name;
	size_t len;

	if (!vframe_name(f, &name, &len)) {
		vframe_skip_line(f);
		return;
	}
	m.name = mem_strndup(name, len);
	m.fallback = is_fallback(p, m.name);
	if (f->off < f->len && f->text[f->off] == '(') {
		f->off++;
		m.function = true;
		live &= formal_args(f, &m);
	}
	body(f, &text);
	m.len = text.len;
	m.body = str_take(&text);
	if (live)
		vmacros_take(p->macros, &m);
	else
		vmacro_fini(&m);
}

/* Uses ------------------------------------------------------------------------- */

struct actual {
	size_t from, to;
	bool given;
};

/* At "(": finds the ranges of the arguments. False if the bracket is not closed
 * in this text. f is then after the bracket, or unchanged. */
static bool actual_args(struct vpp *p, struct vframe *f, struct actual *args, size_t n)
{
	struct vframe before = *f;
	size_t depth = 0, i = 0, from;

	vframe_raw(f);
	from = f->off;
	while (f->off < f->len) {
		struct vtoken t = vframe_raw(f);
		char c = t.kind == VTOKEN_SYMBOL && t.len == 1 ? f->text[t.off] : '\0';

		if (depth == 0 && (c == ',' || c == ')')) {
			if (i < n)
				args[i] = (struct actual){ from, t.off, true };
			i++;
			from = f->off;
			if (c == ')')
				return true;
		} else if (c && strchr("([{", c)) {
			depth++;
		} else if (c && strchr(")]}", c) && depth) {
			depth--;
		}
	}
	/* Incomplete text: what follows must not be lost. But not repeatedly, as
	 * that would be quadratic. */
	if (p->unclosed++ < MAX_UNCLOSED)
		*f = before;
	return false;
}

/* Length of the name or number at s; 0 if there is none. */
static size_t word_length(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && ((s[n] >= 'a' && s[n] <= 'z') || (s[n] >= 'A' && s[n] <= 'Z') ||
			   (s[n] >= '0' && s[n] <= '9') || s[n] == '_' || s[n] == '$'))
		n++;
	return n;
}

static size_t formal(const struct vmacro *m, const char *s, size_t len)
{
	size_t i = 0;

	while (i < m->n_args &&
	       (strlen(m->args[i].name) != len || memcmp(m->args[i].name, s, len) != 0))
		i++;
	return i;
}

static void add_actual(struct str *out, const struct vframe *f, const struct vmacro *m,
		       const struct actual *args, size_t i)
{
	struct str text = STR_INIT;

	if (args[i].given)
		add_clean(&text, f->text, args[i].from, args[i].to);
	if (text.len == 0 && m->args[i].value)
		str_adds(&text, m->args[i].value);
	str_add(out, str_cstr(&text), text.len);
	str_free(&text);
}

/* Also in strings and escaped names: the standard forbids it, but all tools do it. */
static void in_words(const struct vmacro *m, const struct vframe *f, const struct actual *args,
		     const char *s, size_t len, struct str *out)
{
	for (size_t i = 0; i < len && !out->full;) {
		size_t n = word_length(s + i, len - i), arg;

		if (n == 0) {
			str_addc(out, s[i++]);
			continue;
		}
		arg = formal(m, s + i, n);
		if (arg < m->n_args)
			add_actual(out, f, m, args, arg);
		else
			str_add(out, s + i, n);
		i += n;
	}
}

static void substitute(const struct vmacro *m, const struct vframe *f, const struct actual *args,
		       struct str *out)
{
	enum vlex_state lex = VLEX_CODE;

	for (size_t off = 0; off < m->len && !out->full;) {
		struct vtoken t = vlex_next(m->body, m->len, off, &lex);
		const char *s = m->body + t.off;
		size_t i = m->n_args, tick = t.kind == VTOKEN_DIRECTIVE;

		off += t.len;
		if (t.kind == VTOKEN_SYMBOL && t.len == 2 && memcmp(s, "``", 2) == 0)
			continue;
		if (m->n_args &&
		    (t.kind == VTOKEN_STRING || (t.kind == VTOKEN_NAME && *s == '\\'))) {
			in_words(m, f, args, s, t.len, out);
			continue;
		}
		/* Also `a with a an argument: the macro it names. */
		if (t.kind == VTOKEN_NAME || t.kind == VTOKEN_KEYWORD || tick)
			i = formal(m, s + tick, t.len - tick);
		if (i == m->n_args) {
			str_add(out, s, t.len);
			continue;
		}
		str_add(out, s, tick);
		add_actual(out, f, m, args, i);
	}
}

/* The frame that may contain the arguments: that of the use or, if that is an
 * expansion that ends here, the one around it. */
static struct vframe *arg_frame(struct vpp *p)
{
	size_t i = p->depth;

	while (i > 0) {
		struct vframe *f = &p->frames[i - 1];
		enum vlex_state lex = f->lex;
		size_t off = f->off;

		while (off < f->len) {
			struct vtoken t = vlex_next(f->text, f->len, off, &lex);

			if (!is_space(&t)) {
				if (!is_symbol(f, &t, '('))
					return NULL;
				while (f->off < off)
					vframe_raw(f);
				p->depth = i;
				return f;
			}
			off += t.len;
		}
		if (!f->macro || i == p->quote_depth)
			return NULL;
		i--;
	}
	return NULL;
}

static void open_frame(struct vpp *p, const char *text, size_t len)
{
	const struct vframe *f = &p->frames[p->depth - 1];
	int line = f->macro ? f->use_line : f->line;

	p->frames[p->depth] = (struct vframe){ .text = text,
					       .len = len,
					       .line = line,
					       .use_line = line,
					       .macro = true,
					       .path = f->path };
	p->depth++;
}

bool vpp_expand(struct vpp *p, const struct vmacro *m)
{
	struct actual *args = NULL;
	struct vframe *f = NULL;
	struct str out = STR_LIMIT(p->macro_bytes + 1);
	char *text;

	if (m->function) {
		f = arg_frame(p);
		if (!f)
			return false;
		args = mem_calloc(m->n_args + 1, sizeof(*args));
		if (!actual_args(p, f, args, m->n_args)) {
			free(args);
			return false;
		}
	}
	if (p->depth - p->files >= VPP_MACRO_DEPTH) {
		vpp_note(p, str_fmt("macros nest deeper than %u at line %d, `%.100s probably uses "
				    "itself; it is left out there",
				    VPP_MACRO_DEPTH, p->frames[0].line, m->name));
	} else if (!m->function && !memchr(m->body, '`', m->len)) {
		/* Without arguments the body could be read directly, but it may
		 * be redefined meanwhile. */
		text = vpp_keep(p, m->body, m->len);
		if (text)
			open_frame(p, text, m->len);
	} else {
		substitute(m, f, args, &out);
		text = vpp_keep(p, str_cstr(&out), out.len);
		if (text)
			open_frame(p, text, out.len);
	}
	str_free(&out);
	free(args);
	return true;
}
