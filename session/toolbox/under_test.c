/* A testbench instantiates the design, and next to it modules that make stimuli,
 * monitor, or compute the expected values. All of these look alike from outside, so
 * only what is clearly the design is taken:
 *
 *	- it has an output: a module with inputs only is a monitor;
 *	- it has an input, waits for no time and ends no simulation, unless that
 *	  leaves nothing: a model with delays is homework, too;
 *	- its file contains no testbench, and is in no test folder unless
 *	  everything is;
 *	- it is not named like a reference while others are not;
 *	- no sibling has the same ports: one of two such modules is the other's
 *	  reference, and only their names can tell which.
 *
 * The search continues inside modules that are not the design: a harness may wrap it.
 */
#include "config.h"

#include "session/toolbox/under_test.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/word_table.h"
#include "session/project/project.h"
#include "session/project/project_closure.h"
#include "session/text/name_map.h"
#include "session/verilog/verilog.h"

struct unit {
	const struct vmodule *m;
	const char *path, *instance;
	bool out; /* rejected */
};

struct search {
	const struct project *p;
	const struct closure *c;
	struct name_map seen; /* names of modules */
	const struct vmodule **todo;
	size_t n_todo, cap_todo;
	struct unit *found;
	size_t n, cap;
	bool folders; /* ignore test folders */
	bool plain;   /* only modules that merely compute */
};

/* Words --------------------------------------------------------------------------- */

/* True if a word of name is in words. Words end at a non-letter, and before a
 * capital that follows a lower-case letter. */
static bool has_word(const char *name, const char *const *words)
{
	for (const char *p = name; *p;) {
		size_t n = 0;

		while (!isalpha((unsigned char)*p) && *p)
			p++;
		while (isalpha((unsigned char)p[n]) &&
		       !(n && isupper((unsigned char)p[n]) && islower((unsigned char)p[n - 1])))
			n++;
		if (n && words_has_nocase(words, p, n))
			return true;
		p += n;
	}
	return false;
}

static const char *const references[] = { "ref",	"reference",  "gold",	     "golden",
					  "model",	"expected",   "exp",	     "oracle",
					  "behav",	"behavioral", "behavioural", "bfm",
					  "scoreboard", "vip",	      NULL };

bool is_named_test(const char *name)
{
	static const char *const words[] = { "tb",     "test",	     "tests",  "testbench",
					     "bench",  "check",	     "checks", "checker",
					     "verify", "assertions", NULL };

	return has_word(name, words) || has_word(name, references);
}

static bool is_reference(const struct unit *u)
{
	return has_word(u->m->name, references) || has_word(u->instance, references);
}

static bool is_called_dut(const struct unit *u)
{
	static const char *const words[] = { "dut", "uut", "mut", "cut", "duv", NULL };

	return has_word(u->instance, words);
}

bool is_test_folder(const char *path)
{
	static const char *const names[] = { "tb",	    "tbs",    "sim",	      "simulation",
					     "test",	    "tests",  "bench",	      "testbench",
					     "testbenches", "verif",  "verification", "dv",
					     "formal",	    "cocotb", "uvm",	      NULL };

	for (const char *end; (end = strchr(path, '/')); path = end + 1)
		if (words_has_nocase(names, path, (size_t)(end - path)))
			return true;
	return false;
}

/* Units --------------------------------------------------------------------------- */

bool drives_outputs(const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir != VPORT_INPUT)
			return true;
	return false;
}

static bool is_driven(const struct vmodule *m)
{
	for (size_t i = 0; i < m->n_ports; i++)
		if (m->ports[i].dir != VPORT_OUTPUT)
			return true;
	return false;
}

static bool find(const struct search *s, const char *module, struct unit *u)
{
	for (size_t i = 0; i < s->c->n; i++) {
		const struct project_file *f = project_find(s->p, s->c->v[i].path);

		u->m = f && f->outline ? voutline_module(f->outline, module) : NULL;
		u->path = s->c->v[i].path;
		if (u->m)
			return true;
	}
	return false;
}

static bool may_be_design(const struct search *s, const struct unit *u)
{
	const struct vmodule *m = u->m;

	if (m->kind != VUNIT_MODULE || !drives_outputs(m) || (m->delays && m->has_initial) ||
	    project_has_testbench(s->p, project_find(s->p, u->path)->outline))
		return false;
	if (s->plain && (m->delays || m->calls_finish || !is_driven(m)))
		return false;
	return (is_driven(m) || !m->delays) && !(s->folders && is_test_folder(u->path));
}

/* Choosing ------------------------------------------------------------------------ */

static bool same_ports(const struct vmodule *a, const struct vmodule *b)
{
	if (a->n_ports != b->n_ports)
		return false;
	for (size_t i = 0; i < a->n_ports; i++) {
		size_t k = 0;

		while (k < b->n_ports && (strcmp(a->ports[i].name, b->ports[k].name) != 0 ||
					  a->ports[i].dir != b->ports[k].dir))
			k++;
		if (k == b->n_ports)
			return false;
	}
	return true;
}

/* Rejects one or both of two modules with the same ports below the same testbench. */
static void choose(struct unit *a, struct unit *b)
{
	bool a_is, b_is;

	a_is = !is_reference(a);
	b_is = !is_reference(b);
	if (a_is == b_is) {
		a_is = is_called_dut(a);
		b_is = is_called_dut(b);
	}
	a->out = a->out || !a_is || b_is;
	b->out = b->out || !b_is || a_is;
}

static void choose_among(struct unit *v, size_t n)
{
	size_t named = 0;

	for (size_t i = 0; i < n; i++)
		named += is_reference(&v[i]);
	for (size_t i = 0; named < n && i < n; i++)
		v[i].out = is_reference(&v[i]);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (same_ports(v[i].m, v[k].m))
				choose(&v[i], &v[k]);
}

/* Search -------------------------------------------------------------------------- */

static void add_unit(struct search *s, const struct unit *u)
{
	MEM_PUSH(s->found, s->n, s->cap, *u);
}

static void look_below(struct search *s, const struct vmodule *m)
{
	MEM_PUSH(s->todo, s->n_todo, s->cap_todo, m);
}

static void look_at(struct search *s, const struct vmodule *bench)
{
	size_t first = s->n;

	for (size_t i = 0; i < bench->n_instances; i++) {
		const char *name = bench->instances[i].module;
		struct unit u = { .instance = bench->instances[i].name };

		if (!name_map_put(&s->seen, name, strlen(name), 0) || !find(s, name, &u))
			continue;
		if (may_be_design(s, &u))
			add_unit(s, &u);
		else
			look_below(s, u.m);
	}
	choose_among(s->found + first, s->n - first);
}

static void search(struct search *s, const struct vmodule *bench)
{
	name_map_put(&s->seen, bench->name, strlen(bench->name), 0);
	look_below(s, bench);
	while (s->n_todo)
		look_at(s, s->todo[--s->n_todo]);
	name_map_fini(&s->seen);
}

void under_test(const struct project *p, const struct closure *c, const struct vmodule *bench,
		struct strv *files)
{
	struct search s = { .p = p, .c = c };

	/* If nothing is found, relax the conditions step by step. */
	for (int strict = 3; strict >= 0 && s.n == 0; strict--) {
		s.folders = strict & 1;
		s.plain = strict & 2;
		search(&s, bench);
	}
	for (size_t i = 0; i < s.n; i++)
		if (!s.found[i].out && !strv_has(files, s.found[i].path))
			strv_add(files, s.found[i].path);
	free(s.todo);
	free(s.found);
}
