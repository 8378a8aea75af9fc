/* What ports join: a count of a checker that its testbench reports.
 *
 *     score u (.go(go), .total(k));       total of the module `score` goes on as k
 *     report r (.errors(k));              and k as errors of the module `report`
 */
#include "config.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/testbench/checks_inner.h"

static struct check_name name_at(const struct vstmts *s, struct vspan name)
{
	return (struct check_name){ s->text + name.off, name.end - name.off };
}

static void join(struct check_joins *j, struct check_name from, struct check_name to)
{
	if (to.len)
		MEM_PUSH(j->v, j->n, j->cap, (struct check_join){ from, to });
}

static void join_instance(struct check_joins *j, const struct vstmts *s,
			  const struct check_instance *in)
{
	const struct check_source *src = in->of->src;
	const struct check_name unknown = { NULL, 0 };

	for (size_t k = 0; k < in->of->n; k++) {
		const struct check_port *p = &in->of->ports[k];
		struct check_name port = name_at(&src->s, p->name), net = name_at(s, in->nets[k]);

		if (!net.len && in->rest)
			net = port;
		if (!p->input)
			join(j, p->output ? port : unknown, net);
		if (!p->output && src->bench[in->of->unit])
			join(j, p->input ? net : unknown, port);
	}
}

static void read_item(const struct check_units *units, const struct check_source *src, int node,
		      struct check_joins *j)
{
	static const char *const open[] = { "(", NULL };
	struct check_instance in;

	if (!checks_read_instance(units, &src->s, node, &in)) {
		/* "state_t st = OK;" has no ports */
		if (checks_has_any(&src->s, src->s.v[node].all, open))
			MEM_PUSH(j->others, j->n_others, j->cap_others,
				 (struct check_item){ &src->s, node });
		return;
	}
	if (in.of->whole && !in.more)
		join_instance(j, &src->s, &in);
	else
		MEM_PUSH(j->others, j->n_others, j->cap_others,
			 (struct check_item){ &src->s, node });
	free(in.of);
}

void checks_read_joins(const struct checks *c, struct check_joins *j)
{
	struct check_units units = { .names = NAME_MAP_INIT };

	*j = (struct check_joins){ 0 };
	checks_read_units(c, &units);
	for (size_t k = 0; k < c->n_sources; k++)
		for (int i = 0; i < (int)c->sources[k].s.n; i++)
			if (c->sources[k].s.v[i].kind == VSTMT_ITEM &&
			    checks_in_bench(&c->sources[k], i))
				read_item(&units, &c->sources[k], i, j);
	checks_free_units(&units);
}

void checks_free_joins(struct check_joins *j)
{
	free(j->v);
	free(j->others);
}
