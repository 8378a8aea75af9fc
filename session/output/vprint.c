/* A statement is split into pieces: literal text and holes.
 *
 *     $display("FAIL: %s is %0d, at %0t", what, q, $time);
 *
 *     "FAIL: "  ANY  " is "  NUMBER  ", at "  TIME
 */
#include "config.h"

#include "session/output/vprint.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/output/vprint_inner.h"
#include "session/verilog/print_task.h"
#include "session/verilog/verilog.h"

#define MAX_STATEMENTS 4096
#define MAX_CALL       4096    /* tokens per call */
#define MAX_TOKENS     4000000 /* in all calls */
#define MAX_FILES      20000
#define MAX_INCLUDES   16	   /* nesting depth */
#define MAX_TOTAL      (64u << 20) /* bytes read, including includes */

struct vprint *vprint_new(void)
{
	struct vprint *p = mem_zalloc(sizeof(*p));

	p->unit = p->step = p->module_unit = p->finest = p->format = NO_UNIT;
	p->texts.limit = 8u << 20;
	return p;
}

void vprint_free(struct vprint *p)
{
	if (!p)
		return;
	free(p->files);
	free(p->all);
	str_free(&p->texts);
	free(p);
}

void vprint_add(struct vprint *p, const char *path, const char *text, size_t len)
{
	if (p->n_files >= MAX_FILES || !text)
		return;
	MEM_PUSH(p->files, p->n_files, p->cap_files, (struct file){ path, text, len, false });
}

/* Reading ------------------------------------------------------------------- */

/* A cursor over the tokens of a text, skipping blanks and comments. */
struct cursor {
	const char *text;
	size_t len, off;
	enum vlex_state state;
	struct vtoken t;
};

static bool next(struct cursor *c)
{
	while (c->off < c->len) {
		c->t = vlex_next(c->text, c->len, c->off, &c->state);
		c->off = c->t.off + c->t.len;
		if (c->t.kind != VTOKEN_SPACE && c->t.kind != VTOKEN_COMMENT)
			return true;
	}
	return false;
}

static bool is(const struct cursor *c, const char *word)
{
	return strlen(word) == c->t.len && memcmp(c->text + c->t.off, word, c->t.len) == 0;
}

/* Parses "10ns" to an exponent and moves *s past it. */
static int scale_at(const char **s, const char *end)
{
	static const struct {
		char c;
		int exponent;
	} units[] = {
		{ 'm', -3 }, { 'u', -6 }, { 'n', -9 }, { 'p', -12 }, { 'f', -15 },
	};
	int zeros = 0;

	while (*s < end && isspace((unsigned char)**s))
		++*s;
	if (*s == end || **s != '1')
		return NO_UNIT;
	for (++*s; *s < end && **s == '0' && zeros < 2; ++*s)
		zeros++;
	while (*s < end && isspace((unsigned char)**s))
		++*s;
	if (*s < end && **s == 's') {
		++*s;
		return zeros;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(*units) && end - *s > 1; i++) {
		if (**s == units[i].c && (*s)[1] == 's') {
			*s += 2;
			return units[i].exponent + zeros;
		}
	}
	return NO_UNIT;
}

/* Parses what follows `timescale or timeunit: "1ns / 1ps", "1ns/1ps", "1ns". */
static void read_scales(struct cursor *c, int *unit, int *step)
{
	const char *s = c->text + c->off, *end = c->text + c->len;
	const char *stop = memchr(s, '\n', (size_t)(end - s));

	if (stop)
		end = stop;
	*unit = scale_at(&s, end);
	while (s < end && isspace((unsigned char)*s))
		s++;
	*step = *unit;
	if (s < end && *s == '/' && s + 1 < end && s[1] != '/' && s[1] != '*') {
		s++;
		*step = scale_at(&s, end);
	}
}

static void note_unit(struct vprint *p, int unit)
{
	for (int i = 0; i < p->n_units; i++) {
		if (p->units[i] == unit)
			return;
	}
	if (p->n_units < VPRINT_UNITS)
		p->units[p->n_units++] = unit;
}

static void note_step(struct vprint *p, int step)
{
	if (step != NO_UNIT && (p->finest == NO_UNIT || step < p->finest))
		p->finest = step;
}

static void enter_module(struct vprint *p)
{
	p->module_unit = p->unit;
	if (p->unit == NO_UNIT)
		p->some_without = true;
	else
		note_unit(p, p->unit);
	note_step(p, p->step);
}

/* Statements ------------------------------------------------------------------ */

struct argument {
	size_t off, len; /* of a single string, without its quotes */
	bool string;
	bool empty;
	struct str expr; /* otherwise the first bytes of the expression, without blanks */
};

static void add_piece(struct statement *s, struct piece piece)
{
	if (s->n < VPRINT_PIECES)
		s->pieces[s->n++] = piece;
}

static void add_literal(struct vprint *p, struct statement *s, char c)
{
	struct piece *last = s->n ? &s->pieces[s->n - 1] : NULL;

	if (!last || last->kind != LITERAL || last->off + last->len != p->texts.len) {
		add_piece(s, (struct piece){ .kind = LITERAL, .off = p->texts.len });
		last = &s->pieces[s->n - 1];
		if (last->kind != LITERAL || last->off != p->texts.len)
			return; /* full */
	}
	str_addc(&p->texts, c);
	last->len = p->texts.len - last->off;
}

/* True for "$time", "($realtime)", "$time/1000"; *scale: the power of ten it is
 * divided by. */
static bool is_time(const char *expr, int *scale)
{
	static const char *const names[] = { "$time", "$realtime", "$stime" };
	size_t n = strlen(expr), name = 0;
	char op;

	*scale = 0;
	while (n > 2 && expr[0] == '(' && expr[n - 1] == ')') {
		expr++;
		n -= 2;
	}
	for (size_t i = 0; i < 3 && !name; i++) {
		if (strncmp(expr, names[i], strlen(names[i])) == 0)
			name = strlen(names[i]);
	}
	if (!name || name == n)
		return name;
	if (n - name > 2 && expr[name] == '(' && expr[name + 1] == ')')
		name += 2;
	if (name == n)
		return true;
	op = expr[name++];
	if ((op != '/' && op != '*') || name == n || expr[name++] != '1')
		return false;
	for (; name < n && expr[name] == '0'; name++)
		*scale += op == '/' ? 1 : -1;
	if (name + 1 < n && expr[name] == '.' && expr[name + 1] == '0')
		name += 2;
	return name == n;
}

static void add_hole(struct statement *s, char format, const struct argument *a)
{
	struct piece piece = { .kind = ANY };
	bool time = a && !a->string && is_time(str_cstr(&a->expr), &piece.scale);

	switch (format) {
	case 't':
		piece.kind = FORMATTED;
		piece.exact = time;
		break;
	case 'd':
	case 'f':
	case 'g':
	case 'e':
		piece.kind = time ? TIME : NUMBER;
		piece.exact = time;
		break;
	case 'h':
	case 'x':
	case 'b':
	case 'o':
		piece.kind = NUMBER;
		break;
	default:
		break;
	}
	add_piece(s, piece);
}

/* Ends a line: the pieces collected so far become a statement. */
static void flush(struct vprint *p, struct statement *s)
{
	bool any = false;

	for (int i = 0; i < s->n; i++)
		any |= s->pieces[i].kind == LITERAL || s->pieces[i].kind >= TIME;
	if (any && p->n < MAX_STATEMENTS) {
		MEM_ROOM(p->all, p->n, p->cap);
		s->unit = p->module_unit;
		s->file = p->file;
		s->line = p->line;
		p->all[p->n++] = *s;
	}
	s->n = 0;
}

static size_t escape(const char *s, size_t len, char *c)
{
	size_t n = 0;
	unsigned v = 0;

	switch (s[0]) {
	case 'n':
		*c = '\n';
		return 1;
	case 't':
		*c = '\t';
		return 1;
	case '\n':
		*c = '\0';
		return 1; /* the string continues on the next line */
	default:
		break;
	}
	for (; n < 3 && n < len && s[n] >= '0' && s[n] <= '7'; n++)
		v = v * 8 + (unsigned)(s[n] - '0');
	*c = n ? (char)v : s[0];
	return n ? n : 1;
}

static void add_char(struct vprint *p, struct statement *s, char c)
{
	if (c == '\n')
		flush(p, s);
	else if (c)
		add_literal(p, s, c);
}

/* Adds a format and the arguments it consumes; returns their number. */
static size_t add_format(struct vprint *p, struct statement *s, const char *text, size_t len,
			 const struct argument *args, size_t n)
{
	size_t used = 0;

	for (size_t i = 0; i < len; i++) {
		char c = text[i];

		if (c == '\\' && i + 1 < len) {
			i += escape(text + i + 1, len - i - 1, &c);
			add_char(p, s, c);
		} else if (c == '%' && i + 1 < len) {
			for (i++; i + 1 < len &&
				  (isdigit((unsigned char)text[i]) || strchr(".-+", text[i]));
			     i++)
				;
			c = (char)tolower((unsigned char)text[i]);
			if (c == '%')
				add_literal(p, s, '%');
			else if (c == 'm' || c == 'l')
				add_piece(s, (struct piece){ .kind = ANY });
			else
				add_hole(s, c, used < n ? &args[used] : NULL), used++;
		} else {
			add_char(p, s, c);
		}
	}
	return used < n ? used : n;
}

static void add_call(struct vprint *p, const char *text, const struct argument *args, size_t n)
{
	struct statement s = { .n = 0 };

	for (size_t i = 0; i < n; i++) {
		if (args[i].empty)
			add_literal(p, &s, ' ');
		else if (args[i].string)
			i += add_format(p, &s, text + args[i].off, args[i].len, args + i + 1,
					n - i - 1);
		else
			add_hole(&s, 'd', &args[i]);
	}
	flush(p, &s);
}

#define MAX_ARGUMENTS 64
#define MAX_EXPR      64

/* Reads the arguments of a call whose "(" is next. The cursor is a copy, so that
 * nested calls are found as well. */
static size_t read_arguments(struct vprint *p, struct cursor c, struct argument *args)
{
	size_t n = 0, tokens = 0;
	int depth = 1;

	if (!next(&c) || !is(&c, "("))
		return 0;
	args[n] = (struct argument){ .empty = true, .expr = STR_LIMIT(MAX_EXPR) };
	for (; tokens < MAX_CALL && p->tokens < MAX_TOKENS && next(&c); tokens++, p->tokens++) {
		struct argument *a = &args[n];

		depth += is(&c, "(") || is(&c, "{") || is(&c, "[");
		depth -= is(&c, ")") || is(&c, "}") || is(&c, "]");
		if (depth == 0)
			return n + 1;
		if (depth == 1 && is(&c, ",")) {
			if (n + 1 == MAX_ARGUMENTS)
				break;
			args[++n] = (struct argument){ .empty = true, .expr = STR_LIMIT(MAX_EXPR) };
		} else if (a->empty && c.t.kind == VTOKEN_STRING && c.t.len >= 2) {
			*a = (struct argument){ .off = c.t.off + 1,
						.len = c.t.len - 2,
						.string = true };
		} else {
			a->string = a->empty = false;
			str_add(&a->expr, c.text + c.t.off, c.t.len);
		}
	}
	/* Too many arguments, or no closing bracket. */
	for (size_t i = 0; i <= n; i++)
		str_free(&args[i].expr);
	return 0;
}

static void read_format(struct vprint *p, const char *text, const struct argument *args, size_t n)
{
	const char *s = n ? str_cstr(&args[0].expr) : "";
	bool minus = *s == '-';
	int exponent = 0, digits = 0;

	for (s += minus; isdigit((unsigned char)*s) && digits < 3; s++, digits++)
		exponent = exponent * 10 + (*s - '0');
	exponent = minus ? -exponent : exponent;
	if (!digits || *s || exponent > 3 || exponent < -18 ||
	    (p->format != NO_UNIT && p->format != exponent))
		p->format_unsure = true;
	else
		p->format = exponent;
	if (n > 2 && args[2].string && args[2].len < sizeof(p->suffix))
		memcpy(p->suffix, text + args[2].off, args[2].len);
	else if (n > 2)
		p->format_unsure = true;
}

static void system_call(struct vprint *p, const struct cursor *c)
{
	struct argument args[MAX_ARGUMENTS];
	size_t n, from = 0;
	bool format = is(c, "$timeformat");
	enum print_task task = print_task(c->text + c->t.off, c->t.len);

	if (task == PRINT_NONE && !format)
		return;
	n = read_arguments(p, *c, args);
	if (format) {
		read_format(p, c->text, args, n);
	} else {
		/* $fatal(1, "..."), $fdisplay(fd, "..."), $sformat(s, "...") */
		if (n > 1 && !args[0].string && args[1].string &&
		    (task == PRINT_FILE || task == PRINT_TEXT || is(c, "$fatal")))
			from = 1;
		add_call(p, c->text, args + from, n - from);
	}
	for (size_t i = 0; i < n; i++)
		str_free(&args[i].expr);
}

static struct file *find_file(struct vprint *p, const char *name, size_t len)
{
	for (size_t i = 0; i < p->n_files; i++) {
		size_t n = strlen(p->files[i].path);

		if (n >= len && memcmp(p->files[i].path + n - len, name, len) == 0 &&
		    (n == len || p->files[i].path[n - len - 1] == '/'))
			return &p->files[i];
	}
	return NULL;
}

/* `include "../timescale.v" is looked up by its last components. */
static struct file *included(struct vprint *p, struct cursor c)
{
	const char *name;
	size_t len;

	if (!next(&c) || c.t.kind != VTOKEN_STRING || c.t.len < 3)
		return NULL;
	name = c.text + c.t.off + 1;
	len = c.t.len - 2;
	while (len > 3 && (strncmp(name, "../", 3) == 0 || strncmp(name, "./", 2) == 0)) {
		size_t n = name[1] == '.' ? 3 : 2;

		name += n;
		len -= n;
	}
	return find_file(p, name, len);
}

static int count_lines(const char *text, size_t len)
{
	int n = 0;

	for (const char *p = text; (p = memchr(p, '\n', (size_t)(text + len - p))) != NULL; p++)
		n++;
	return n;
}

static void read_file(struct vprint *p, const struct file *f, int depth)
{
	struct cursor c = { .text = f->text, .len = f->len };
	size_t counted = 0;
	int step, line = 1;

	if (depth > MAX_INCLUDES || p->read + f->len > MAX_TOTAL)
		return;
	p->read += f->len;
	while (next(&c)) {
		if (c.t.kind == VTOKEN_SYSTEM) {
			line += count_lines(f->text + counted, c.t.off - counted);
			counted = c.t.off;
			p->file = (size_t)(f - p->files);
			p->line = line;
			system_call(p, &c);
		} else if (c.t.kind == VTOKEN_DIRECTIVE) {
			struct file *inner = is(&c, "`include") ? included(p, c) : NULL;

			if (inner)
				read_file(p, inner, depth + 1);
			else if (is(&c, "`timescale"))
				read_scales(&c, &p->unit, &p->step);
			else if (is(&c, "`resetall"))
				p->unit = p->step = NO_UNIT;
		} else if (c.t.kind == VTOKEN_KEYWORD) {
			if (is(&c, "module") || is(&c, "macromodule") || is(&c, "program") ||
			    is(&c, "interface"))
				enter_module(p);
			else if (is(&c, "package"))
				p->module_unit = p->unit;
		}
		if (is(&c, "timeunit")) {
			read_scales(&c, &p->module_unit, &step);
			note_unit(p, p->module_unit);
			note_step(p, step);
		} else if (is(&c, "timeprecision")) {
			read_scales(&c, &step, &step);
			note_step(p, step);
		}
	}
}

static void mark_included(struct vprint *p, const struct file *f)
{
	struct cursor c = { .text = f->text, .len = f->len };

	/* A cheap test before tokenising. */
	if (!memmem(f->text, f->len, "`include", 8))
		return;
	while (next(&c)) {
		struct file *inner =
			c.t.kind == VTOKEN_DIRECTIVE && is(&c, "`include") ? included(p, c) : NULL;

		if (inner && inner != f)
			inner->included = true;
	}
}

void vprint_end(struct vprint *p)
{
	for (size_t i = 0; i < p->n_files; i++)
		mark_included(p, &p->files[i]);
	for (size_t i = 0; i < p->n_files; i++) {
		if (!p->files[i].included)
			read_file(p, &p->files[i], 0);
	}
}
