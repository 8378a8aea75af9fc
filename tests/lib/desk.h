/* desk.h - a workbench in a temporary folder whose ports give preset answers, for
 * tests of the session. Everything runs in one task, as in the program. Include after
 * tests/lib/case.h.
 */
#ifndef POSEDGE_DESK_H
#define POSEDGE_DESK_H

#include <stdlib.h>
#include <string.h>

#include "backends/backends.h"
#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/command/commands.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/review/flow_suggest.h"
#include "session/workbench/backend_list.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "sim/sim.h"
#include "tests/lib/tool.h"

static const struct backend_ops *const backends[] = { &backend_fake, NULL };
static const struct simulator_ops *const simulators[] = { &simulator_fake, NULL };
static const struct ports ports = { .commands = commands,
				    .backends = backends,
				    .simulators = simulators };

struct desk {
	struct workbench w;
	struct loop *loop;
	char *root;
	struct str text, notes;
};

/* Written and read back it is the same. */
static inline void state_is_kept(const struct state *s)
{
	struct str stored = STR_INIT, twice = STR_INIT;
	struct state again;

	state_write(s, &stored);
	state_init(&again);
	assert_true(state_read(&again, str_cstr(&stored), stored.len, NULL));
	state_write(&again, &twice);
	assert_string_equal(str_cstr(&twice), str_cstr(&stored));
	state_fini(&again);
	str_free(&stored);
	str_free(&twice);
}

static inline void hear_text(void *ctx, const char *text, size_t len)
{
	str_add(&((struct desk *)ctx)->text, text, len);
}

static inline void hear_note(void *ctx, const char *line)
{
	str_addf(&((struct desk *)ctx)->notes, "%s\n", line);
}

static inline void hear_json(void *ctx, const char *line, size_t len)
{
}

static inline int set_up(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));

	d->loop = loop_new(NULL);
	d->root = tool_folder();
	workbench_init(&d->w, d->loop, d->root, &ports);
	d->w.out = (struct report){ hear_text, hear_note, hear_json, d, false };
	assert_true(options_set(d->w.options, "engine", "fake", NULL));
	setenv("POSEDGE_FAKE_LINT", "", 1);
	setenv("POSEDGE_FAKE_RUN", "", 1);
	setenv("POSEDGE_FAKE_ELABORATE", "", 1);
	*state = d;
	return 0;
}

static inline int tear_down(void **state)
{
	struct desk *d = *state;

	/* After a failed check the task never ends, so nothing can be freed. */
	if (task_count(d->loop))
		return 0;
	workbench_fini(&d->w);
	while (task_count(d->loop))
		loop_turn(d->loop, false);
	loop_free(d->loop);
	tool_folder_remove(d->root);
	str_free(&d->text);
	str_free(&d->notes);
	free(d);
	return 0;
}

struct in_task {
	void (*fn)(struct desk *d);
	struct desk *d;
	bool done;
};

static inline void task_body(void *ctx)
{
	struct in_task *t = ctx;

	t->fn(t->d);
	t->done = true;
}

static inline void in_task(struct desk *d, void (*fn)(struct desk *d))
{
	struct in_task t = { fn, d, false };

	task_start(d->loop, task_body, &t);
	loop_run_until(d->loop, &t.done);
	while (task_count(d->loop))
		loop_turn(d->loop, false);
}

#define IN_TASK(name)                              \
	static void name##_inside(struct desk *d); \
	CASE_WITH(name, set_up, tear_down)         \
	{                                          \
		in_task(*state, name##_inside);    \
	}                                          \
	static void name##_inside(struct desk *d)

static inline void the_model_says(struct desk *d, const char *text, const char *more)
{
	char *option = str_fmt("text=%s", text), *second = mem_strdup(more),
	     *options[] = { option, NULL, NULL };
	struct backend_entry b = { .name = "m", .protocol = "fake", .options = options };

	options[1] = second && *second ? second : NULL;
	workbench_add_backend(&d->w, &b);
	assert_true(options_set(d->w.options, "backend", "m", NULL));
	free(option);
	free(second);
}

static inline char *on_disk(struct desk *d, const char *name)
{
	char *path = path_join(d->root, name);
	struct str s = STR_INIT;

	if (!file_read(path, 0, &s, NULL))
		str_adds(&s, "(none)");
	free(path);
	return str_take(&s);
}

static inline void holds(struct desk *d, const char *name, const char *want)
{
	char *now = on_disk(d, name);

	assert_string_equal(now, want);
	free(now);
}

static inline uint64_t propose(struct desk *d, const char *base, const char *text)
{
	struct proposed p = { .path = "r.sv",
			      .by = "test",
			      .base = { base, strlen(base) },
			      .text = { text, strlen(text) } };
	uint64_t n;

	assert_true(flow_suggest(workbench_session(&d->w, SESSION_FULL, NULL), &p, &n, NULL));
	return n;
}

#define DESK_CASE(name) CASE_WITH(name, set_up, tear_down)

#endif
