/* Tokens for the statement parser: no blanks, comments or directives.
 *
 * Conditions are not evaluated: all branches of an `ifdef are read, since a check
 * or a print counts in any of them. Bodies of `define are kept separately and
 * parsed on their own, as they are statements without a position.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/name_map.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vstmt_inner.h"

static const struct word {
	const char *word;
	enum vkw kw;
} words[] = {
	/* sorted by bytes */
	{ "always", KW_ALWAYS },
	{ "always_comb", KW_ALWAYS },
	{ "always_ff", KW_ALWAYS },
	{ "always_latch", KW_ALWAYS },
	{ "assert", KW_ASSERT },
	{ "assign", KW_ASSIGN },
	{ "assume", KW_ASSERT },
	{ "automatic", KW_TYPE },
	{ "begin", KW_BEGIN },
	{ "bind", KW_TYPEDEF },
	{ "bit", KW_TYPE },
	{ "break", KW_JUMP },
	{ "byte", KW_TYPE },
	{ "case", KW_CASE },
	{ "casex", KW_CASE },
	{ "casez", KW_CASE },
	{ "chandle", KW_TYPE },
	{ "checker", KW_SKIP },
	{ "class", KW_CLASS },
	{ "clocking", KW_SKIP },
	{ "config", KW_SKIP },
	{ "const", KW_TYPE },
	{ "constraint", KW_TYPEDEF },
	{ "continue", KW_JUMP },
	{ "cover", KW_ASSERT },
	{ "covergroup", KW_SKIP },
	{ "deassign", KW_FORCE },
	{ "default", KW_DEFAULT },
	{ "defparam", KW_TYPEDEF },
	{ "disable", KW_JUMP },
	{ "do", KW_DO },
	{ "else", KW_ELSE },
	{ "end", KW_END },
	{ "endcase", KW_ENDCASE },
	{ "endclass", KW_ENDUNIT },
	{ "endfunction", KW_ENDSUB },
	{ "endgenerate", KW_GENERATE },
	{ "endinterface", KW_ENDUNIT },
	{ "endmodule", KW_ENDUNIT },
	{ "endpackage", KW_ENDUNIT },
	{ "endprogram", KW_ENDUNIT },
	{ "endtask", KW_ENDSUB },
	{ "enum", KW_TYPE },
	{ "event", KW_TYPE },
	{ "export", KW_TYPEDEF },
	{ "extern", KW_EXTERN },
	{ "final", KW_FINAL },
	{ "for", KW_LOOP },
	{ "force", KW_FORCE },
	{ "foreach", KW_LOOP },
	{ "forever", KW_LOOP },
	{ "fork", KW_FORK },
	{ "function", KW_FUNCTION },
	{ "generate", KW_GENERATE },
	{ "genvar", KW_TYPE },
	{ "if", KW_IF },
	{ "import", KW_TYPEDEF },
	{ "initial", KW_INITIAL },
	{ "inout", KW_TYPE },
	{ "input", KW_TYPE },
	{ "int", KW_TYPE },
	{ "integer", KW_TYPE },
	{ "interface", KW_UNIT },
	{ "join", KW_JOIN },
	{ "join_any", KW_JOIN },
	{ "join_none", KW_JOIN },
	{ "local", KW_VIRTUAL },
	{ "localparam", KW_TYPE },
	{ "logic", KW_TYPE },
	{ "longint", KW_TYPE },
	{ "macromodule", KW_UNIT },
	{ "modport", KW_TYPEDEF },
	{ "module", KW_UNIT },
	{ "output", KW_TYPE },
	{ "package", KW_UNIT },
	{ "parameter", KW_TYPE },
	{ "primitive", KW_SKIP },
	{ "priority", KW_UNIQUE },
	{ "program", KW_UNIT },
	{ "property", KW_PROPERTY },
	{ "protected", KW_VIRTUAL },
	{ "pure", KW_EXTERN },
	{ "rand", KW_TYPE },
	{ "randc", KW_TYPE },
	{ "randcase", KW_SKIP },
	{ "randsequence", KW_SKIP },
	{ "real", KW_TYPE },
	{ "realtime", KW_TYPE },
	{ "ref", KW_TYPE },
	{ "reg", KW_TYPE },
	{ "release", KW_FORCE },
	{ "repeat", KW_LOOP },
	{ "restrict", KW_ASSERT },
	{ "return", KW_JUMP },
	{ "sequence", KW_PROPERTY },
	{ "shortint", KW_TYPE },
	{ "shortreal", KW_TYPE },
	{ "signed", KW_TYPE },
	{ "specify", KW_SKIP },
	{ "specparam", KW_TYPE },
	{ "static", KW_TYPE },
	{ "string", KW_TYPE },
	{ "struct", KW_TYPE },
	{ "supply0", KW_TYPE },
	{ "supply1", KW_TYPE },
	{ "table", KW_SKIP },
	{ "task", KW_FUNCTION },
	{ "time", KW_TYPE },
	{ "timeprecision", KW_TYPEDEF },
	{ "timeunit", KW_TYPEDEF },
	{ "tri", KW_TYPE },
	{ "tri0", KW_TYPE },
	{ "tri1", KW_TYPE },
	{ "triand", KW_TYPE },
	{ "trior", KW_TYPE },
	{ "trireg", KW_TYPE },
	{ "type", KW_TYPE },
	{ "typedef", KW_TYPEDEF },
	{ "union", KW_TYPE },
	{ "unique", KW_UNIQUE },
	{ "unique0", KW_UNIQUE },
	{ "unsigned", KW_TYPE },
	{ "uwire", KW_TYPE },
	{ "var", KW_TYPE },
	{ "virtual", KW_VIRTUAL },
	{ "wait", KW_WAIT },
	{ "wait_order", KW_WAIT },
	{ "wand", KW_TYPE },
	{ "while", KW_LOOP },
	{ "wire", KW_TYPE },
	{ "wor", KW_TYPE },
};

static enum vkw find_word(struct slice s)
{
	const struct word *w = slice_row(words, sizeof(words) / sizeof(*words), sizeof(*words), s);

	return w ? w->kw : KW_NONE;
}

struct reader {
	struct vlexing *l;
	const char *text;
	size_t len, off;
	int line;
	enum vlex_state state;
};

/* The next token; *line is the line of its first byte. Advances r->off and r->line. */
static struct vtoken next(struct reader *r, int *line)
{
	struct vtoken t = vlex_next(r->text, r->len, r->off, &r->state);

	*line = r->line;
	for (const char *p = r->text + t.off, *end = p + t.len;
	     (p = memchr(p, '\n', (size_t)(end - p))); p++)
		r->line++;
	r->off += t.len;
	return t;
}

static bool is(const struct reader *r, const struct vtoken *t, const char *word)
{
	return t->len == strlen(word) && memcmp(r->text + t->off, word, t->len) == 0;
}

static void add(struct reader *r, const struct vtoken *t, int line, struct vlexeds *to)
{
	struct vlexed *new;

	if (t->kind == VTOKEN_SPACE || t->kind == VTOKEN_COMMENT || t->kind == VTOKEN_OTHER)
		return;
	MEM_ROOM(to->v, to->n, to->cap);
	new = &to->v[to->n++];
	*new = (struct vlexed){ .t = { t->kind, line, t->off, t->len } };
	if (t->kind == VTOKEN_KEYWORD)
		new->kw = find_word((struct slice){ r->text + t->off, t->len });
	if (t->kind == VTOKEN_SYMBOL && t->len == 1)
		new->symbol = r->text[t->off];
}

/* True if the blank t ends a directive's line; a backslash before the newline
 * continues it. */
static bool ends_line(const struct reader *r, const struct vtoken *t)
{
	const char *p = r->text + t->off, *newline;
	size_t before;

	if (t->kind != VTOKEN_SPACE)
		return false;
	newline = memchr(p, '\n', t->len);
	if (!newline)
		return false;
	before = (size_t)(newline - r->text);
	if (before && r->text[before - 1] == '\r')
		before--;
	if (!before || r->text[before - 1] != '\\')
		return true;
	return memchr(newline + 1, '\n', t->len - (size_t)(newline + 1 - p)) != NULL;
}

static void skip_line(struct reader *r)
{
	int line;

	while (r->off < r->len) {
		struct vtoken t = next(r, &line);

		if (ends_line(r, &t))
			return;
	}
}

/* Skips the name after `ifdef or `undef, or "file" and <file> after `include. */
static void skip_operand(struct reader *r)
{
	while (r->off < r->len && (r->text[r->off] == ' ' || r->text[r->off] == '\t'))
		r->off++;
	while (r->off < r->len && !strchr(" \t\r\n", r->text[r->off]))
		r->off++;
}

/* Reads "`define NAME(a, b) body": the bracket belongs to the macro only directly
 * after the name. */
static void define(struct reader *r, size_t off, int line)
{
	struct vlexing *l = r->l;
	struct vdefine d = { .all.off = off, .line = line };
	bool named = false, in_head = false;
	int depth = 0, at;

	while (r->off < r->len) {
		struct vtoken t = next(r, &at);

		d.all.end = r->off;
		if (ends_line(r, &t)) {
			d.all.end = t.off;
			break;
		}
		if (!named) {
			if (t.kind == VTOKEN_SPACE)
				continue;
			named = true;
			d.name = (struct vspan){ t.off, t.off + t.len };
			in_head = r->off < r->len && r->text[r->off] == '(';
			d.first = l->bodies.n;
			continue;
		}
		if (in_head) {
			if (!d.head.off)
				d.head.off = t.off;
			d.head.end = r->off;
			depth += is(r, &t, "(") - is(r, &t, ")");
			in_head = depth > 0;
			continue;
		}
		add(r, &t, at, &l->bodies);
	}
	d.end = l->bodies.n;
	if (!named)
		return;
	MEM_PUSH(l->defines, l->n_defines, l->cap_defines, d);
}

/* False if it is the use of a macro. */
static bool directive(struct reader *r, const struct vtoken *t, int line)
{
	static const char *const with_line[] = { "`timescale",
						 "`default_nettype",
						 "`line",
						 "`pragma",
						 "`begin_keywords",
						 "`unconnected_drive",
						 "`default_decay_time",
						 "`default_trireg_strength" };
	static const char *const with_operand[] = { "`ifdef", "`ifndef", "`elsif", "`undef",
						    "`include" };
	static const char *const alone[] = { "`else",	       "`endif",
					     "`resetall",      "`celldefine",
					     "`endcelldefine", "`nounconnected_drive",
					     "`end_keywords",  "`undefineall" };

	if (is(r, t, "`define")) {
		define(r, t->off, line);
		return true;
	}
	for (size_t i = 0; i < sizeof(with_line) / sizeof(*with_line); i++) {
		if (is(r, t, with_line[i])) {
			skip_line(r);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(with_operand) / sizeof(*with_operand); i++) {
		if (is(r, t, with_operand[i])) {
			skip_operand(r);
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(alone) / sizeof(*alone); i++) {
		if (is(r, t, alone[i]))
			return true;
	}
	return false;
}

static bool is_one_of(const char *text, const struct vstmt_token *t, const char *const *list)
{
	for (; *list; list++)
		if (t->len == strlen(*list) && memcmp(text + t->off, *list, t->len) == 0)
			return true;
	return false;
}

/* True for "reg [3:0] ref;" and "integer i, do;" at token i: a word that only SystemVerilog
 * reserves is declared as a name, as older sources do. "m(int, bit)" declares none. */
static bool declares(const struct vlexeds *in, const char *text, size_t i)
{
	static const char *const of_data[] = { "bit",	 "byte",    "chandle",	"int",
					       "logic",	 "longint", "shortint", "shortreal",
					       "string", "type",    NULL };
	static const char *const types[] = { "reg",  "wire",   "integer",   "real", "event",
					     "time", "signed", "parameter", "task", NULL };
	static const char *const ports[] = { "input", "output", "inout", NULL };
	const struct vstmt_token *t = &in->v[i].t;
	char next = i + 1 < in->n ? in->v[i + 1].symbol : 0, last = i ? in->v[i - 1].symbol : 0;
	bool data;

	if (!i || t->kind != VTOKEN_KEYWORD || !next || !strchr(",;=)", next) ||
	    vkeyword(text + t->off, t->len, LANG_V2005))
		return false;
	data = is_one_of(text, t, of_data);
	return last == ']' || (last == ',' && (!data || next == ';')) ||
	       is_one_of(text, &in->v[i - 1].t, types) ||
	       (!data && is_one_of(text, &in->v[i - 1].t, ports));
}

/* Makes names of such words, wherever they are. */
static void free_words(struct vlexing *l, const char *text)
{
	struct name_map names = NAME_MAP_INIT;

	for (size_t i = 0; i < l->code.n; i++)
		if (declares(&l->code, text, i))
			name_map_put(&names, text + l->code.v[i].t.off, l->code.v[i].t.len, 0);
	for (int part = 0; names.n && part < 2; part++) {
		struct vlexeds *in = part ? &l->bodies : &l->code;
		size_t at;

		for (size_t i = 0; i < in->n; i++) {
			struct vlexed *x = &in->v[i];

			if (x->t.kind == VTOKEN_KEYWORD &&
			    name_map_get(&names, text + x->t.off, x->t.len, &at)) {
				x->t.kind = VTOKEN_NAME;
				x->kw = KW_NONE;
			}
		}
	}
	name_map_fini(&names);
}

void vlexing_init(struct vlexing *l, const char *text, size_t len)
{
	struct reader r = { .l = l, .text = text, .len = len, .line = 1 };
	int line;

	memset(l, 0, sizeof(*l));
	while (r.off < len) {
		struct vtoken t = next(&r, &line);

		if (t.kind != VTOKEN_DIRECTIVE || !directive(&r, &t, line))
			add(&r, &t, line, &l->code);
	}
	free_words(l, text);
}

void vlexing_fini(struct vlexing *l)
{
	free(l->code.v);
	free(l->bodies.v);
	free(l->defines);
	memset(l, 0, sizeof(*l));
}
