/* Modules that check: the comparison is in them, and the testbench only reads what they
 * found.
 *
 *     fifo      dut (.clk(clk), .din(din), .dout(dout));
 *     fifo_chk  chk (.clk(clk), .din(din), .dout(dout), .error(failed));
 *     ... if (failed) $display("FAILED");
 *
 * Without a print or a delay such a module looks like hardware. It is part of the
 * testbench if a testbench instantiates it, an output of another instance goes into it,
 * its own outputs go to no other instance, and it says what it is: by `!==` or `===`,
 * which hardware does not have, or by its name. The net at its output is then the same
 * variable as the port: `failed` is read as `error` is.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/verdict/checks_inner.h"

#define PORTS_MAX     128 /* per module; further ones are not known */
#define INSTANCES_MAX 64  /* per testbench */

struct port {
	struct vspan name;
	bool output;
};

struct module { /* a unit, and its ports in their order */
	const struct check_source *src;
	int unit;
	struct port ports[PORTS_MAX];
	size_t n;
};

struct instance {
	struct module *of;
	struct vspan nets[PORTS_MAX]; /* by the port's index; empty: none, or an expression */
	bool rest;		      /* .*: a port without a net has one of its own name */
};

struct unit_at {
	const struct check_source *src;
	int unit;
};

struct units { /* of all sources, by name */
	struct name_map names;
	struct unit_at *v;
	size_t n, cap;
};

struct bench {
	const struct units *units;
	const struct vstmts *s;
	struct instance *v;
	size_t n;
};

static bool same(const struct vstmts *a, struct vspan x, const struct vstmts *b, struct vspan y)
{
	return x.end > x.off && x.end - x.off == y.end - y.off &&
	       memcmp(a->text + x.off, b->text + y.off, x.end - x.off) == 0;
}

static struct vspan token_span(const struct vstmts *s, size_t i)
{
	return (struct vspan){ s->tokens[i].off, s->tokens[i].off + s->tokens[i].len };
}

/* Ports ------------------------------------------------------------------------------ */

static bool ends_port(const struct vstmts *s, size_t i)
{
	return checks_is(s, i, ",") || checks_is(s, i, ")") || checks_is(s, i, "=") ||
	       checks_is(s, i, ";");
}

static void set_outputs(struct module *m, struct vspan in)
{
	static const char *const inputs[] = { "input", "inout", "ref", NULL };
	const struct vstmts *s = &m->src->s;
	bool output = false;
	int depth = 0;

	for (size_t i = checks_first_token(s, in); checks_in_span(s, i, in); i++) {
		output = checks_is(s, i, "output") || (output && !checks_is_any(s, i, inputs));
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		for (size_t k = 0; output && depth == 0 && ends_port(s, i + 1) && k < m->n; k++)
			m->ports[k].output |= same(s, m->ports[k].name, s, token_span(s, i));
	}
}

/* The list in brackets after the unit's name and its parameters. */
static struct vspan port_list(const struct vstmts *s, int unit)
{
	size_t i = vstmts_token(s, s->v[unit].all.off), open = s->n_tokens;
	struct vspan all = s->v[unit].all;
	int depth = 0;

	for (; checks_in_span(s, i, all) && !(depth == 0 && checks_is(s, i, ";")); i++) {
		if (checks_is(s, i, "(") && depth++ == 0)
			open = i;
		if (checks_is(s, i, ")") && --depth == 0 && checks_is(s, i + 1, ";") &&
		    open < s->n_tokens)
			return (struct vspan){ s->tokens[open].off + 1,
					       s->tokens[i].off + s->tokens[i].len };
	}
	return (struct vspan){ 0, 0 };
}

static struct module *read_module(const struct check_source *src, int unit)
{
	struct module *m = mem_zalloc(sizeof(*m));
	const struct vstmts *s = &src->s;
	struct vspan list = port_list(s, unit);
	int depth = 0;

	m->src = src;
	m->unit = unit;
	for (size_t i = checks_first_token(s, list); checks_in_span(s, i, list); i++) {
		depth += checks_is(s, i, "[") - checks_is(s, i, "]");
		if (depth == 0 && s->tokens[i].kind == VTOKEN_NAME && ends_port(s, i + 1) &&
		    m->n < PORTS_MAX)
			m->ports[m->n++].name = token_span(s, i);
	}
	set_outputs(m, list);
	for (int i = unit + 1; i < s->v[unit].end; i = s->v[i].end)
		if (checks_is(s, vstmts_token(s, s->v[i].all.off), "output"))
			set_outputs(m, s->v[i].all);
	return m;
}

static void read_units(const struct checks *c, struct units *u)
{
	for (size_t k = 0; k < c->n_sources; k++) {
		const struct vstmts *s = &c->sources[k].s;

		for (size_t i = 0; i < s->n; i++) {
			if (s->v[i].kind != VSTMT_UNIT ||
			    !name_map_put(&u->names, s->text + s->v[i].name.off,
					  s->v[i].name.end - s->v[i].name.off, u->n))
				continue;
			u->cap = mem_grow((void **)&u->v, u->cap, u->n + 1, sizeof(*u->v));
			u->v[u->n++] = (struct unit_at){ &c->sources[k], (int)i };
		}
	}
}

/* Instances -------------------------------------------------------------------------- */

static void connect(const struct bench *b, struct instance *new, size_t at, struct vspan port,
		    struct vspan net)
{
	size_t i = checks_first_token(b->s, net);
	bool plain = checks_in_span(b->s, i, net) && b->s->tokens[i].kind == VTOKEN_NAME;

	plain = plain && (!checks_in_span(b->s, i + 1, net) || checks_is(b->s, i + 1, "["));
	for (size_t k = 0; plain && k < new->of->n; k++)
		if (port.off < port.end ? same(&new->of->src->s, new->of->ports[k].name, b->s, port)
					: k == at)
			new->nets[k] = token_span(b->s, i);
}

/* Reads "( .a(x), .b, .* )" or "( x, y )" from the token after its bracket. */
static void connections(const struct bench *b, struct instance *new, struct vspan in)
{
	size_t at = checks_first_token(b->s, in), n = 0;
	struct vspan arg;

	while (checks_next_argument(b->s, in, &at, &arg)) {
		size_t i = checks_first_token(b->s, arg);

		if (checks_is(b->s, i, ".*") ||
		    (checks_is(b->s, i, ".") && checks_is(b->s, i + 1, "*"))) {
			new->rest = true;
		} else if (checks_is(b->s, i, ".") && checks_is(b->s, i + 2, "(")) {
			connect(b, new, n, token_span(b->s, i + 1),
				(struct vspan){ b->s->tokens[i + 2].off + 1, arg.end - 1 });
		} else if (checks_is(b->s, i, ".")) {
			connect(b, new, n, token_span(b->s, i + 1), token_span(b->s, i + 1));
		} else {
			connect(b, new, n, (struct vspan){ 0, 0 }, arg);
		}
		n++;
	}
}

/* The token of the bracket that closes the one at i. */
static size_t closing(const struct vstmts *s, size_t i, struct vspan in)
{
	int depth = 0;

	for (; checks_in_span(s, i, in); i++) {
		depth += checks_is(s, i, "(") - checks_is(s, i, ")");
		if (depth == 0)
			break;
	}
	return i;
}

static void add_instance(struct bench *b, int node)
{
	struct vspan all = b->s->v[node].all;
	size_t first = checks_first_token(b->s, all), i = first + 1, end;
	size_t at;

	if (b->n >= INSTANCES_MAX || !checks_in_span(b->s, first + 2, all) ||
	    b->s->tokens[first].kind != VTOKEN_NAME)
		return;
	if (checks_is(b->s, i, "#"))
		i = checks_is(b->s, i + 1, "(") ? closing(b->s, i + 1, all) + 1 : i + 2;
	if (!checks_in_span(b->s, i, all) || b->s->tokens[i].kind != VTOKEN_NAME ||
	    !checks_is(b->s, i + 1, "("))
		return;
	end = closing(b->s, i + 1, all);
	if (!checks_in_span(b->s, end, all) ||
	    !name_map_get(&b->units->names, b->s->text + b->s->tokens[first].off,
			  b->s->tokens[first].len, &at))
		return;
	b->v[b->n] =
		(struct instance){ .of = read_module(b->units->v[at].src, b->units->v[at].unit) };
	connections(b, &b->v[b->n++],
		    (struct vspan){ b->s->tokens[i + 1].off + 1, b->s->tokens[end].off });
}

/* Checkers --------------------------------------------------------------------------- */

/* By a name only if an output's name says so as well: a comparator may be the design. */
static bool says_so(const struct module *m)
{
	static const char *const words[] = { "check", "chk",	"score", "compar", "monitor",
					     "verif", "golden", "judge", NULL },
				 *const exact[] = { "===", "!==", NULL };
	struct vspan name = m->src->s.v[m->unit].name;
	bool tells = false, named = false;

	for (size_t k = 0; k < m->n; k++)
		tells |= m->ports[k].output &&
			 checks_name(m->src->text + m->ports[k].name.off,
				     m->ports[k].name.end - m->ports[k].name.off) != ROLE_NONE;
	for (size_t at = name.off; at < name.end; at++)
		for (size_t k = 0; words[k]; k++)
			named |= name.end - at >= strlen(words[k]) &&
				 strncasecmp(m->src->text + at, words[k], strlen(words[k])) == 0;
	return (named && tells) || checks_has_any(&m->src->s, m->src->s.v[m->unit].all, exact);
}

/* The net at that port; NULL: none. */
static const char *net(const struct bench *b, size_t which, size_t port, size_t *len)
{
	const struct instance *i = &b->v[which];
	const struct vspan own = i->of->ports[port].name, other = i->nets[port];

	*len = other.off < other.end ? other.end - other.off : own.end - own.off;
	if (other.off < other.end)
		return b->s->text + other.off;
	return i->rest ? i->of->src->text + own.off : NULL;
}

/* True if the net of that port of the instance is at a port of another one; output: of
 * its outputs. */
static bool goes_elsewhere(const struct bench *b, size_t which, size_t port, bool output)
{
	size_t len, other_len;
	const char *name = net(b, which, port, &len), *other;

	for (size_t n = 0; name && n < b->n; n++)
		for (size_t k = 0; n != which && k < b->v[n].of->n; k++) {
			other = net(b, n, k, &other_len);
			if ((!output || b->v[n].of->ports[k].output) && other && other_len == len &&
			    memcmp(other, name, len) == 0)
				return true;
		}
	return false;
}

/* True if the testbench compares that net with anything but 0, "error !== 1": it tests the
 * module, and reads no verdict. */
static bool is_tested(const struct bench *b, size_t which, size_t port)
{
	static const char *const ops[] = { "===", "!==", "==", "!=", NULL };
	size_t len;
	const char *name = net(b, which, port, &len);

	for (size_t i = 0; name && i + 2 < b->s->n_tokens; i++)
		if (b->s->tokens[i].len == len && checks_is_any(b->s, i + 1, ops) &&
		    memcmp(b->s->text + b->s->tokens[i].off, name, len) == 0 &&
		    !checks_is_zero(b->s, i + 2))
			return true;
	return false;
}

static bool is_checker(const struct bench *b, size_t which)
{
	const struct module *m = b->v[which].of;
	bool watches = false, tells = false;

	for (size_t k = 0; k < m->n; k++) {
		tells |= m->ports[k].output;
		watches |= !m->ports[k].output && goes_elsewhere(b, which, k, true);
		if (m->ports[k].output && goes_elsewhere(b, which, k, false))
			return false;
	}
	for (size_t k = 0; watches && k < m->n; k++)
		if (m->ports[k].output && is_tested(b, which, k))
			return false;
	return watches && tells && says_so(m);
}

static void note(struct checks *c, const struct bench *b, size_t which)
{
	const struct module *m = b->v[which].of;

	m->src->bench[m->unit] = true;
	for (size_t k = 0; k < m->n; k++) {
		struct vspan port = m->ports[k].name;
		size_t len;
		const char *name = net(b, which, k, &len);

		if (!m->ports[k].output || !name)
			continue;
		c->cap_results = mem_grow((void **)&c->results, c->cap_results, c->n_results + 1,
					  sizeof(*c->results));
		c->results[c->n_results++] = (struct check_result){
			.net = name,
			.net_len = len,
			.port = m->src->text + port.off,
			.port_len = port.end - port.off,
		};
	}
}

static void read_bench(struct checks *c, struct check_source *src, int unit,
		       const struct units *units)
{
	struct bench b = { .units = units, .s = &src->s };

	b.v = mem_calloc(INSTANCES_MAX, sizeof(*b.v));
	for (int n = unit + 1; n < src->s.v[unit].end; n++)
		if (src->s.v[n].kind == VSTMT_ITEM)
			add_instance(&b, n);
	for (size_t n = 0; n < b.n; n++)
		if (!b.v[n].of->src->bench[b.v[n].of->unit] && is_checker(&b, n))
			note(c, &b, n);
	for (size_t n = 0; n < b.n; n++)
		free(b.v[n].of);
	free(b.v);
}

void checks_find_checkers(struct checks *c)
{
	struct units units = { .names = NAME_MAP_INIT };

	read_units(c, &units);
	for (size_t i = 0; i < units.n; i++) {
		struct check_source *src = (struct check_source *)units.v[i].src;

		if (src->bench[units.v[i].unit])
			read_bench(c, src, units.v[i].unit, &units);
	}
	name_map_fini(&units.names);
	free(units.v);
}

bool checks_is_result(const struct checks *c, const char *name, size_t len)
{
	for (size_t i = 0; i < c->n_results; i++)
		if (c->results[i].net_len == len && memcmp(c->results[i].net, name, len) == 0)
			return true;
	return false;
}

void checks_join_results(struct checks *c)
{
	for (size_t i = 0; i < c->n_results; i++) {
		const struct check_result *r = &c->results[i];
		size_t at;

		if (name_map_get(&c->by_name, r->port, r->port_len, &at))
			name_map_put(&c->by_name, r->net, r->net_len, at);
	}
}
