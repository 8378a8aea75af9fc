/* Works on tokens, so a bind in a comment or a string is ignored. The statement
 * is replaced with blanks, keeping its newlines; the instance is inserted on the
 * line of endmodule, without a newline. Both keep all line numbers, so a tool's
 * finding names the line of the user's file.
 */
#include "config.h"

#include "session/formal/bound.h"

#include <string.h>

#include "session/base/str.h"
#include "session/verilog/verilog.h"
#include "session/verilog/vstmt.h"

static bool inside(const struct voutline *o, size_t off)
{
	for (size_t i = 0; i < o->n; i++)
		if (off >= o->modules[i].off && off < o->modules[i].end)
			return true;
	return false;
}

static bool is_name(const struct vstmts *s, size_t i)
{
	return i < s->n_tokens && s->tokens[i].kind == VTOKEN_NAME;
}

/* Adds the tokens on one line; comments are dropped. */
static void add_instance(const struct vstmts *s, size_t from, size_t to, struct str *out)
{
	for (size_t i = from; i < to; i++) {
		str_addc(out, ' ');
		str_add(out, s->text + s->tokens[i].off, s->tokens[i].len);
	}
}

static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

bool bound_take(char *text, size_t len, struct strv *targets, struct strv *instances)
{
	struct vstmts s;
	struct voutline o;
	size_t before = targets->n;

	if (!memmem(text, len, "bind", 4))
		return false;
	vstmts_init(&s, text, len);
	voutline_init(&o, text, len);
	for (size_t i = 0; i < s.n_tokens && targets->n - before < BOUND_MAX; i++) {
		const struct vstmt_token *t = &s.tokens[i];
		struct str instance = STR_INIT;
		size_t end = i + 1;

		if (!vstmt_token_is(&s, t, "bind") || inside(&o, t->off) || !is_name(&s, i + 1) ||
		    !is_name(&s, i + 2))
			continue;
		while (end < s.n_tokens && !vstmt_token_is(&s, &s.tokens[end], ";"))
			end++;
		if (end == s.n_tokens)
			break;
		add_instance(&s, i + 2, end + 1, &instance);
		strv_addn(targets, text + s.tokens[i + 1].off, s.tokens[i + 1].len);
		strv_give(instances, str_take(&instance));
		blank(text, t->off, s.tokens[end].off + 1);
		i = end;
	}
	voutline_fini(&o);
	vstmts_fini(&s);
	return targets->n > before;
}

bool bound_put(const char *text, size_t len, const char *module, const char *instance,
	       struct str *out)
{
	size_t at;

	if (!voutline_endmodule(text, len, module, &at))
		return false;
	str_add(out, text, at);
	str_addf(out, "%s ", instance);
	str_add(out, text + at, len - at);
	return true;
}
