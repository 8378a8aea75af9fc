/* Code may go on with an operator at the start of a line:
 *
 *	assign y = a
 *	+ b;
 *
 * but not behind the end of a statement, so the + of "x <= 1;\n+\ty <= 2;" is the sign of an
 * added line. Lines within comments, such as lists, do not count.
 */
#include "config.h"

#include "session/answer/answer_signs.h"

#include "session/answer/answer_raw.h"
#include "session/verilog/verilog.h"

/* Neither "--i;" nor the trigger of an event, "-> done;". */
static bool has_sign(struct slice line, char sign)
{
	return line.n && line.p[0] == sign &&
	       (line.n == 1 || (line.p[1] != sign && line.p[1] != '>'));
}

/* The last token of a line that is code; empty: there is none. */
static struct slice last_token(struct slice line, enum vlex_state *state)
{
	struct slice last = { line.p, 0 };

	for (size_t at = 0; at < line.n;) {
		struct vtoken t = vlex_next(line.p, line.n, at, state);

		if (t.len && t.kind != VTOKEN_SPACE && t.kind != VTOKEN_COMMENT)
			last = (struct slice){ line.p + t.off, t.len };
		at = t.off + (t.len ? t.len : 1);
	}
	return last;
}

static bool ends_statement(struct slice token)
{
	return slice_is(token, ";") || slice_is(token, "begin") || slice_is(token, "end") ||
	       slice_is(token, "endcase") || slice_is(token, "else");
}

struct slice signs_line(struct slice code)
{
	enum vlex_state state = VLEX_CODE;
	bool ended = false;

	while (code.n) {
		struct slice line = slice_line(&code), token;
		bool sign = has_sign(line, '+') || has_sign(line, '-');

		if (sign && ended && state == VLEX_CODE)
			return slice_chomp(line);
		token = last_token(sign ? slice_from(line, 1) : line, &state);
		ended = token.n ? ends_statement(token) : ended;
	}
	return code;
}

bool signs_make_diff(struct slice code)
{
	size_t minus = 0, plus = 0, lines = 0;

	for (struct slice rest = code; rest.n;) {
		struct slice line = slice_line(&rest);

		if (raw_starts((struct slice){ line.p, line.n + rest.n }))
			return signs_line(code).n > 0;
		minus += has_sign(line, '-');
		plus += has_sign(line, '+');
		lines += !slice_blank(line);
	}
	return plus && (minus || plus == lines);
}
