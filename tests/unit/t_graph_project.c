#include "config.h"

#include "tests/lib/test.h"

#include "session/graph/graph.h"
#include "session/graph/graph_project.h"
#include "session/graph/graph_sql.h"
#include "tests/lib/desk.h"

#define MODULES 40

static void write_modules(const char *dir)
{
	for (int i = 0; i < MODULES; i++) {
		char *name = str_fmt("%s/m%d.sv", dir, i);
		char *text =
			str_fmt("module m%d (input a, output y);\nassign y = a;\nendmodule\n", i);

		assert_true(file_save(name, text, strlen(text), 0600, NULL));
		free(text);
		free(name);
	}
}

struct asker {
	struct desk *d;
	struct graph *g;
	enum err_code code;
	bool done;
};

static void ask(void *ctx)
{
	struct asker *a = ctx;
	struct err err = { 0 };

	a->g = graph_of(&a->d->w, &err);
	a->code = err.code;
	a->done = true;
}

/* Wherever it is cancelled, what it has until then is no damage: the file stays. */
static void what_is_cancelled_is_not_thrown_away(void **state)
{
	struct desk *d = *state;
	char *cache = path_join(d->root, "cache");
	bool cancelled = false, whole = false;

	write_modules(d->root);
	setenv("XDG_CACHE_HOME", cache, 1);
	for (unsigned turns = 0; !whole && turns < 200; turns++) {
		struct asker a = { .d = d };
		struct task *t;

		if (d->w.graph)
			d->w.free_graph(d->w.graph);
		d->w.graph = NULL;
		file_remove_tree(cache, NULL);
		t = task_start(d->loop, ask, &a);
		for (unsigned i = 0; i < turns && !a.done; i++)
			loop_turn(d->loop, true);
		whole = a.done;
		if (!a.done) {
			task_cancel(t);
			loop_run_until(d->loop, &a.done);
		}
		while (task_count(d->loop))
			loop_turn(d->loop, false);
		cancelled |= a.code == ERR_CANCELLED && d->w.graph;
		if (d->w.graph)
			assert_false(d->w.graph->damaged);
	}
	assert_true(whole);
	assert_true(cancelled);
	free(cache);
}

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(what_is_cancelled_is_not_thrown_away) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
