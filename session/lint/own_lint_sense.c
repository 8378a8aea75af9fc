/* Sensitivity lists of combinational blocks that lack a signal which the block reads.
 *
 *     always @(s) y = s ? a : b;      a and b are read in this block but not in its list
 *
 * A list with anything but signals in it is for something else and is left alone.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <string.h>

static bool in_list(const struct own_unit *u, const struct own_list *l,
		    const struct vstmt_token *name)
{
	const struct vstmts *s = u->s;

	for (size_t i = vstmts_token(s, l->list.off), end = vstmts_token(s, l->list.end); i < end;
	     i++)
		if (s->tokens[i].len == name->len &&
		    memcmp(s->text + s->tokens[i].off, s->text + name->off, name->len) == 0)
			return true;
	return false;
}

/* True if the list consists of signals only. */
static bool is_plain_list(const struct own_unit *u, const struct own_list *l)
{
	const struct vstmts *s = u->s;
	size_t n = 0, set;

	for (size_t i = vstmts_token(s, l->list.off), end = vstmts_token(s, l->list.end); i < end;
	     i++) {
		if (s->tokens[i].kind != VTOKEN_NAME)
			continue;
		if (!own_signal_of(u, &s->tokens[i], &set) || set & OWN_NUMBER)
			return false;
		n++;
	}
	return n > 0;
}

static bool is_read(const struct own_unit *u, const struct own_list *l, size_t i)
{
	const struct vstmts *s = u->s;
	const struct vstmt_token *t = &s->tokens[i];
	size_t set;

	return own_signal_of(u, t, &set) && !(set & (OWN_NUMBER | OWN_ARRAY | OWN_MANY)) &&
	       !in_list(u, l, t) && !name_map_has(l->written, s->text + t->off, t->len) &&
	       !own_is_local(u, l->process, t) && !own_is_sign(u, i + 1, "(") &&
	       (i == 0 || !own_is_sign(u, i - 1, "."));
}

void own_check_list(const struct own_unit *u, const struct own_list *l)
{
	const struct vstmts *s = u->s;
	const struct vstmt *body = &s->v[l->body];
	struct name_map seen = NAME_MAP_INIT;
	struct str names = STR_INIT;

	if (!is_plain_list(u, l))
		return;
	for (size_t i = vstmts_token(s, body->all.off), end = vstmts_token(s, body->all.end);
	     i < end; i++) {
		const struct vstmt_token *t = &s->tokens[i];

		if (!is_read(u, l, i) || !name_map_put(&seen, s->text + t->off, t->len, 0))
			continue;
		if (seen.n <= 4)
			str_addf(&names, "%s'%.*s'", seen.n > 1 ? ", " : "", (int)t->len,
				 s->text + t->off);
		else if (seen.n == 5)
			str_adds(&names, ", ...");
	}
	if (seen.n) {
		struct str text = STR_INIT;

		str_addf(&text,
			 "%s %s read in this block but not in its sensitivity list: a simulation "
			 "does not see %s change",
			 str_cstr(&names), seen.n == 1 ? "is" : "are", seen.n == 1 ? "it" : "them");
		own_add(u, vstmts_token(s, l->list.off), "SENSLIST", str_cstr(&text),
			"write always @(*), which lists all that is read");
		str_free(&text);
	}
	str_free(&names);
	name_map_fini(&seen);
}
