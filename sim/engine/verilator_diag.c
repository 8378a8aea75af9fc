/* From lines to findings, one message at a time.
 *
 * A message opens a finding; the lines after it add a second place, a hint or the
 * column of the mark, or are dropped; the next message or the end closes it. The
 * ranking of warnings as errors, risks or style is ours: Verilator has none.
 */
#include "config.h"

#include "sim/engine/verilator_diag.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "sim/engine/place.h"

/* A real as an integer, int'(1.5 * W), where it computes a constant. */
#define UNCONVERTED "Expecting expression to be constant, but can't convert a CAST"

#define UNSUPPORTED "Unsupported: "

#define HINT_MAX 1000 /* a circular path may have a thousand places */

/* What a warning means for the hardware: a risk, except for these. DIAG_ERROR: the source
 * itself requested an error. */
static const struct {
	const char *code;
	enum diag_rank rank;
} ranks[] = {
	{ "ASSIGNDLY", DIAG_STYLE },	   { "DECLFILENAME", DIAG_STYLE },
	{ "DEFPARAM", DIAG_STYLE },	   { "DEPRECATED", DIAG_STYLE },
	{ "EOFNEWLINE", DIAG_STYLE },	   { "GENUNNAMED", DIAG_STYLE },
	{ "HIERBLOCK", DIAG_STYLE },	   { "IFDEPTH", DIAG_STYLE },
	{ "IMPORTSTAR", DIAG_STYLE },	   { "INCABSPATH", DIAG_STYLE },
	{ "INITIALDLY", DIAG_STYLE },	   { "INSECURE", DIAG_STYLE },
	{ "MINTYPMAX", DIAG_STYLE },	   { "MINTYPMAXDLY", DIAG_STYLE },
	{ "MULTITOP", DIAG_STYLE },	   { "NEWERSTD", DIAG_STYLE },
	{ "PINCONNECTEMPTY", DIAG_STYLE }, { "PINNOCONNECT", DIAG_STYLE },
	{ "PROCASSINIT", DIAG_STYLE },	   { "PROFOUTOFDATE", DIAG_STYLE },
	{ "PROTECTED", DIAG_STYLE },	   { "RANDC", DIAG_STYLE },
	{ "RISEFALLDLY", DIAG_STYLE },	   { "SHORTREAL", DIAG_STYLE },
	{ "SPLITVAR", DIAG_STYLE },	   { "STMTDLY", DIAG_STYLE },
	{ "SYMRSVDWORD", DIAG_STYLE },	   { "TICKCOUNT", DIAG_STYLE },
	{ "TIMESCALEMOD", DIAG_STYLE },	   { "UNOPTTHREADS", DIAG_STYLE },
	{ "UNPACKED", DIAG_STYLE },	   { "UNUSED", DIAG_STYLE },
	{ "UNUSEDGENVAR", DIAG_STYLE },	   { "UNUSEDPARAM", DIAG_STYLE },
	{ "UNUSEDSIGNAL", DIAG_STYLE },	   { "USERERROR", DIAG_ERROR },
	{ "USERFATAL", DIAG_ERROR },	   { "USERINFO", DIAG_STYLE },
	{ "VARHIDDEN", DIAG_STYLE },	   { "ZERODLY", DIAG_STYLE },
};

/* The message being read. */
struct reading {
	struct diag_list *out;
	bool open;
	bool error, internal, note, in_top;
	bool elsewhere; /* a second place was named: quotes belong to it */
	int line, col, len;
	struct str path, code, text, context, hint;
	struct str limit_path; /* of the last construct that the tool does not support */
	int limit_line;
	bool cast; /* it could not compute a constant, and will miss it */
	struct str
		lost; /* the file whose ports it could not read; then it expects the wrong things */
};

static bool word_has(const char *s, size_t len, const char *part)
{
	size_t n = strlen(part);

	for (size_t i = 0; i + n <= len; i++) {
		if (strncasecmp(s + i, part, n) == 0)
			return true;
	}
	return false;
}

/* A blocking assignment is right where a testbench generates its clock: after a
 * delay without an event ("always #5 clk = ~clk", "#5 ck = 1;"), or, alone on a
 * line, to something named clock. The message points at the '='. */
static bool makes_clock(const char *context, int col)
{
	const char *delay = strchr(context, '#');
	const char *end = context + strlen(context), *eq, *name;

	if (strchr(context, '@'))
		return false;
	if (delay && (isdigit((unsigned char)delay[1]) || isalpha((unsigned char)delay[1]) ||
		      delay[1] == '(' || delay[1] == '`'))
		return true;
	if (col < 1 || col > end - context || context[col - 1] != '=')
		return false;
	eq = context + col - 1;
	while (eq > context && eq[-1] == ' ')
		eq--;
	for (name = eq; name > context && (isalnum((unsigned char)name[-1]) || name[-1] == '_');
	     name--)
		;
	for (const char *p = context; p < name; p++) {
		if (*p != ' ')
			return false;
	}
	return word_has(name, (size_t)(eq - name), "clk") ||
	       word_has(name, (size_t)(eq - name), "clock") ||
	       ((size_t)(eq - name) == 2 && word_has(name, 2, "ck"));
}

/* "if (errors)" with an integer: a count or flag as a condition. A vector of another
 * width may be a forgotten select. */
static bool is_a_flag(const char *text)
{
	const char *at = strstr(text, " expects 1 bit on the ");

	return at &&
	       (str_starts(text, "Logical operator IF ") ||
		str_starts(text, "Logical operator WHILE ")) &&
	       strstr(at, "'s VARREF '") && strstr(at, "' generates 32 bits");
}

static enum diag_rank rank_of(const struct reading *r)
{
	const char *code = str_cstr(&r->code);

	if (r->note)
		return DIAG_STYLE;
	if (r->internal || strcmp(code, DIAG_UNSUPPORTED) == 0)
		return DIAG_RISK; /* the tool's fault: the design may be right */
	if (r->error)
		return DIAG_ERROR;
	if (strcmp(code, "BLKSEQ") == 0 && makes_clock(str_cstr(&r->context), r->col))
		return DIAG_STYLE;
	if (str_starts(code, "WIDTH") && is_a_flag(str_cstr(&r->text)))
		return DIAG_STYLE;
	for (size_t i = 0; i < sizeof(ranks) / sizeof(*ranks); i++) {
		if (strcmp(ranks[i].code, code) == 0)
			return ranks[i].rank;
	}
	return DIAG_RISK;
}

/* False for messages at exit, or that explain the previous one. */
static bool is_finding(const struct reading *r)
{
	static const char *const closing[] = { "Exiting due to", "Cannot continue",
					       "Command Failed",
					       "This may be because there's no search path" };

	for (size_t i = 0; i < sizeof(closing) / sizeof(*closing); i++) {
		if (r->error && str_starts(str_cstr(&r->text), closing[i]))
			return false;
	}
	return true;
}

/* Verilator counts defparams in generate branches as if all branches were taken. */
static bool is_defparam_in_branches(const char *text, const char *context)
{
	return str_starts(text, "Duplicate pin connection") && strstr(context, "defparam");
}

/* Keywords that Verilator's grammar lacks. */
static bool is_unknown_word(const char *text, const char *context)
{
	static const char *const words[] = { "sequence", "checker", "randsequence", "let",
					     "restrict" };

	if (!str_starts(text, "syntax error"))
		return false;
	if (str_starts(text, "syntax error, unexpected ##") ||
	    str_starts(text, "syntax error, unexpected [*")) /* of a sequence */
		return true;
	if (strstr(context, ": coverpoint ") || strstr(context, ": cross "))
		return true;
	context += strspn(context, " \t");
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_starts(context, words[i]) && strchr(" \t(", context[strlen(words[i])]))
			return true;
	return false;
}

static bool begins_with(const char *context, const char *const *words)
{
	context += strspn(context, " \t");
	for (; *words; words++)
		if (str_starts(context, *words) && strchr(" \t[", context[strlen(*words)]))
			return true;
	return false;
}

/* "wire x[2] = '{0, 1};": a value where a net with unpacked dimensions is declared. */
static bool is_net_value(const char *text, const char *context, int col)
{
	static const char *const nets[] = { "wire", "tri", "wand", "wor", NULL };
	size_t end = col > 0 && (size_t)col <= strlen(context) ? (size_t)col - 1 : 0;

	while (end && (context[end - 1] == ' ' || context[end - 1] == '\t'))
		end--;
	return strcmp(text, "syntax error, unexpected '=', expecting ',' or ';'") == 0 && end &&
	       context[end - 1] == ']' && begins_with(context, nets);
}

/* "input wire ready = 1": the value of a port that is left open. */
static bool is_port_value(const char *text, const char *context)
{
	static const char *const inputs[] = { "input", NULL };

	return strcmp(text, "syntax error, unexpected '=', expecting ','") == 0 &&
	       begins_with(context, inputs);
}

/* "for (i[0] = 0; ...)": the variable of a loop is an element. */
static bool is_loop_of_element(const char *text, const char *context)
{
	static const char *const loops[] = { "for", NULL };

	return strcmp(text, "syntax error, unexpected '[', expecting '='") == 0 &&
	       begins_with(context, loops);
}

/* "defparam g[0].u.W = 4", "defparam a.u.W = 4": a name with an index or a second dot. */
static bool is_deep_defparam(const char *text, const char *context, int col)
{
	static const char *const words[] = { "defparam", NULL };
	bool after_dot = col > 1 && (size_t)col <= strlen(context) && context[col - 2] == '.';

	if (!begins_with(context, words))
		return false;
	return strcmp(text, "syntax error, unexpected '[', expecting '.'") == 0 ||
	       (after_dot &&
		str_starts(text, "syntax error, unexpected IDENTIFIER, expecting ','"));
}

/* True if what is wrong here may follow from a construct that was not read. */
static bool follows_limit(const struct reading *r)
{
	const char *text = str_cstr(&r->text), *path = str_cstr(&r->path);

	if (r->cast && str_starts(text, "Expecting expression to be constant, but variable"))
		return true;
	if (!str_starts(text, "syntax error"))
		return false;
	return (r->lost.len && strcmp(str_cstr(&r->lost), path) == 0) ||
	       (r->limit_line && r->limit_line == r->line &&
		strcmp(str_cstr(&r->limit_path), path) == 0);
}

/* Notes what the next errors may follow from. */
static void note_limit(struct reading *r)
{
	const char *text = str_cstr(&r->text), *context = str_cstr(&r->context);

	str_clear(&r->limit_path);
	str_adds(&r->limit_path, str_cstr(&r->path));
	r->limit_line = r->line;
	r->cast |= str_starts(text, UNCONVERTED);
	if (is_port_value(text, context) || is_loop_of_element(text, context)) {
		str_clear(&r->lost);
		str_adds(&r->lost, str_cstr(&r->path));
	}
}

/* Built-in methods of every class. */
static bool is_unknown_method(const char *text)
{
	static const char start[] = "Can't find definition of task/function: '";
	static const char *const names[] = {
		"randomize'",	    "srandom'",	      "rand_mode'",
		"constraint_mode'", "get_randstate'", "set_randstate'"
	};

	for (size_t i = 0; str_starts(text, start) && i < sizeof(names) / sizeof(*names); i++)
		if (str_starts(text + strlen(start), names[i]))
			return true;
	return false;
}

/* A module that instantiates itself without end: no tool can build it, though this one says
 * that it does not support that. */
static bool is_endless(const struct reading *r)
{
	return str_starts(str_cstr(&r->text), UNSUPPORTED "Identically recursive module");
}

/* "bind top.u_fifo checks c (.*);": it knows only a module's name there. */
static bool is_bind_to_instance(const char *text, const char *context)
{
	return str_starts(text, "syntax error, unexpected '.'") &&
	       str_starts(context + strspn(context, " \t"), "bind ");
}

/* An error that is a limit of the tool: the language allows it. */
static bool is_a_limit(const struct reading *r)
{
	static const char *const starts[] = {
		"Unsupported", UNCONVERTED, "disable isn't underneath a begin",
		"Width of bit range is huge", "Duplicate declaration of block: 'unnamedblk",
		"Loop unrolling took too long",
		/* of "if (a) assert(b); else if (c) assert(d);", whose
					       * "else" it gives to the first */
		"Assert not allowed under another assert"
	};
	const char *text = str_cstr(&r->text), *context = str_cstr(&r->context);

	if (!r->error || r->internal || is_endless(r))
		return false;
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (str_starts(text, starts[i]))
			return true;
	if (follows_limit(r))
		return true;
	return is_defparam_in_branches(text, context) || is_unknown_word(text, context) ||
	       is_unknown_method(text) || is_net_value(text, context, r->col) ||
	       is_port_value(text, context) || is_loop_of_element(text, context) ||
	       is_deep_defparam(text, context, r->col) || is_bind_to_instance(text, context);
}

/* The tool numbers connections without a name. In ".a(a), );" there is one behind the
 * comma. */
static void explain_number(struct reading *r)
{
	static const char pin[] = "Pin not found: '__pinNumber",
			  twice[] = "Duplicate pin connection: '__pinNumber";
	const char *text = str_cstr(&r->text);

	if (!r->hint.len && (str_starts(text, pin) || str_starts(text, twice)))
		str_adds(&r->hint, "the connection of that number has no name and no port: one too "
				   "many, or a comma before the bracket");
}

#define NO_WORD UNSUPPORTED "SystemVerilog 2005 reserved word not implemented: "

/* "output reg sequence)": a keyword that a design in Verilog takes for a name, as what
 * follows it shows. A construct that begins with it goes on with a name or "(". */
static bool is_keyword_for_name(const struct reading *r)
{
	const char *context = str_cstr(&r->context), *end;

	if (!str_starts(str_cstr(&r->text), NO_WORD) || r->col < 1 || !r->len ||
	    (size_t)(r->col - 1 + r->len) > strlen(context))
		return false;
	end = context + r->col - 1 + r->len;
	end += strspn(end, " \t");
	return *end && strchr(",;)=<[.", *end);
}

static void explain_keyword(struct reading *r)
{
	char *word;

	if (!is_keyword_for_name(r))
		return;
	word = mem_strdup(str_cstr(&r->text) + strlen(NO_WORD));
	str_clear(&r->code);
	str_clear(&r->text);
	str_addf(&r->text, "%s is a keyword of SystemVerilog: choose another name", word);
	free(word);
}

static void finish(struct reading *r)
{
	struct diag d;

	explain_number(r);
	explain_keyword(r);
	d = (struct diag){
		.path = str_cstr(&r->path),
		.line = r->line,
		.col = r->col,
		.len = r->len,
		.code = str_cstr(&r->code),
		.text = str_cstr(&r->text),
		.context = str_cstr(&r->context),
		.hint = str_cstr(&r->hint),
	};

	if (r->open && is_finding(r)) {
		if (is_a_limit(r)) {
			str_clear(&r->code);
			str_adds(&r->code, DIAG_UNSUPPORTED);
			d.code = str_cstr(&r->code);
			note_limit(r);
		} else if (is_endless(r)) {
			str_clear(&r->code);
			d.code = "";
			d.text += strlen(UNSUPPORTED);
		}
		d.rank = rank_of(r);
		d.in_top = r->in_top;
		d.waivable =
			*d.code && !r->note && !r->internal && !r->error && d.rank != DIAG_ERROR;
		diag_list_add(r->out, &d, NULL); /* when full, the rest is dropped */
	}
	r->open = r->error = r->internal = r->note = false;
	r->in_top = r->elsewhere = false;
	r->line = r->col = r->len = 0;
	str_clear(&r->path);
	str_clear(&r->code);
	str_clear(&r->text);
	str_clear(&r->context);
	str_clear(&r->hint);
}

/* "%Warning-CODE: FILE:LINE:COL: text" */
static bool first_line(struct reading *r, const char *s, const char *end)
{
	const char *p = place_skip(s, end, "%Warning"), *code, *internal;
	bool error = !p;
	struct place place;

	if (!p)
		p = place_skip(s, end, "%Error");
	if (!p || p == end || (*p != '-' && *p != ':'))
		return false;
	code = *p == '-' ? p + 1 : p;
	for (p = code; p < end && (isalnum((unsigned char)*p) || *p == '_'); p++)
		;
	if (p == end || *p != ':')
		return false;
	finish(r);
	r->open = true;
	r->error = error;
	str_add(&r->code, code, (size_t)(p - code));
	s = place_skip_blanks(p + 1, end);
	if ((internal = place_skip(s, end, "Internal Error: "))) {
		str_add(&r->text, s, (size_t)(internal - s));
		s = internal;
		r->internal = true;
		str_clear(&r->code);
		str_adds(&r->code, "INTERNAL");
	}
	p = place_parse(s, end, true, &place);
	if (p) {
		str_add(&r->path, place.path, place.path_len);
		r->line = place.line;
		r->col = place.col;
		s = place_skip_blanks(p, end);
	}
	str_add(&r->text, s, (size_t)(end - s));
	return true;
}

/* A line of unknown form: shown verbatim. */
static void add_note(struct reading *r, const char *s, const char *end)
{
	finish(r);
	if (place_skip(s, end, "-Info") || place_skip(s, end, "- ") ||
	    place_skip_blanks(s, end) == end || *s == ' ')
		return;
	r->open = r->note = true;
	str_adds(&r->code, DIAG_NOTE);
	str_add(&r->text, s, (size_t)(end - s));
	finish(r);
}

/* "   12 |   q <= a;" and "      |   ^~" */
static bool quote(struct reading *r, const char *s, const char *end)
{
	const char *digits = place_skip_blanks(s, end), *bar = digits;

	while (bar < end && isdigit((unsigned char)*bar))
		bar++;
	if (bar == s)
		return false;
	if (bar > digits && bar < end && *bar == ' ')
		bar++;
	if (bar == end || *bar != '|')
		return false;
	if (r->elsewhere)
		return true;
	s = bar + 1 < end && bar[1] == ' ' ? bar + 2 : bar + 1;
	if (bar > digits) {
		if (r->context.len == 0)
			str_add(&r->context, s, (size_t)(end - s));
		return true;
	}
	s = place_skip_blanks(s, end);
	if (s < end && *s == '^' && r->len == 0) {
		r->len = 1;
		while (s + r->len < end && s[r->len] == '~')
			r->len++;
	}
	return true;
}

static void add_hint(struct reading *r, const char *s, const char *end)
{
	if (r->hint.len)
		str_adds(&r->hint, "; ");
	str_add(&r->hint, s, (size_t)(end - s));
}

/* Handles the indented lines that explain a message. */
static void further_line(struct reading *r, const char *s, const char *end)
{
	const char *note, *p;
	struct place place;

	if (quote(r, s, end))
		return;
	s = place_skip_blanks(s, end);
	note = place_skip(s, end, ": ... ");
	if (note) {
		/* Every message about an instance says this; the place is enough. */
		p = place_skip(note, end, "In instance ");
		if (p)
			r->in_top = memchr(p, '.', (size_t)(end - p)) == NULL;
		else
			add_hint(r, note, end);
		return;
	}
	p = place_parse(s, end, true, &place);
	if (!p)
		return;
	r->elsewhere = true;
	p = place_skip_blanks(p, end);
	note = place_skip(p, end, "... ");
	p = note ? note : p;
	/* Verilator 5.006 also names a file that was included earlier, and has ended. */
	if (place_skip(p, end, "note: In file included from "))
		return;
	add_hint(r, p, end);
	str_adds(&r->hint, " (");
	str_add(&r->hint, place.path, place.path_len);
	str_addf(&r->hint, ":%d:%d)", place.line, place.col);
}

void verilator_diag_parse(const char *text, size_t len, struct diag_list *out)
{
	struct reading r = { .out = out, .hint = STR_LIMIT(HINT_MAX) };
	const char *end = text + len, *line;
	size_t n;

	while ((line = place_next_line(&text, end, &n))) {
		if (n && line[0] == '%' && first_line(&r, line, line + n))
			continue;
		if (n && line[0] == ' ' && r.open)
			further_line(&r, line, line + n);
		else
			add_note(&r, line, line + n);
	}
	finish(&r);
	str_free(&r.path);
	str_free(&r.code);
	str_free(&r.text);
	str_free(&r.context);
	str_free(&r.hint);
	str_free(&r.lost);
	str_free(&r.limit_path);
}
