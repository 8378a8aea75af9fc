/* A property that spans n edges is judged at its last one: values from earlier
 * edges come from a chain of registers, and v counts edges since the start or
 * since the property was last disabled, so that an attempt whose beginning was
 * not seen is not judged.
 */
#include "config.h"

#include "session/check/sva.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/vstmt.h"

struct element {
	struct str text;
	unsigned at; /* in edges after the first */
};

struct property {
	struct str event, disable; /* "posedge clk"; disable: "" = never */
	struct element v[SVA_ELEMENTS_MAX];
	size_t n, n_before; /* elements before the implication */
	bool implies;
	unsigned last; /* largest `at` */
};

struct reading {
	const struct vstmts *s;
	size_t i, end;	 /* token indices */
	const char *why; /* why it is not supported; NULL */
};

static const struct vstmt_token *token(const struct reading *r)
{
	return r->i < r->end ? &r->s->tokens[r->i] : NULL;
}

static bool token_is(const struct reading *r, size_t i, const char *word)
{
	return i < r->end && vstmt_token_is(r->s, &r->s->tokens[i], word);
}

static bool is(const struct reading *r, const char *word)
{
	return token_is(r, r->i, word);
}

static bool skip(struct reading *r, const char *word)
{
	if (!is(r, word)) {
		if (!r->why)
			r->why = "it is not of the form @(EDGE CLOCK) disable iff (X) A |-> B";
		return false;
	}
	r->i++;
	return true;
}

static void add_token(const struct reading *r, struct str *out)
{
	if (out->len)
		str_addc(out, ' ');
	str_add(out, r->s->text + r->s->tokens[r->i].off, r->s->tokens[r->i].len);
}

/* Adds everything up to the matching closing bracket; the opening one has been read. */
static bool bracketed(struct reading *r, struct str *out)
{
	int depth = 1;

	for (; r->i < r->end; r->i++) {
		depth += is(r, "(") - is(r, ")");
		if (depth == 0) {
			r->i++;
			return true;
		}
		add_token(r, out);
	}
	r->why = "its brackets do not match";
	return false;
}

static bool is_refused(const struct reading *r)
{
	static const char *const words[] = {
		"or",		"and",	      "intersect",  "throughout", "within",   "until",
		"s_until",	"until_with", "not",	    "if",	  "implies",  "iff",
		"first_match",	"strong",     "weak",	    "always",	  "s_always", "eventually",
		"s_eventually", "nexttime",   "s_nexttime", "[*",	  "[=",	      "[->",
		"[+]",		"#-#",	      "#=#",	    "##[",
	};

	const char *after = r->s->text + r->s->tokens[r->i].off + 1;

	/* Repetition: to the lexer, "[" and the operator after it are separate tokens. */
	if (is(r, "[") && r->i + 1 < r->end)
		return strchr("*=+", *after) || (*after == '-' && after[1] == '>');
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (is(r, words[i]))
			return true;
	return false;
}

static bool number(const struct vstmts *s, const struct vstmt_token *t, unsigned *n)
{
	*n = 0;
	for (size_t i = 0; i < t->len; i++) {
		char c = s->text[t->off + i];

		if (c < '0' || c > '9' || *n > SVA_DELAY_MAX)
			return false;
		*n = *n * 10 + (unsigned)(c - '0');
	}
	return t->len > 0 && *n <= SVA_DELAY_MAX;
}

/* "##" is one token or two. */
static bool is_delay(struct reading *r)
{
	if (is(r, "##"))
		return true;
	if (!is(r, "#") || r->i + 1 >= r->end ||
	    !vstmt_token_is(r->s, &r->s->tokens[r->i + 1], "#"))
		return false;
	r->i++;
	return true;
}

static bool delay(struct reading *r, unsigned *at)
{
	unsigned n;

	r->i++;
	if (!token(r) || !number(r->s, token(r), &n) || *at + n > SVA_DELAY_MAX) {
		r->why = "a ## has no plain number, or a large one";
		return false;
	}
	*at += n;
	r->i++;
	return true;
}

/* "|->" may be lexed as "|" and "->". *next: 1 for "|=>", which starts one edge later. */
static bool implication(struct reading *r, unsigned *next)
{
	const char *text = r->s->text + r->s->tokens[r->i].off;
	const char *end = r->s->text + r->s->len;

	if (end - text < 3 || (strncmp(text, "|->", 3) != 0 && strncmp(text, "|=>", 3) != 0))
		return false;
	*next = text[1] == '=';
	while (r->i < r->end && r->s->text + r->s->tokens[r->i].off < text + 3)
		r->i++;
	return true;
}

static bool add_element(struct property *p, struct str *text, unsigned at, struct reading *r)
{
	if (!text->len || p->n == SVA_ELEMENTS_MAX) {
		r->why = text->len ? "it has too many parts" : "an expression is missing";
		return false;
	}
	p->v[p->n].text = *text;
	p->v[p->n].at = at;
	p->n++;
	p->last = at > p->last ? at : p->last;
	*text = STR_INIT;
	return true;
}

static bool body(struct reading *r, struct property *p)
{
	struct str text = STR_INIT;
	unsigned at = 0, next;
	int depth = 0;
	bool fresh = true; /* at the start of a sequence, where a delay may come first */

	while (r->i < r->end && !r->why) {
		if (depth == 0 && is_delay(r)) {
			if ((!fresh || text.len) && !add_element(p, &text, at, r))
				break;
			fresh = false;
			delay(r, &at);
		} else if (depth == 0 && implication(r, &next)) {
			if (p->implies)
				r->why = "it has more than one implication";
			else if (add_element(p, &text, at, r))
				p->n_before = p->n;
			p->implies = fresh = true;
			at += next;
		} else if (is(r, "@")) {
			r->why = "it has a second clock";
		} else if (is_refused(r)) {
			r->why = "it uses an operator of sequences that is not read here";
		} else {
			depth += is(r, "(") + is(r, "[") + is(r, "{");
			depth -= is(r, ")") + is(r, "]") + is(r, "}");
			if (depth == 0 && is(r, ","))
				r->why = "it has local variables";
			add_token(r, &text);
			fresh = false;
			r->i++;
		}
	}
	if (!r->why)
		add_element(p, &text, at, r);
	str_free(&text);
	return !r->why;
}

static bool read_property(struct reading *r, struct property *p)
{
	size_t event;

	if (!skip(r, "@") || !skip(r, "("))
		return false;
	if (!is(r, "posedge") && !is(r, "negedge")) {
		r->why = "its clock has no edge";
		return false;
	}
	event = r->i;
	if (!bracketed(r, &p->event))
		return false;
	for (; event < r->i; event++)
		if (token_is(r, event, "or") || token_is(r, event, ",") ||
		    token_is(r, event, "iff")) {
			r->why = "it has more than one clock, or a condition on it";
			return false;
		}
	if (is(r, "disable")) {
		r->i++;
		if (!skip(r, "iff") || !skip(r, "(") || !bracketed(r, &p->disable))
			return false;
	}
	return body(r, p);
}

static void property_fini(struct property *p)
{
	str_free(&p->event);
	str_free(&p->disable);
	for (size_t i = 0; i < p->n; i++)
		str_free(&p->v[i].text);
}

/* Writing ------------------------------------------------------------------------- */

/* Writes a chain of n registers that delays `first`. */
static void chain(unsigned id, const char *name, unsigned n, const char *event, const char *first,
		  const char *and_, struct str *out)
{
	if (!n)
		return;
	str_adds(out, "reg ");
	for (unsigned i = 1; i <= n; i++)
		str_addf(out, "%sposedge_p%u_%s_%u = 0", i == 1 ? "" : ", ", id, name, i);
	str_addf(out, "; always @(%s) begin posedge_p%u_%s_1 <= %s;", event, id, name, first);
	for (unsigned i = 2; i <= n; i++)
		str_addf(out, " posedge_p%u_%s_%u <= posedge_p%u_%s_%u%s;", id, name, i, id, name,
			 i - 1, and_);
	str_adds(out, " end ");
}

static void add_value(const struct property *p, size_t i, unsigned id, struct str *out)
{
	unsigned ago = p->last - p->v[i].at;

	if (ago)
		str_addf(out, "posedge_p%u_e%zu_%u", id, i, ago);
	else
		str_addf(out, "(%s)", str_cstr(&p->v[i].text));
}

static void write_property(const struct property *p, unsigned id, const char *word, enum sva_x x,
			   struct str *out)
{
	const char *event = str_cstr(&p->event);
	struct str on = STR_INIT, and_on = STR_INIT, name = STR_INIT, value = STR_INIT;

	str_addf(&on, p->disable.len ? "!(%s)" : "1'b1", str_cstr(&p->disable));
	if (p->disable.len)
		str_addf(&and_on, " && %s", str_cstr(&on));
	chain(id, "v", p->last, event, str_cstr(&on), str_cstr(&and_on), out);
	for (size_t i = 0; i < p->n; i++) {
		str_clear(&name);
		str_clear(&value);
		str_addf(&name, "e%zu", i);
		str_addf(&value, "!(!(%s))", str_cstr(&p->v[i].text));
		chain(id, str_cstr(&name), p->last - p->v[i].at, event, str_cstr(&value), "", out);
	}
	str_addf(out, "always @(%s) if (%s", event, str_cstr(&on));
	if (p->last)
		str_addf(out, " && posedge_p%u_v_%u", id, p->last);
	for (size_t i = 0; i < p->n_before; i++) {
		str_adds(out, " && ");
		add_value(p, i, id, out);
	}
	str_addf(out, ") %s (%s", word, x == SVA_X_HOLDS ? "(" : "");
	for (size_t i = p->n_before; i < p->n; i++) {
		str_adds(out, i == p->n_before ? "" : " && ");
		add_value(p, i, id, out);
	}
	str_adds(out, x == SVA_X_HOLDS ? ") !== 1'b0);" : ");");
	str_free(&on);
	str_free(&and_on);
	str_free(&name);
	str_free(&value);
}

static void add_lines(const char *text, struct vspan span, struct str *out)
{
	for (size_t i = span.off; i < span.end; i++)
		if (text[i] == '\n')
			str_addc(out, '\n');
}

static void concurrent(const struct vstmts *s, const struct vstmt *v, unsigned id, enum sva_x x,
		       struct str *out, struct strv *unread)
{
	struct property p = { 0 };
	struct reading r = { .s = s,
			     .i = vstmts_token(s, v->head.off),
			     .end = vstmts_token(s, v->head.end) };
	bool cover = vspan_is(s, v->name, "cover");

	if (!cover && read_property(&r, &p))
		write_property(&p, id, vspan_is(s, v->name, "assume") ? "assume" : "assert", x,
			       out);
	else if (!cover)
		strv_addf(unread, "%d: %s", v->line, r.why);
	add_lines(s->text, v->all, out);
	property_fini(&p);
}

/* Drops its label, which Icarus 11 does not read, its actions, and the #0 or final before its
 * brackets. */
static void immediate(const struct vstmts *s, const struct vstmt *v, struct str *out)
{
	add_lines(s->text, (struct vspan){ v->all.off, v->name.off }, out);
	str_add(out, s->text + v->name.off, v->name.end - v->name.off);
	str_adds(out, " (");
	str_add(out, s->text + v->head.off, v->head.end - v->head.off);
	str_adds(out, ");");
	add_lines(s->text, (struct vspan){ v->head.end, v->all.end }, out);
}

static bool is_word(const char *text, const struct vtoken *t, const char *word)
{
	return t->len == strlen(word) && memcmp(text + t->off, word, t->len) == 0;
}

/* The keyword that ends the declaration t begins, or NULL. In Verilog both words
 * are plain names, recognised by the missing end. */
static const char *declared_until(const char *text, size_t len, const struct vtoken *t)
{
	const char *end = is_word(text, t, "property")	 ? "endproperty"
			  : is_word(text, t, "sequence") ? "endsequence"
							 : NULL;

	return end && memmem(text + t->off, len - t->off, end, strlen(end)) ? end : NULL;
}

/* Blanks declarations of properties and sequences; assertions that name one are
 * not supported. */
static bool blank_declared(char *text, size_t len)
{
	static const char *const uses[] = { "assert", "assume", "cover", "restrict", "expect" };
	enum vlex_state state = VLEX_CODE;
	const char *until = NULL;
	bool any = false, used = false;

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		bool last = until && is_word(text, &t, until);

		off += t.len;
		if (t.kind == VTOKEN_SPACE || t.kind == VTOKEN_COMMENT)
			continue;
		if (!until && !used)
			until = declared_until(text, len, &t);
		used = false;
		for (size_t i = 0; i < sizeof(uses) / sizeof(*uses); i++)
			used |= is_word(text, &t, uses[i]);
		if (until) {
			memset(text + t.off, ' ', t.len);
			any = true;
		}
		if (last)
			until = NULL;
	}
	return any;
}

bool sva_rewrite(const char *given, size_t len, enum sva_x x, struct str *out, struct strv *unread)
{
	char *text = mem_strndup(given, len);
	bool changed = blank_declared(text, len);
	struct vstmts s;
	size_t done = 0;
	unsigned id = 0;

	vstmts_init(&s, text, len);
	for (size_t i = 0; i < s.n; i++) {
		const struct vstmt *v = &s.v[i];

		if ((v->kind != VSTMT_PROPERTY && v->kind != VSTMT_ASSERT) || v->all.off < done ||
		    v->head.end <= v->head.off)
			continue;
		str_add(out, text + done, v->all.off - done);
		if (v->kind == VSTMT_PROPERTY)
			concurrent(&s, v, id++, x, out, unread);
		else
			immediate(&s, v, out);
		done = v->all.end;
	}
	str_add(out, text + done, len - done);
	vstmts_fini(&s);
	free(text);
	return changed || done > 0;
}

bool sva_take_out(char *text, size_t len)
{
	bool changed = blank_declared(text, len);
	struct vstmts s;

	vstmts_init(&s, text, len);
	for (size_t i = 0; i < s.n; i++) {
		const struct vstmt *v = &s.v[i];

		if (v->kind != VSTMT_PROPERTY)
			continue;
		for (size_t k = v->all.off; k < v->all.end; k++)
			if (text[k] != '\n')
				text[k] = ' ';
		/* The only statement under a condition must remain a statement. */
		if (!v->generate && v->parent >= 0)
			text[v->all.end - 1] = ';';
		changed = true;
	}
	vstmts_fini(&s);
	return changed;
}
