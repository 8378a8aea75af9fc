/* A net that no declaration mentions, and nothing else in its module:
 *
 *     reg shiftin;
 *     shifter u (.in(shiftIn), ...);	declares a net shiftIn, which nothing drives
 *
 * Every tool takes this for a declaration, so the value is z; only a name in other letters, or
 * a second use, shows what was meant.
 */
#include "config.h"

#include "session/lint/own_lint_inner.h"

#include <ctype.h>
#include <string.h>

#include "session/output/diag.h"
#include "session/text/slice.h"

/* Equal but for capitals and underscores. */
static bool is_alike(struct slice a, struct slice b)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < a.n && a.p[i] == '_')
			i++;
		while (k < b.n && b.p[k] == '_')
			k++;
		if (i == a.n || k == b.n)
			return i == a.n && k == b.n;
		if (tolower((unsigned char)a.p[i++]) != tolower((unsigned char)b.p[k++]))
			return false;
	}
}

static struct slice name_of(const struct own_unit *u, size_t token)
{
	return (struct slice){ u->s->text + u->s->tokens[token].off, u->s->tokens[token].len };
}

/* The unit around that line of the file; false if it is not a module. */
static bool unit_of_line(const struct own_lint *o, int line, struct own_unit *u)
{
	int in = -1;

	for (size_t i = 0; i < o->s.n; i++) {
		const struct own_piece *p = own_flat_at(&o->flat, o->s.v[i].all.off);

		if (o->s.v[i].kind == VSTMT_UNIT && p && !p->included && p->line <= line)
			in = (int)i;
	}
	return in >= 0 && own_unit_of(o, in, u);
}

/* The name between the first two quotes; empty if there are none. */
static struct slice quoted(const char *text)
{
	const char *from = strchr(text, '\''), *to = from ? strchr(from + 1, '\'') : NULL;

	return to ? (struct slice){ from + 1, (size_t)(to - from) - 1 } : (struct slice){ text, 0 };
}

bool own_lint_once(const struct own_lint *o, const struct diag *d, struct str *hint)
{
	struct slice name = quoted(d->text), other = { NULL, 0 };
	struct own_unit u;
	size_t end, uses = 0;

	if (!name.n || !unit_of_line(o, d->line, &u))
		return false;
	end = vstmts_token(u.s, u.s->v[u.node].all.end);
	for (size_t i = vstmts_token(u.s, u.s->v[u.node].all.off); i < end; i++) {
		struct slice s = name_of(&u, i);

		if (u.s->tokens[i].kind != VTOKEN_NAME || (i && own_is_sign(&u, i - 1, ".")))
			continue;
		if (s.n == name.n && memcmp(s.p, name.p, s.n) == 0)
			uses++;
		else if (!other.n && is_alike(s, name) && name_map_has(&u.names, s.p, s.n))
			other = s;
	}
	if (uses == 1) {
		str_addf(hint, "nothing else in this module is called %.*s", (int)name.n, name.p);
		if (other.n)
			str_addf(hint, "; is %.*s meant?", (int)other.n, other.p);
	}
	name_map_fini(&u.names);
	return uses == 1;
}
