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
 * variable as the port: `failed` is read as `error` is. A module without ports whose tasks
 * it calls is part of it, too.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

#define INSTANCES_MAX 64 /* per testbench */

struct bench {
	const struct vstmts *s;
	struct check_instance *v;
	size_t n;
};

/* Checkers --------------------------------------------------------------------------- */

/* By a name only if an output's name says so as well: a comparator may be the design. */
static bool says_so(const struct check_module *m)
{
	static const char *const words[] = { "check", "chk",	"score", "compar", "monitor",
					     "verif", "golden", "judge", NULL };
	struct vspan name = m->src->s.v[m->unit].name;
	bool tells = false;

	for (size_t k = 0; k < m->n; k++)
		tells |= m->ports[k].output &&
			 checks_name(m->src->text + m->ports[k].name.off,
				     m->ports[k].name.end - m->ports[k].name.off) != ROLE_NONE;
	return (tells && checks_contains(m->src->text + name.off, name.end - name.off, words)) ||
	       checks_has_any(&m->src->s, m->src->s.v[m->unit].all, checks_exact);
}

/* The net at that port; NULL: none. */
static const char *net(const struct bench *b, size_t which, size_t port, size_t *len)
{
	const struct check_instance *i = &b->v[which];
	const struct vspan own = i->of->ports[port].name, other = i->nets[port];

	*len = other.off < other.end ? other.end - other.off : own.end - own.off;
	if (other.off < other.end)
		return b->s->text + other.off;
	return i->rest ? i->of->src->text + own.off : NULL;
}

/* True if the net of that port of the instance is at a port of another one; output: of
 * its outputs, else of one that is no part of the testbench. */
static bool goes_elsewhere(const struct bench *b, size_t which, size_t port, bool output)
{
	size_t len, other_len;
	const char *name = net(b, which, port, &len), *other;

	for (size_t n = 0; name && n < b->n; n++) {
		const struct check_module *m = b->v[n].of;

		if (n == which || (!output && m->src->bench[m->unit]))
			continue;
		for (size_t k = 0; k < m->n; k++) {
			other = net(b, n, k, &other_len);
			if ((!output || m->ports[k].output) && other && other_len == len &&
			    memcmp(other, name, len) == 0)
				return true;
		}
	}
	return false;
}

/* True if the testbench compares that net with anything but 0, "error !== 1": it tests the
 * module, and reads no verdict. */
static bool is_tested(const struct bench *b, size_t which, size_t port)
{
	size_t len;
	const char *name = net(b, which, port, &len);

	for (size_t i = 0; name && i + 2 < b->s->n_tokens; i++)
		if (b->s->tokens[i].len == len && checks_is_any(b->s, i + 1, checks_equal) &&
		    memcmp(b->s->text + b->s->tokens[i].off, name, len) == 0 &&
		    !checks_is_zero(b->s, i + 2))
			return true;
	return false;
}

static bool is_checker(const struct bench *b, size_t which)
{
	const struct check_module *m = b->v[which].of;
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

/* True for a module without ports that has a task: the testbench calls it, chk.compare(q). */
static bool is_called(const struct check_module *m)
{
	const struct vstmts *s = &m->src->s;

	for (int k = m->unit + 1; m->n == 0 && k < s->v[m->unit].end; k = s->v[k].end)
		if (s->v[k].kind == VSTMT_TASK)
			return true;
	return false;
}

static void note(struct checks *c, const struct bench *b, size_t which)
{
	const struct check_module *m = b->v[which].of;

	m->src->bench[m->unit] = true;
	for (size_t k = 0; k < m->n; k++) {
		struct vspan port = m->ports[k].name;
		size_t len;
		const char *name = net(b, which, k, &len);

		if (!m->ports[k].output || !name)
			continue;
		MEM_PUSH(c->results, c->n_results, c->cap_results,
			 (struct check_result){
				 .net = name,
				 .net_len = len,
				 .port = m->src->text + port.off,
				 .port_len = port.end - port.off,
			 });
	}
}

static void read_bench(struct checks *c, struct check_source *src, int unit,
		       const struct check_units *units)
{
	struct bench b = { .s = &src->s };

	b.v = mem_calloc(INSTANCES_MAX, sizeof(*b.v));
	for (int n = unit + 1; n < src->s.v[unit].end; n++)
		if (src->s.v[n].kind == VSTMT_ITEM && b.n < INSTANCES_MAX)
			b.n += checks_read_instance(units, b.s, n, &b.v[b.n]);
	for (size_t n = 0; n < b.n; n++) {
		const struct check_module *m = b.v[n].of;

		if (!m->src->bench[m->unit] && is_checker(&b, n))
			note(c, &b, n);
		m->src->bench[m->unit] |= is_called(m);
	}
	for (size_t n = 0; n < b.n; n++)
		free(b.v[n].of);
	free(b.v);
}

void checks_find_checkers(struct checks *c)
{
	struct check_units units = { .names = NAME_MAP_INIT };

	checks_read_units(c, &units);
	for (size_t i = 0; i < units.n; i++) {
		struct check_source *src = (struct check_source *)units.v[i].src;

		if (src->bench[units.v[i].unit])
			read_bench(c, src, units.v[i].unit, &units);
	}
	checks_free_units(&units);
}

bool checks_is_result(const struct checks *c, const char *name, size_t len)
{
	for (size_t i = 0; i < c->n_results; i++)
		if (c->results[i].net_len == len && memcmp(c->results[i].net, name, len) == 0)
			return true;
	return false;
}

bool checks_is_output(const struct checks *c, const struct vstmts *s, struct vspan name)
{
	size_t len = name.end - name.off;

	for (size_t i = 0; i < c->n_results; i++)
		if (c->results[i].port_len == len &&
		    memcmp(c->results[i].port, s->text + name.off, len) == 0)
			return true;
	return false;
}

/* "assign total = k;": the output is that variable. */
static void join_assigned(struct checks *c, const struct check_source *src)
{
	const struct vstmts *s = &src->s;

	for (size_t i = 0; i < s->n; i++) {
		const struct vstmt *v = &s->v[i];
		struct vspan name = checks_last_name(s, v->lhs), from = checks_last_name(s, v->rhs);
		size_t at;

		if (v->kind == VSTMT_ASSIGN && checks_in_bench(src, (int)i) &&
		    name.off == v->lhs.off && from.off == v->rhs.off && from.end == v->rhs.end &&
		    checks_is_output(c, s, name) &&
		    name_map_get(&c->by_name, s->text + from.off, from.end - from.off, &at))
			name_map_put(&c->by_name, s->text + name.off, name.end - name.off, at);
	}
}

void checks_join_results(struct checks *c)
{
	for (size_t k = 0; k < c->n_sources; k++)
		join_assigned(c, &c->sources[k]);
	for (size_t i = 0; i < c->n_results; i++) {
		const struct check_result *r = &c->results[i];
		size_t at;

		if (name_map_get(&c->by_name, r->port, r->port_len, &at))
			name_map_put(&c->by_name, r->net, r->net_len, at);
	}
}
