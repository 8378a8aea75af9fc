/* Code without a fence begins at a line that can be nothing else: a module, a directive,
 * a declaration in a body. It ends with the keyword that closes what was opened, searched
 * outside comments and strings, so "endmodule" in a comment ends nothing.
 */
#include "config.h"

#include "session/answer/answer_raw.h"

#include <string.h>

#include "session/base/word_table.h"

struct unit_words {
	const char *open, *close;
};

static const struct unit_words units[] = {
	{ "module", "endmodule" },	 { "macromodule", "endmodule" },
	{ "interface", "endinterface" }, { "package", "endpackage" },
	{ "program", "endprogram" },	 { "primitive", "endprimitive" },
};

static struct slice skip_blank(struct slice s)
{
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t' || s.p[0] == '\r' || s.p[0] == '\n'))
		s = slice_from(s, 1);
	return s;
}

static struct slice word(struct slice *s)
{
	struct slice w = { s->p, slice_word(*s) };

	*s = slice_from(*s, w.n);
	return w;
}

/* The keyword that closes what rest opens; NULL: it opens nothing. */
static const char *opened(struct slice rest)
{
	struct slice s = slice_from(rest, slice_indent(rest));
	struct slice keyword, name;
	const char *close = NULL;

	if (s.n == 0 || (s.p[0] != 'm' && s.p[0] != 'i' && s.p[0] != 'p'))
		return NULL; /* most lines */
	keyword = word(&s);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]) && !close; i++)
		if (slice_is(keyword, units[i].open))
			close = units[i].close;
	if (!close || slice_indent(s) == 0)
		return NULL;
	s = slice_from(s, slice_indent(s));
	name = word(&s);
	if (slice_is(name, "automatic") || slice_is(name, "static")) {
		s = slice_from(s, slice_indent(s));
		name = word(&s);
	}
	s = skip_blank(s);
	if (name.n == 0 || s.n == 0)
		return NULL;
	if (s.p[0] == '(' || s.p[0] == ';' || s.p[0] == '#' || slice_starts(s, "//") ||
	    slice_starts(s, "/*"))
		return close;
	return slice_is((struct slice){ s.p, slice_word(s) }, "import") ? close : NULL;
}

bool raw_starts(struct slice rest)
{
	return opened(rest) != NULL;
}

static bool directive(struct slice s)
{
	static const char *const words[] = { "timescale",
					     "default_nettype",
					     "include",
					     "define",
					     "undef",
					     "ifdef",
					     "ifndef",
					     "else",
					     "elsif",
					     "endif",
					     "resetall",
					     "celldefine",
					     "endcelldefine",
					     "begin_keywords",
					     "end_keywords",
					     "pragma",
					     "line",
					     "undefineall",
					     "unconnected_drive",
					     "nounconnected_drive",
					     NULL };
	struct slice w, after;

	if (s.n == 0 || s.p[0] != '`')
		return false;
	after = slice_from(s, 1);
	w = word(&after);
	if (after.n && !strchr(" \t\r\n", after.p[0]))
		return false; /* `define` in a sentence */
	return words_has_n(words, w.p, w.n);
}

bool raw_leads(struct slice line, bool *within)
{
	struct slice s = slice_trim(line);

	if (!*within && slice_starts(s, "/*"))
		*within = true;
	else if (!*within)
		return slice_starts(s, "//") || slice_starts(s, "(*") || directive(s) ||
		       (slice_starts(s, "import ") && s.p[s.n - 1] == ';');
	if (slice_find(s, "*/") < s.n)
		*within = false;
	return true;
}

bool raw_begins(struct slice text)
{
	bool within = false;

	while (text.n && !raw_starts(text)) {
		struct slice line = slice_line(&text);

		if (!within && slice_blank(line))
			continue;
		if (!raw_leads(line, &within))
			return false;
	}
	return text.n > 0;
}

/* Advances *s past the next comment, string or word, or else one byte; returns the word. */
static struct slice next_word(struct slice *s)
{
	struct slice w = { s->p, 0 };
	size_t n = 1;

	if (slice_starts(*s, "//")) {
		slice_line(s);
		return w;
	}
	if (slice_starts(*s, "/*")) {
		n = slice_find(slice_from(*s, 2), "*/") + 4;
	} else if (s->p[0] == '"') {
		while (n < s->n && s->p[n] != '"' && s->p[n] != '\n')
			n += s->p[n] == '\\' && n + 1 < s->n ? 2 : 1;
		n++;
	} else if (slice_word(*s)) {
		return word(s);
	}
	*s = slice_from(*s, n < s->n ? n : s->n);
	return w;
}

static bool closes_unit(struct slice w)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (slice_is(w, units[i].close))
			return true;
	return false;
}

size_t raw_unit_end(struct slice line, size_t from)
{
	struct slice s = slice_from(line, from);

	while (s.n)
		if (closes_unit(next_word(&s)))
			return (size_t)(s.p - line.p);
	return 0;
}

/* Advances *s past the line where the module ends; false: it has no end. A fence
 * ends it too, because no Verilog line starts with three backticks. */
static bool take_module(struct slice *s)
{
	const char *close = opened(*s);

	while (s->n) {
		struct slice w = next_word(s);

		if (slice_is(w, close)) {
			slice_line(s);
			return true;
		}
		if (slice_starts(*s, "\n```")) {
			*s = slice_from(*s, 1);
			return false;
		}
	}
	return false;
}

struct slice raw_take(struct slice *rest, bool *cut)
{
	struct slice taken = { rest->p, 0 }, r = *rest;
	bool within = false;

	*cut = false;
	while (r.n && !*cut) {
		if (!within && raw_starts(r)) {
			*cut = !take_module(&r);
		} else {
			struct slice line = slice_line(&r);

			if (slice_blank(line))
				continue;
			if (!raw_leads(line, &within))
				break;
		}
		taken.n = (size_t)(r.p - taken.p);
	}
	*rest = slice_from(*rest, taken.n);
	return taken;
}

/* True for a line of a module body that no sentence starts with. */
static bool body_line(struct slice line)
{
	static const char *const words[] = { "wire",	 "reg",		"logic",     "assign",
					     "always",	 "always_comb", "always_ff", "always_latch",
					     "initial",	 "localparam",	"parameter", "integer",
					     "genvar",	 "generate",	"input",     "output",
					     "function", "task",	"typedef",   NULL };
	struct slice s = slice_trim(line), w = { s.p, slice_word(s) };
	bool within = false;

	if (s.n == 0)
		return false;
	if (raw_leads(s, &within))
		return true;
	return words_has_n(words, w.p, w.n) &&
	       (strchr(";,)({", s.p[s.n - 1]) || slice_word(slice_from(s, s.n - 1)) == 1);
}

bool raw_body(struct slice text, struct slice *body)
{
	struct slice rest = text;
	const char *start = NULL;

	while (rest.n) {
		struct slice line = slice_line(&rest), s = slice_trim(line);

		if (start && slice_starts(s, "endmodule") && slice_word(s) == strlen("endmodule")) {
			*body = (struct slice){ start, (size_t)(line.p + line.n - start) };
			return true;
		}
		if (!start && body_line(line))
			start = line.p;
	}
	return false;
}
