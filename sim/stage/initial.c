/* One pass over the tokens. A declaration that gives values is
 *
 *     reg [3:0] a = 1, b, c [0:3];        at the level of a module, or
 *     output reg q = 0, input d           in the brackets of its header
 *
 * Each `= value` is left out of the copy and kept as an assignment; the initial block
 * with all of them follows the `;` of the declaration or of the header.
 */
#include "config.h"

#include "sim/stage/initial.h"

#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"

struct moving {
	const char *text;
	size_t len, at; /* of the token */
	size_t before;	/* end of the token before it */
	struct vtoken t;
	enum vlex_state lex;
	struct str *out;
	struct str kept; /* "a = 1; " */
	size_t copied;
	bool moved;
};

static bool is(const struct moving *m, const char *word)
{
	return m->at < m->len && m->t.len == strlen(word) &&
	       memcmp(m->text + m->at, word, m->t.len) == 0 && m->t.kind != VTOKEN_STRING &&
	       m->t.kind != VTOKEN_COMMENT;
}

static bool is_any(const struct moving *m, const char *const *words)
{
	for (; *words; words++)
		if (is(m, *words))
			return true;
	return false;
}

static void read_token(struct moving *m)
{
	while (m->at < m->len) {
		vlex_into(m->text, m->len, m->at, &m->lex, &m->t);
		if (m->t.kind != VTOKEN_SPACE && m->t.kind != VTOKEN_COMMENT)
			return;
		m->at += m->t.len;
	}
}

static void next(struct moving *m)
{
	m->at += m->at < m->len ? m->t.len : 0;
	m->before = m->at;
	read_token(m);
}

static void skip_to(struct moving *m, const char *word)
{
	while (m->at < m->len && !is(m, word))
		next(m);
}

/* From an opening bracket to after the one that closes it. */
static void skip_brackets(struct moving *m)
{
	static const char *const opens[] = { "(", "[", "{", NULL };
	static const char *const closes[] = { ")", "]", "}", NULL };
	size_t depth = 0;

	do {
		depth += is_any(m, opens);
		depth -= is_any(m, closes);
		next(m);
	} while (depth > 0 && m->at < m->len);
}

/* From `initial` or `always` to after its statement, which may declare variables of its own:
 * `for (integer i = 0; ...)`. */
static void skip_process(struct moving *m)
{
	static const char *const opens[] = { "begin", "fork", "case", "casex", "casez", NULL };
	static const char *const closes[] = { "end",	   "join",    "join_any",
					      "join_none", "endcase", NULL };
	size_t depth = 0;

	next(m);
	while (m->at < m->len) {
		bool ends;

		if (is(m, "(")) {
			skip_brackets(m);
			continue;
		}
		depth += is_any(m, opens);
		ends = depth ? is_any(m, closes) && --depth == 0 : is(m, ";");
		next(m);
		if (ends && !is(m, "else"))
			return;
	}
}

/* At "=": the value, up to a comma or the end of the list. Moves it if it is on one line. */
static void value(struct moving *m, const char *name, size_t name_len)
{
	static const char *const opens[] = { "(", "[", "{", NULL };
	static const char *const ends[] = { ",", ";", ")", NULL };
	size_t equals = m->at, last;

	next(m);
	while (m->at < m->len && !is_any(m, ends)) {
		if (is_any(m, opens))
			skip_brackets(m);
		else
			next(m);
	}
	last = m->before;
	if (memchr(m->text + equals, '\n', last - equals) ||
	    memmem(m->text + equals, last - equals, "//", 2))
		return;
	str_add(m->out, m->text + m->copied, equals - m->copied);
	str_addf(&m->kept, "%.*s %.*s; ", (int)name_len, name, (int)(last - equals),
		 m->text + equals);
	m->copied = last;
}

/* The names behind `reg` or the like, up to the end of the list; in a header, up to the
 * next port with a type of its own. */
static void names(struct moving *m, bool header)
{
	static const char *const stops[] = { ";", ")", NULL };

	next(m);
	while (m->at < m->len && !is_any(m, stops)) {
		if (is(m, "[") || is(m, "(")) {
			skip_brackets(m);
		} else if (m->t.kind == VTOKEN_NAME) {
			const char *name = m->text + m->at;
			size_t n = m->t.len;

			next(m);
			if (is(m, "="))
				value(m, name, n);
		} else if (header && m->t.kind == VTOKEN_KEYWORD && !is(m, "signed")) {
			return;
		} else {
			next(m);
		}
	}
}

/* At ";": writes what was kept behind it. */
static void end(struct moving *m)
{
	if (!m->kept.len || !is(m, ";"))
		return;
	str_add(m->out, m->text + m->copied, m->at + 1 - m->copied);
	str_addf(m->out, " initial begin %send", str_cstr(&m->kept));
	str_clear(&m->kept);
	m->copied = m->at + 1;
	m->moved = true;
}

static const char *const variables[] = { "reg", "integer", "time", "real", "realtime", NULL };

/* From "module" to the ";" of its header. */
static void header(struct moving *m)
{
	while (m->at < m->len && !is(m, ";")) {
		if (is(m, "#")) {
			next(m);
			if (is(m, "("))
				skip_brackets(m);
		} else if (is_any(m, variables)) {
			names(m, true);
		} else {
			next(m);
		}
	}
	end(m);
}

bool initial_move(const char *text, size_t len, struct str *out)
{
	static const char *const skipped[][2] = {
		{ "function", "endfunction" },	 { "task", "endtask" },
		{ "primitive", "endprimitive" }, { "parameter", ";" },
		{ "localparam", ";" },		 { "specparam", ";" }
	};
	static const char *const processes[] = { "initial",	"always",	"always_ff",
						 "always_comb", "always_latch", NULL };
	struct moving m = { .text = text, .len = len, .out = out };
	bool moved;

	read_token(&m);
	while (m.at < len) {
		size_t was = m.at;

		for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++)
			if (is(&m, skipped[i][0]))
				skip_to(&m, skipped[i][1]);
		if (is(&m, "module") || is(&m, "macromodule")) {
			header(&m);
		} else if (is_any(&m, variables)) {
			names(&m, false);
			end(&m);
		} else if (is_any(&m, processes)) {
			skip_process(&m);
			continue;
		} else if (is(&m, "(")) {
			skip_brackets(&m);
			continue;
		}
		if (m.at == was || !is_any(&m, variables))
			next(&m);
	}
	moved = m.moved && !m.kept.len;
	if (moved)
		str_add(out, text + m.copied, len - m.copied);
	else
		str_clear(out);
	str_free(&m.kept);
	return moved;
}
