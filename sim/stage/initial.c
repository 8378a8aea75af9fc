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
	struct vwalk w;
	struct str *out;
	struct str kept; /* "a = 1; " */
	size_t copied;
	bool moved;
};

static void skip_to(struct vwalk *w, const char *word)
{
	while (w->at < w->len && !vwalk_is(w, word))
		vwalk_next(w);
}

/* From `initial` or `always` to after its statement, which may declare variables of its own:
 * `for (integer i = 0; ...)`. */
static void skip_process(struct vwalk *w)
{
	static const char *const opens[] = { "begin", "fork", "case", "casex", "casez", NULL };
	static const char *const closes[] = { "end",	   "join",    "join_any",
					      "join_none", "endcase", NULL };
	size_t depth = 0;

	vwalk_next(w);
	while (w->at < w->len) {
		bool ends;

		if (vwalk_is(w, "(")) {
			vwalk_skip_brackets(w);
			continue;
		}
		depth += vwalk_is_any(w, opens);
		ends = depth ? vwalk_is_any(w, closes) && --depth == 0 : vwalk_is(w, ";");
		vwalk_next(w);
		if (ends && !vwalk_is(w, "else"))
			return;
	}
}

/* At "=": the value, up to a comma or the end of the list. Moves it if it is on one line. */
static void value(struct moving *m, const char *name, size_t name_len)
{
	static const char *const opens[] = { "(", "[", "{", NULL };
	static const char *const ends[] = { ",", ";", ")", NULL };
	size_t equals = m->w.at, last;

	vwalk_next(&m->w);
	while (m->w.at < m->w.len && !vwalk_is_any(&m->w, ends)) {
		if (vwalk_is_any(&m->w, opens))
			vwalk_skip_brackets(&m->w);
		else
			vwalk_next(&m->w);
	}
	last = m->w.before;
	if (memchr(m->w.text + equals, '\n', last - equals) ||
	    memmem(m->w.text + equals, last - equals, "//", 2))
		return;
	str_add(m->out, m->w.text + m->copied, equals - m->copied);
	str_addf(&m->kept, "%.*s %.*s; ", (int)name_len, name, (int)(last - equals),
		 m->w.text + equals);
	m->copied = last;
}

/* The names behind `reg` or the like, up to the end of the list; in a header, up to the
 * next port with a type of its own. */
static void names(struct moving *m, bool header)
{
	static const char *const stops[] = { ";", ")", NULL };

	vwalk_next(&m->w);
	while (m->w.at < m->w.len && !vwalk_is_any(&m->w, stops)) {
		if (vwalk_is(&m->w, "[") || vwalk_is(&m->w, "(")) {
			vwalk_skip_brackets(&m->w);
		} else if (m->w.t.kind == VTOKEN_NAME) {
			const char *name = m->w.text + m->w.at;
			size_t n = m->w.t.len;

			vwalk_next(&m->w);
			if (vwalk_is(&m->w, "="))
				value(m, name, n);
		} else if (header && m->w.t.kind == VTOKEN_KEYWORD && !vwalk_is(&m->w, "signed")) {
			return;
		} else {
			vwalk_next(&m->w);
		}
	}
}

/* At the ";" of a declaration: writes its initial values as an initial block. */
static void end(struct moving *m)
{
	if (!m->kept.len || !vwalk_is(&m->w, ";"))
		return;
	str_add(m->out, m->w.text + m->copied, m->w.at + 1 - m->copied);
	str_addf(m->out, " initial begin %send", str_cstr(&m->kept));
	str_clear(&m->kept);
	m->copied = m->w.at + 1;
	m->moved = true;
}

static const char *const variables[] = { "reg", "integer", "time", "real", "realtime", NULL };

/* From "module" to the ";" of its header. */
static void header(struct moving *m)
{
	while (m->w.at < m->w.len && !vwalk_is(&m->w, ";")) {
		if (vwalk_is(&m->w, "#")) {
			vwalk_next(&m->w);
			if (vwalk_is(&m->w, "("))
				vwalk_skip_brackets(&m->w);
		} else if (vwalk_is_any(&m->w, variables)) {
			names(m, true);
		} else {
			vwalk_next(&m->w);
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
	struct moving m = { .w = { .text = text, .len = len }, .out = out };
	bool moved;

	vwalk_next(&m.w);
	while (m.w.at < len) {
		size_t was = m.w.at;

		for (size_t i = 0; i < sizeof(skipped) / sizeof(*skipped); i++)
			if (vwalk_is(&m.w, skipped[i][0]))
				skip_to(&m.w, skipped[i][1]);
		if (vwalk_is(&m.w, "module") || vwalk_is(&m.w, "macromodule")) {
			header(&m);
		} else if (vwalk_is_any(&m.w, variables)) {
			names(&m, false);
			end(&m);
		} else if (vwalk_is_any(&m.w, processes)) {
			skip_process(&m.w);
			continue;
		} else if (vwalk_is(&m.w, "(")) {
			vwalk_skip_brackets(&m.w);
			continue;
		}
		if (m.w.at == was || !vwalk_is_any(&m.w, variables))
			vwalk_next(&m.w);
	}
	moved = m.moved && !m.kept.len;
	if (moved)
		str_add(out, text + m.copied, len - m.copied);
	else
		str_clear(out);
	str_free(&m.kept);
	return moved;
}
