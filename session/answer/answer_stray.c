/* Code may go on with an operator at the start of a line:
 *
 *	assign y = a
 *	+ b;
 *
 * but not behind the end of a statement, so the + of "x <= 1;\n+\ty <= 2;" is the sign of an
 * added line, the > of "> module m;" that of a quotation, and the [ of "y = a;[^1]" that of a
 * footnote. Only tokens count that begin nothing in any revision of the language. Expressions
 * do begin within brackets and braces, as items of a case and in sequences, and nearly
 * anything does in the table of a primitive and in a macro: nothing is stray there.
 */
#include "config.h"

#include "session/answer/answer_stray.h"

#include "session/answer/answer_raw.h"
#include "session/verilog/verilog.h"

struct place {
	unsigned brackets, cases;
	bool other; /* in a table, or in a sequence or property: expressions begin there */
	bool ended; /* a statement has ended, or one has to begin */
	bool value; /* behind the = of a statement: the @(...) in it is no head */
	bool heads; /* a bracket that opens here is the head of a statement: @(...), if (...) */
	bool head;  /* the outermost bracket is one */
	bool label; /* behind "begin :" */
};

/* True for operators that begin no statement and no declaration; items of a case may begin
 * with those that have one operand. */
static bool begins_nothing(const struct vwalk *w, bool in_case)
{
	static const char *const never[] = { "<",  ">",	 "<=", ">=", "=",  "==", "=>", "/", "%",
					     "**", "<<", ">>", "||", "&&", ",",	 "*",  "?", NULL };
	static const char *const in_items[] = { "+", "-",  "!",	 "~",  "&",  "|", "^",
						"[", "~&", "~|", "~^", "^~", NULL };

	if (w->t.kind == VTOKEN_NUMBER)
		return !in_case;
	return w->t.kind == VTOKEN_SYMBOL &&
	       (vwalk_is_any(w, never) || (!in_case && vwalk_is_any(w, in_items)));
}

/* Past a macro's text, which goes on behind each backslash at the end of a line. */
static void skip_macro(struct vwalk *w)
{
	size_t at = w->at + w->t.len;

	while (at < w->len && (w->text[at] != '\n' || w->text[at - 1] == '\\' ||
			       (w->text[at - 1] == '\r' && w->text[at - 2] == '\\')))
		at++;
	w->at = at;
	w->t.len = 0;
}

/* Outside of brackets: what begins or ends a part in which other rules hold. */
static void note_part(const struct vwalk *w, struct place *p)
{
	static const char *const opening[] = { "sequence", "property", NULL };
	static const char *const closing[] = { "endtable", "endsequence", "endproperty", NULL };
	static const char *const cases[] = { "case", "casex", "casez", "randcase", NULL };

	if (vwalk_is_any(w, cases))
		p->cases++;
	else if (vwalk_is(w, "endcase"))
		p->cases -= p->cases > 0;
	else if (vwalk_is(w, "table") || (p->ended && vwalk_is_any(w, opening)))
		p->other = true;
	else if (vwalk_is_any(w, closing))
		p->other = false;
}

/* "begin : name" ends where "begin" does. */
static bool is_label(const struct vwalk *w, struct place *p)
{
	bool was = p->label;

	p->label = p->ended && vwalk_is(w, ":");
	return p->label || (was && w->t.kind == VTOKEN_NAME);
}

static void note_place(struct vwalk *w, struct place *p)
{
	static const char *const opening[] = { "(", "[", "{", "'{", NULL };
	static const char *const closing[] = { ")", "]", "}", NULL };
	static const char *const ends[] = { ";", "begin", "else", NULL };
	static const char *const gives[] = { "=", "<=", NULL };
	static const char *const heads[] = { "@",	"if",	  "while", "for",
					     "foreach", "repeat", "wait",  NULL };
	bool closed = false;

	if (is_label(w, p))
		return;
	if (vwalk_is_any(w, opening)) {
		p->head = p->brackets ? p->head : p->heads && vwalk_is(w, "(");
		p->brackets++;
	} else if (vwalk_is_any(w, closing) && p->brackets) {
		p->brackets--;
		closed = p->brackets == 0 && p->head;
	} else if (!p->brackets) {
		note_part(w, p);
	}
	p->value |= !p->brackets && vwalk_is_any(w, gives);
	p->heads = !p->value && vwalk_is_any(w, heads);
	p->ended = closed || vwalk_is_any(w, ends) ||
		   (w->t.kind == VTOKEN_KEYWORD &&
		    slice_starts((struct slice){ w->text + w->at, w->t.len }, "end"));
	p->value &= !p->ended;
	if (vwalk_is(w, "`define"))
		skip_macro(w);
}

/* True for code that does not begin with a declaration: "8'd3, 8'd4" and "2'd0: y = 1;" are to be
 * included in a list or in a case. */
static bool is_part(struct vwalk w)
{
	return vwalk_next(&w) &&
	       (w.t.kind == VTOKEN_NUMBER || w.t.kind == VTOKEN_NAME || vwalk_is(&w, "default"));
}

struct slice stray_token(struct slice code, bool included)
{
	struct vwalk w = { .text = code.p, .len = code.n };
	bool part = included && is_part(w);
	struct place p = { .ended = !part, .cases = part };

	while (vwalk_next(&w)) {
		if (p.ended && !p.brackets && !p.other && begins_nothing(&w, p.cases > 0))
			return (struct slice){ code.p + w.at, w.t.len };
		note_place(&w, &p);
	}
	return slice_from(code, code.n);
}

/* Signs of a diff */

/* Neither "--i;" nor the trigger of an event, "-> done;". */
static bool has_sign(struct slice line, char sign)
{
	return line.n && line.p[0] == sign &&
	       (line.n == 1 || (line.p[1] != sign && line.p[1] != '>'));
}

bool stray_makes_diff(struct slice code)
{
	size_t minus = 0, plus = 0, lines = 0;

	for (struct slice rest = code; rest.n;) {
		struct slice line = slice_line(&rest), stray;

		if (raw_starts((struct slice){ line.p, line.n + rest.n })) {
			stray = stray_token(code, false);
			return (slice_is(stray, "+") || slice_is(stray, "-")) &&
			       (stray.p == code.p || stray.p[-1] == '\n');
		}
		minus += has_sign(line, '-');
		plus += has_sign(line, '+');
		lines += !slice_blank(line);
	}
	return plus && (minus || plus == lines);
}
