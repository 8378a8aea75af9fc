/* One file, preprocessed into a flat text and parsed into statements for the
 * rules. Files above OWN_LINT_MAX are skipped, and a parse cut short by a limit
 * gives no findings: half a module would look like one that never drives its
 * outputs.
 */
#include "config.h"

#include "session/lint/own_lint.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/lint/own_lint_inner.h"

/* Entry points ---------------------------------------------------------------------- */

struct own_lint *own_lint_open(const struct own_lint_text *t)
{
	struct own_lint *o = mem_zalloc(sizeof(*o));

	o->t = *t;
	if (t->len <= OWN_LINT_MAX)
		own_flatten(&o->flat, t);
	vstmts_init(&o->s, str_cstr(&o->flat.text), o->flat.text.len);
	return o;
}

void own_lint_close(struct own_lint *o)
{
	if (!o)
		return;
	vstmts_fini(&o->s);
	own_flat_fini(&o->flat);
	free(o);
}

bool own_unit_of(const struct own_lint *o, int node, struct own_unit *u)
{
	size_t first = vstmts_token(&o->s, o->s.v[node].all.off);

	*u = (struct own_unit){ .file = &o->t, .flat = &o->flat, .s = &o->s, .node = node };
	if (o->s.v[node].kind != VSTMT_UNIT ||
	    (!own_is_sign(u, first, "module") && !own_is_sign(u, first, "macromodule")))
		return false;
	own_unit_read(u);
	return true;
}

void own_lint_find(const struct own_lint *o, struct diag_list *out)
{
	for (size_t i = 0; i < o->s.n && !o->s.cut; i++) {
		struct own_unit u;

		if (!own_unit_of(o, (int)i, &u))
			continue;
		u.out = out;
		own_rule_twice(&u);
		own_rule_endless(&u);
		if (!u.simulates) {
			own_rule_drivers(&u);
			own_rule_comb(&u);
			own_rule_edges(&u);
		}
		name_map_fini(&u.names);
	}
}
