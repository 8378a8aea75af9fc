/* For each module, counts how many processes wait for which edge of each name. In
 * "always @(posedge clk or negedge rst_n) if (!rst_n)" the clock is the name that
 * the first if does not test. A scope of the dump, "tb.dut.u_fifo", is followed
 * along the instances to its module; a part that is not an instance is a generate
 * block and stays in the same module.
 */
#include "config.h"

#include "session/check/wave_source.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/project/project.h"
#include "session/project/project_ahead.h"
#include "session/project/project_closure.h"
#include "session/trace/trace.h"
#include "session/verilog/vstmt.h"

#define MAX_SOURCE    (1u << 20)
#define MAX_SOURCES   (4u << 20) /* bytes; later files are not read */
#define MAX_MODULES   4096
#define MAX_EDGES     32 /* names per module */
#define NAME_MAX_READ 128

/* Weight of one process: in a module below the testbench, in the testbench
 * itself, and for one that only waits in an initial block or a task. */
#define BELOW  1000000u
#define IN_TOP 1000u
#define WAITS  1u

enum { RISING, FALLING, EDGES };

struct edge {
	char *name;
	unsigned processes[EDGES]; /* always blocks */
	unsigned waits[EDGES];	   /* elsewhere */
};

struct module {
	char *name;
	struct edge edges[MAX_EDGES];
	size_t n;
};

struct modules {
	struct module *v;
	size_t n, cap;
	bool cut; /* some files were not read */
};

static void modules_free(struct modules *m)
{
	for (size_t i = 0; i < m->n; i++) {
		for (size_t k = 0; k < m->v[i].n; k++)
			free(m->v[i].edges[k].name);
		free(m->v[i].name);
	}
	free(m->v);
}

/* Reading ------------------------------------------------------------------- */

static void add_edge(struct module *m, const char *name, size_t len, bool process,
		     const bool *edges)
{
	struct edge *e = m->edges;

	while (e < m->edges + m->n && (strncmp(e->name, name, len) != 0 || e->name[len]))
		e++;
	if (e == m->edges + m->n) {
		if (m->n == MAX_EDGES || len > NAME_MAX_READ)
			return;
		*e = (struct edge){ .name = mem_strndup(name, len) };
		m->n++;
	}
	for (int i = 0; i < EDGES; i++) {
		e->processes[i] += edges[i] && process;
		e->waits[i] += edges[i] && !process;
	}
}

/* True if the condition of the first if below node i contains the name. */
static bool is_tested(const struct vstmts *s, int i, const char *name, size_t len)
{
	struct vspan head;
	int k = i + 1;

	while (k < s->v[i].end && (s->v[k].kind == VSTMT_BLOCK || s->v[k].kind == VSTMT_DECL))
		k = s->v[k].kind == VSTMT_DECL ? s->v[k].end : k + 1;
	if (k >= s->v[i].end || s->v[k].kind != VSTMT_IF)
		return false;
	head = s->v[k].head;
	for (size_t t = vstmts_token(s, head.off); t < s->n_tokens && s->tokens[t].off < head.end;
	     t++) {
		if (s->tokens[t].len == len && memcmp(s->text + s->tokens[t].off, name, len) == 0)
			return true;
	}
	return false;
}

/* True if the head waits for that edge of the name; "posedge clk or negedge clk" has both. */
static bool waits_for(const struct vstmts *s, struct vspan head, const char *edge,
		      const struct vstmt_token *name)
{
	for (size_t t = vstmts_token(s, head.off);
	     t + 1 < s->n_tokens && s->tokens[t + 1].off < head.end; t++)
		if (vstmt_token_is(s, &s->tokens[t], edge) && s->tokens[t + 1].len == name->len &&
		    memcmp(s->text + s->tokens[t + 1].off, s->text + name->off, name->len) == 0)
			return true;
	return false;
}

/* Finds the clock in "@(posedge clk or negedge rst_n)" of prefix node i. */
static void read_prefix(const struct vstmts *s, int i, struct module *m)
{
	struct vspan head = s->v[i].head;
	const struct vstmt_token *first = NULL, *best = NULL;
	bool process = s->v[i].parent >= 0 && s->v[s->v[i].parent].kind == VSTMT_ALWAYS;

	for (size_t t = vstmts_token(s, head.off);
	     t + 1 < s->n_tokens && s->tokens[t + 1].off < head.end; t++) {
		const struct vstmt_token *name = &s->tokens[t + 1];

		if (name->kind != VTOKEN_NAME || (!vstmt_token_is(s, &s->tokens[t], "posedge") &&
						  !vstmt_token_is(s, &s->tokens[t], "negedge")))
			continue;
		if (!first)
			first = name;
		if (!best && !is_tested(s, i, s->text + name->off, name->len))
			best = name;
	}
	best = best ? best : first;
	if (best) {
		bool edges[EDGES] = { waits_for(s, head, "posedge", best),
				      waits_for(s, head, "negedge", best) };

		add_edge(m, s->text + best->off, best->len, process, edges);
	}
}

static void read_units(struct modules *m, const char *text, size_t len)
{
	struct vstmts s;

	vstmts_init(&s, text, len);
	m->cut |= s.cut;
	for (int u = 0; u < (int)s.n && m->n < MAX_MODULES;
	     u = s.v[u].kind == VSTMT_UNIT ? s.v[u].end : u + 1) {
		struct module *new;

		if (s.v[u].kind != VSTMT_UNIT)
			continue;
		MEM_ROOM(m->v, m->n, m->cap);
		new = &m->v[m->n++];
		*new = (struct module){ .name = mem_strndup(text + s.v[u].name.off,
							    s.v[u].name.end - s.v[u].name.off) };
		for (int i = u + 1; i < s.v[u].end; i++) {
			if (s.v[i].kind == VSTMT_PREFIX)
				read_prefix(&s, i, new);
		}
	}
	vstmts_fini(&s);
}

static void read_files(const struct project *p, const char *path, struct modules *m)
{
	struct closure needed; /* includes may define modules, too */
	size_t total = 0;

	closure_init(&needed, p, &path, 1);
	for (size_t i = 0; i < needed.n; i++) {
		struct str text = STR_INIT;
		size_t len;
		const char *over = project_overlay_text(p, needed.v[i].path, &len);

		if (!over && total < MAX_SOURCES &&
		    file_read_in(project_root(p), needed.v[i].path, MAX_SOURCE, &text, NULL)) {
			over = str_cstr(&text);
			len = text.len;
		}
		if (over)
			read_units(m, over, len);
		else
			m->cut = true;
		total += over ? len : 0;
		str_free(&text);
	}
	closure_fini(&needed);
}

/* Finding --------------------------------------------------------------------- */

static const struct module *find_module(const struct modules *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++) {
		if (strcmp(m->v[i].name, name) == 0)
			return &m->v[i];
	}
	return NULL;
}

/* The scope's name without the outermost scope that Verilator adds. */
static const char *skip_tool_scope(const char *scope)
{
	return strncmp(scope, "TOP.", 4) == 0 ? scope + 4 : scope;
}

static const struct vinstance *find_instance(const struct vmodule *m, const char *name, size_t len)
{
	for (size_t i = 0; i < m->n_instances; i++) {
		const char *is = m->instances[i].name;

		if (strncmp(is, name, len) == 0 &&
		    (is[len] == '\0' || is[len] == ' ' || is[len] == '['))
			return &m->instances[i];
	}
	return NULL;
}

const struct vmodule *wave_source_module(const struct project *p, const char *scope, bool *top)
{
	const struct vmodule *m = NULL;

	*top = true;
	for (const char *at = skip_tool_scope(scope); *at;) {
		size_t len = strcspn(at, "."), name = strcspn(at, ".[");
		const struct vinstance *instance = m ? find_instance(m, at, name) : NULL;

		if (!m) {
			char *first = mem_strndup(at, len);

			m = project_vmodule(p, first);
			free(first);
			if (!m)
				return NULL;
		} else if (instance) {
			m = project_vmodule(p, instance->module);
			*top = false;
			if (!m)
				return NULL;
		}
		at += len + (at[len] == '.');
	}
	return m;
}

struct search {
	const struct project *p;
	const struct modules *modules;
	const struct trace *t;
	unsigned (*weights)[EDGES]; /* per stream */
	bool strangers;		    /* some scopes belong to an unknown module */
	size_t scope;		    /* the last scope looked up, and its module */
	const struct module *module;
	bool top;
};

static void find_scope(struct search *s, size_t scope)
{
	struct str name = STR_INIT;
	const struct vmodule *m;

	trace_scope_name(s->t, scope, &name);
	m = wave_source_module(s->p, str_cstr(&name), &s->top);
	s->scope = scope;
	s->module = m ? find_module(s->modules, m->name) : NULL;
	s->strangers |= !s->module && name.len;
	str_free(&name);
}

static void weigh(struct search *s, size_t signal)
{
	const struct trace_signal *sig = trace_signal_at(s->t, signal);
	unsigned *weight = s->weights[sig->stream];

	/* Signals of a scope are adjacent, so only the last look-up is cached. */
	if (sig->scope != s->scope)
		find_scope(s, sig->scope);
	if (sig->kind != TRACE_BITS || sig->width != 1)
		return;
	for (size_t i = 0; s->module && i < s->module->n; i++) {
		const struct edge *e = &s->module->edges[i];

		if (strcmp(e->name, sig->name) != 0)
			continue;
		for (int k = 0; k < EDGES; k++)
			if (weight[k] < UINT32_MAX / 4)
				weight[k] += e->processes[k] * (s->top ? IN_TOP : BELOW) +
					     e->waits[k] * WAITS;
	}
}

static const unsigned *weights_of(const struct search *s, size_t signal)
{
	return s->weights[trace_signal_at(s->t, signal)->stream];
}

/* The edge of the design's processes if there are any, else of the testbench's,
 * which may check at the other edge. If only an initial block waits, the rising
 * edge is preferred. */
static enum trace_edge edge_of(const unsigned *weight)
{
	static const unsigned least[] = { BELOW, IN_TOP };

	for (int i = 0; i < 2; i++) {
		bool up = weight[RISING] >= least[i], down = weight[FALLING] >= least[i];

		if (up || down)
			return up && down ? TRACE_BOTH : up ? TRACE_RISING : TRACE_FALLING;
	}
	return weight[RISING] ? TRACE_RISING : TRACE_FALLING;
}

/* The file of the outermost module of the first signal. */
static const char *first_file(const struct project *p, const struct trace *t)
{
	const struct project_file *file;
	struct str name = STR_INIT;
	char *top;

	if (trace_signals(t))
		trace_scope_name(t, trace_signal_at(t, 0)->scope, &name);
	top = mem_strdup(skip_tool_scope(str_cstr(&name)));
	top[strcspn(top, ".")] = '\0';
	file = project_module(p, top, NULL);
	free(top);
	str_free(&name);
	return file ? file->path : NULL;
}

/* Returns the signal with the largest weight. */
static struct trace_clock heaviest(const struct search *s)
{
	struct trace_clock clock = { .signal = TRACE_NONE };
	unsigned most = 0;

	for (size_t i = 0; i < trace_signals(s->t); i++) {
		const unsigned *weight = weights_of(s, i);

		if (weight[RISING] + weight[FALLING] > most) {
			most = weight[RISING] + weight[FALLING];
			clock.signal = i;
		}
	}
	if (clock.signal != TRACE_NONE)
		clock.edge = edge_of(weights_of(s, clock.signal));
	return clock;
}

static struct trace_clock find_clock(const struct project *p, const char *path,
				     const struct trace *t)
{
	struct modules modules = { 0 };
	struct search s = { .p = p, .modules = &modules, .t = t, .scope = TRACE_NONE };
	struct trace_clock clock;
	size_t n = trace_signals(t);

	path = path ? path : first_file(p, t);
	if (!path)
		return (struct trace_clock){ .signal = TRACE_NONE };
	read_files(p, path, &modules);
	s.weights = mem_calloc(n + 1, sizeof(*s.weights));
	for (size_t i = 0; i < n; i++)
		weigh(&s, i);
	clock = heaviest(&s);
	if (clock.signal == TRACE_NONE && !s.strangers && !modules.cut && n) {
		clock.signal = TRACE_NO_CLOCK;
		for (size_t i = 0; i < modules.n; i++) {
			if (modules.v[i].n) /* the clock exists but was not dumped */
				clock.signal = TRACE_NONE;
		}
	}
	free(s.weights);
	modules_free(&modules);
	return clock;
}

struct aside {
	struct project *p;
	const char *path;
	const struct trace *t;
	struct trace_clock clock;
};

static void look_aside(void *ctx)
{
	struct aside *a = ctx;

	a->clock = find_clock(a->p, a->path, a->t);
}

struct trace_clock wave_source_clock_aside(struct loop *l, const struct project *p,
					   const char *path, const struct trace *t)
{
	const struct trace_clock unknown = { .signal = TRACE_NONE };
	struct aside a = { p ? project_copy(p) : NULL, path, t, unknown };
	struct err err;

	if (a.p && !task_self())
		look_aside(&a);
	else if (a.p && !task_work(l, look_aside, &a, NULL, &err))
		a.clock = unknown;
	project_free(a.p);
	return a.clock;
}
