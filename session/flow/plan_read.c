/* Reads a plan: Markdown with a heading and tables for each module.
 *
 * A table is recognised by its head, a row by its cells. Any other line is prose and skipped.
 * Faults are recorded with their lines and reading continues, up to PLAN_FAULTS_MAX, because
 * a model that gets all faults at once can repair them in one answer.
 */
#include "config.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/plan.h"
#include "session/text/md_row.h"
#include "session/text/slice.h"

#define CELLS_MAX 4u
#define CELL_MAX  200u /* bytes */

enum table { NO_TABLE, PARAMETERS, PORTS, INSTANCES, WIRES, OTHER_TABLE };

struct reading {
	struct plan *p;
	struct plan_module *m; /* NULL: before the first module */
	enum table table;
	int line;
	bool full;
};

#define GROW(v, n)                                                                           \
	((v) = mem_realloc((v), ((n) + 1) * sizeof(*(v))), memset(&(v)[n], 0, sizeof(*(v))), \
	 &(v)[(n)++])

void plan_fault(struct plan *p, const char *kind, int line, const char *fmt, ...)
{
	struct str what = STR_INIT;
	struct plan_fault *f;
	va_list ap;

	if (p->n_faults == PLAN_FAULTS_MAX)
		return;
	va_start(ap, fmt);
	str_vaddf(&what, fmt, ap);
	va_end(ap);
	f = GROW(p->faults, p->n_faults);
	*f = (struct plan_fault){ kind, line, str_take(&what) };
}

static void pairs_fini(struct plan_pair *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].a);
		free(v[i].b);
	}
	free(v);
}

static void module_fini(struct plan_module *m)
{
	for (size_t i = 0; i < m->n_ports; i++) {
		free(m->ports[i].name);
		free(m->ports[i].width);
	}
	for (size_t i = 0; i < m->n_instances; i++) {
		free(m->instances[i].name);
		free(m->instances[i].module);
		pairs_fini(m->instances[i].params, m->instances[i].n_params);
	}
	pairs_fini(m->params, m->n_params);
	pairs_fini(m->wires, m->n_wires);
	free(m->ports);
	free(m->instances);
	free(m->name);
	strv_free(&m->serves);
}

void plan_fini(struct plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		module_fini(&p->modules[i]);
	for (size_t i = 0; i < p->n_faults; i++)
		free(p->faults[i].what);
	free(p->modules);
	free(p->faults);
	memset(p, 0, sizeof(*p));
}

const struct plan_module *plan_module(const struct plan *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->modules[i].name, name) == 0)
			return &p->modules[i];
	return NULL;
}

const struct plan_port *plan_port(const struct plan_module *m, const char *name)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (strcmp(m->ports[i].name, name) == 0)
			return &m->ports[i];
	return NULL;
}

const struct plan_instance *plan_instance(const struct plan_module *m, const char *name)
{
	for (size_t i = 0; i < m->n_instances; i++)
		if (strcmp(m->instances[i].name, name) == 0)
			return &m->instances[i];
	return NULL;
}

/* Rows -------------------------------------------------------------------------------- */

static size_t cut_cells(struct slice l, struct slice *cell)
{
	size_t n = 0;

	l = slice_from(l, 1); /* the first | */
	while (n < CELLS_MAX && md_cell(&l, &cell[n]))
		n++;
	for (size_t i = n; i < CELLS_MAX; i++)
		cell[i] = (struct slice){ l.p, 0 };
	return n;
}

static enum table table_of(const struct slice *cell)
{
	static const char *const heads[] = { [PARAMETERS] = "parameter",
					     [PORTS] = "port",
					     [INSTANCES] = "instance",
					     [WIRES] = "from" };

	for (enum table t = PARAMETERS; t <= WIRES; t++)
		if (slice_is_nocase(cell[0], heads[t]))
			return t;
	return OTHER_TABLE;
}

static void take_role(struct reading *r, struct plan_port *port, struct slice s)
{
	static const char *const names[] = { [PLAN_DATA] = "data",
					     [PLAN_CLOCK] = "clock",
					     [PLAN_RESET_HIGH] = "reset high",
					     [PLAN_RESET_LOW] = "reset low" };

	if (s.n == 0 || slice_is(s, "-"))
		return;
	for (enum plan_role i = PLAN_DATA; i <= PLAN_RESET_LOW; i++)
		if (slice_is_nocase(s, names[i])) {
			port->role = i;
			return;
		}
	plan_fault(r->p, "role", r->line,
		   "%s.%s: role \"%.*s\": clock, reset high, reset low or nothing was expected",
		   r->m->name, port->name, (int)s.n, s.p);
}

static void add_port(struct reading *r, const struct slice *cell)
{
	struct plan_port *port = GROW(r->m->ports, r->m->n_ports);

	port->name = slice_dup(cell[0]);
	port->width = cell[2].n ? slice_dup(cell[2]) : mem_strdup("1");
	port->line = r->line;
	port->output = slice_is_nocase(cell[1], "output") || slice_is_nocase(cell[1], "out");
	if (!port->output && !slice_is_nocase(cell[1], "input") && !slice_is_nocase(cell[1], "in"))
		plan_fault(r->p, "direction", r->line,
			   "%s.%s: direction \"%.*s\": input or output was expected", r->m->name,
			   port->name, (int)cell[1].n, cell[1].p);
	take_role(r, port, cell[3]);
}

static void add_pair(struct plan_pair **v, size_t *n, struct slice a, struct slice b, int line)
{
	struct plan_pair *pair = GROW(*v, *n);

	*pair = (struct plan_pair){ slice_dup(a), slice_dup(b), line };
}

/* "WIDTH=8, DEPTH = 4" */
static void add_given(struct reading *r, struct plan_instance *in, struct slice s)
{
	while (s.n && !slice_is(s, "-")) {
		const char *comma = memchr(s.p, ',', s.n);
		size_t len = comma ? (size_t)(comma - s.p) : s.n;
		const char *eq = memchr(s.p, '=', len);

		if (eq)
			add_pair(&in->params, &in->n_params,
				 md_plain((struct slice){ s.p, (size_t)(eq - s.p) }),
				 md_plain((struct slice){ eq + 1, len - (size_t)(eq + 1 - s.p) }),
				 r->line);
		else
			plan_fault(r->p, "parameter", r->line,
				   "%s.%s: parameters are written NAME=VALUE, with commas",
				   r->m->name, in->name);
		s = slice_from(s, comma ? len + 1 : len);
	}
}

static void add_instance(struct reading *r, const struct slice *cell)
{
	struct plan_instance *in = GROW(r->m->instances, r->m->n_instances);

	in->name = slice_dup(cell[0]);
	in->module = slice_dup(cell[1]);
	in->line = r->line;
	add_given(r, in, cell[2]);
}

static bool row_fits(struct reading *r, const struct slice *cell, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (cell[i].n > CELL_MAX) {
			plan_fault(r->p, "table", r->line, "a cell is longer than %u bytes",
				   CELL_MAX);
			return false;
		}
	if (n >= 2 && cell[0].n && cell[1].n)
		return true;
	plan_fault(r->p, "table", r->line, "a row of at least two filled cells was expected");
	return false;
}

static void take_row(struct reading *r, struct slice l)
{
	struct slice cell[CELLS_MAX];
	size_t n = cut_cells(l, cell);

	if (r->table == NO_TABLE) {
		r->table = table_of(cell);
		return;
	}
	if (md_is_rule(l) || r->table == OTHER_TABLE)
		return;
	if (r->p->rows++ == PLAN_ROWS_MAX) {
		plan_fault(r->p, "table", r->line, "only the first %u rows are read",
			   PLAN_ROWS_MAX);
		r->full = true;
	}
	if (r->full || !row_fits(r, cell, n))
		return;
	if (!r->m)
		plan_fault(r->p, "table", r->line, "a table before the first \"## MODULE\"");
	else if (r->table == PORTS)
		add_port(r, cell);
	else if (r->table == INSTANCES)
		add_instance(r, cell);
	else if (r->table == PARAMETERS)
		add_pair(&r->m->params, &r->m->n_params, cell[0], cell[1], r->line);
	else
		add_pair(&r->m->wires, &r->m->n_wires, cell[0], cell[1], r->line);
}

/* Lines ------------------------------------------------------------------------------- */

static void take_module(struct reading *r, struct slice l)
{
	struct slice name = md_plain(slice_from(l, 2));
	size_t first = 0;

	while (first < name.n && name.p[first] != ' ' && name.p[first] != ':')
		first++;
	if (slice_is_nocase((struct slice){ name.p, first }, "module") && first < name.n) {
		name = md_plain(slice_from(name, first));
		for (first = 0; first < name.n && name.p[first] != ' ' && name.p[first] != ':';)
			first++;
	}
	if (r->p->n == PLAN_MODULES_MAX) {
		if (!r->full)
			plan_fault(r->p, "table", r->line, "only the first %u modules are read",
				   PLAN_MODULES_MAX);
		r->full = true;
		return;
	}
	r->m = GROW(r->p->modules, r->p->n);
	r->m->name = slice_dup(md_plain((struct slice){ name.p, first }));
	r->m->line = r->line;
}

static void take_serves(struct reading *r, struct slice s)
{
	while (s.n) {
		size_t n = 0;

		while (s.n && strchr(", *`", s.p[0]))
			s = slice_from(s, 1);
		while (n < s.n && !strchr(", *`.", s.p[n]))
			n++;
		if (n && r->m->serves.n == PLAN_SERVES_MAX) {
			plan_fault(r->p, "requirement", r->line,
				   "more than %u requirements of one module", PLAN_SERVES_MAX);
			return;
		}
		if (n)
			strv_addn(&r->m->serves, s.p, n);
		s = slice_from(s, n < s.n ? n + 1 : n);
	}
}

void plan_read(struct plan *p, const char *text, size_t len)
{
	struct reading r = { .p = p };
	struct slice rest = { text, len };

	for (r.line = 1; rest.n && p->n_faults < PLAN_FAULTS_MAX; r.line++) {
		struct slice l = slice_trim(slice_chomp(slice_line(&rest)));

		if (l.n == 0 || l.p[0] != '|')
			r.table = NO_TABLE;
		if (slice_starts(l, "## ")) {
			take_module(&r, l);
		} else if (l.n && l.p[0] == '|') {
			take_row(&r, l);
		} else {
			while (l.n && strchr("*- ", l.p[0]))
				l = slice_from(l, 1);
			if (r.m && l.n > 7 && strncasecmp(l.p, "serves:", 7) == 0)
				take_serves(&r, slice_from(l, 7));
		}
	}
	if (p->n == 0)
		plan_fault(p, "table", 1, "there is no module: \"## NAME\", then its tables");
}
