/* The instances of modules whose text is known, and what is at their ports. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

/* Ports ------------------------------------------------------------------------------ */

static bool ends_port(const struct vstmts *s, size_t i)
{
	return checks_is(s, i, ",") || checks_is(s, i, ")") || checks_is(s, i, "=") ||
	       checks_is(s, i, ";");
}

static void set_directions(struct check_module *m, struct vspan in)
{
	static const char *const words[] = { "input", "output", "inout", "ref", NULL };
	const struct vstmts *s = &m->src->s;
	bool output = false, input = false;
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		if (checks_is_any(s, i, words)) {
			output = checks_is(s, i, "output");
			input = checks_is(s, i, "input");
		}
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		for (size_t k = 0; depth == 0 && ends_port(s, i + 1) && k < m->n; k++)
			if (checks_same(s, m->ports[k].name, s, checks_token(s, i))) {
				m->ports[k].output |= output;
				m->ports[k].input |= input;
			}
	}
}

/* The list in brackets after the unit's name, its imports and its parameters. */
static struct vspan port_list(const struct vstmts *s, int unit)
{
	size_t i = vstmts_token(s, s->v[unit].all.off), open = s->n_tokens;
	struct vspan all = s->v[unit].all;
	int depth = 0;

	for (bool imports = false; checks_in_span(s, i, all); i++) {
		imports |= depth == 0 && checks_is(s, i, "import");
		if (depth == 0 && checks_is(s, i, ";") && !imports)
			break;
		imports &= !checks_is(s, i, ";");
		if (checks_is(s, i, "(") && depth++ == 0)
			open = i;
		if (checks_is(s, i, ")") && --depth == 0 && checks_is(s, i + 1, ";") &&
		    open < s->n_tokens)
			return (struct vspan){ s->tokens[open].off + 1,
					       s->tokens[i].off + s->tokens[i].len };
	}
	return (struct vspan){ 0, 0 };
}

static struct check_module *read_module(const struct check_source *src, int unit)
{
	struct check_module *m = mem_zalloc(sizeof(*m));
	const struct vstmts *s = &src->s;
	static const char *const directions[] = { "input", "output", NULL };
	struct vspan list = port_list(s, unit);
	int depth = 0;
	size_t places = list.off < list.end;

	m->src = src;
	m->unit = unit;
	for (size_t i = checks_first_token(s, list); checks_in_span(s, i, list); i++) {
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		places += depth == 0 && checks_is(s, i, ",");
		if (depth == 0 && s->tokens[i].kind == VTOKEN_NAME && ends_port(s, i + 1) &&
		    m->n < CHECKS_PORTS_MAX)
			m->ports[m->n++].name = checks_token(s, i);
	}
	/* A macro, or a port that is an expression, may bring others. */
	m->whole =
		places && m->n == places && !memchr(s->text + list.off, '`', list.end - list.off);
	set_directions(m, list);
	for (int i = unit + 1; i < s->v[unit].end; i = s->v[i].end)
		if (checks_is_any(s, vstmts_token(s, s->v[i].all.off), directions))
			set_directions(m, s->v[i].all);
	return m;
}

void checks_read_units(const struct checks *c, struct check_units *u)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i < s->n; i++) {
			const char *name = s->text + s->v[i].name.off;
			size_t len = s->v[i].name.end - s->v[i].name.off, at;

			if (s->v[i].kind != VSTMT_UNIT)
				continue;
			if (!name_map_put(&u->names, name, len, u->n)) {
				if (name_map_get(&u->names, name, len, &at))
					u->v[at].twice = true;
				continue;
			}
			MEM_PUSH(u->v, u->n, u->cap,
				 (struct check_unit_at){ &c->sources[k], (int)i, false });
		}
	}
}

void checks_free_units(struct check_units *u)
{
	name_map_fini(&u->names);
	free(u->v);
}

/* Instances -------------------------------------------------------------------------- */

static void connect(const struct vstmts *s, struct check_instance *new, size_t at,
		    struct vspan port, struct vspan net)
{
	size_t i = checks_first_token(s, net);
	bool plain = checks_in_span(s, i, net) && s->tokens[i].kind == VTOKEN_NAME;

	plain = plain && (!checks_in_span(s, i + 1, net) || checks_is(s, i + 1, "["));
	for (size_t k = 0; plain && k < new->of->n; k++)
		if (port.off < port.end
			    ? checks_same(&new->of->src->s, new->of->ports[k].name, s, port)
			    : k == at)
			new->nets[k] = checks_token(s, i);
}

/* Reads "( .a(x), .b, .* )" or "( x, y )" from the token after its bracket. */
static void connections(const struct vstmts *s, struct check_instance *new, struct vspan in)
{
	size_t at = checks_first_token(s, in), n = 0;
	struct vspan arg;

	while (checks_next_argument(s, in, &at, &arg)) {
		size_t i = checks_first_token(s, arg);

		if (checks_is(s, i, ".*")) {
			new->rest = true;
		} else if (checks_is(s, i, ".") && checks_is(s, i + 2, "(")) {
			connect(s, new, n, checks_token(s, i + 1),
				(struct vspan){ s->tokens[i + 2].off + 1, arg.end - 1 });
		} else if (checks_is(s, i, ".")) {
			connect(s, new, n, checks_token(s, i + 1), checks_token(s, i + 1));
		} else {
			connect(s, new, n, (struct vspan){ 0, 0 }, arg);
		}
		n++;
	}
}

bool checks_read_instance(const struct check_units *u, const struct vstmts *s, int node,
			  struct check_instance *out)
{
	struct vspan all = s->v[node].all;
	size_t first = checks_first_token(s, all), i = first + 1, end;
	size_t at;

	if (!checks_in_span(s, first + 2, all) || s->tokens[first].kind != VTOKEN_NAME)
		return false;
	if (checks_is(s, i, "#"))
		i = checks_is(s, i + 1, "(") ? checks_closing(s, i + 1, all) + 1 : i + 2;
	if (!checks_in_span(s, i, all) || s->tokens[i].kind != VTOKEN_NAME ||
	    !checks_is(s, i + 1, "("))
		return false;
	end = checks_closing(s, i + 1, all);
	if (!checks_in_span(s, end, all) ||
	    !name_map_get(&u->names, s->text + s->tokens[first].off, s->tokens[first].len, &at))
		return false;
	*out = (struct check_instance){ .of = read_module(u->v[at].src, u->v[at].unit),
					.more = !checks_is(s, end + 1, ";") };
	out->of->whole &= !u->v[at].twice;
	connections(s, out, (struct vspan){ s->tokens[i + 1].off + 1, s->tokens[end].off });
	return true;
}
