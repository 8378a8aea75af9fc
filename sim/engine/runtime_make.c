/* The library is seven files for g++, 17 s of processor time in all. Two are compiled at
 * a time, the longest first: the caller's task and a second one each take the next
 * until there is none.
 */
#include "config.h"

#include "sim/engine/runtime_make.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/engine/engine.h"
#include "sim/engine/runtime_cc.h"
#include "sim/engine/runtime_header.h"

/* Inline functions and templates of the header. Linked before a model, so that it runs
 * these and not its own, which are not optimized: three times as fast. Functions that
 * are inlined everywhere are missing if they are not declared inline; a model may need
 * those, too, so the library has all. The objects are merged in this order. */
static const struct part {
	const char *object;
	const char *source; /* of Verilator; NULL: the header's text */
	const char *how;
	bool vcd, fst; /* only for models with such waves */
} parts[] = {
	{ .object = "instances.o", .how = "-O1" },
	{ "verilated.o", "verilated.cpp", "-O1", false, false },
	{ .object = "others.o", .how = "-O0" },
	{ "vcd.o", "verilated_vcd_c.cpp", "-O1", true, false },
	{ "fst.o", "verilated_fst_c.cpp", "-O1", false, true },
	{ "timing.o", "verilated_timing.cpp", "-O1", false, false },
	{ "threads.o", "verilated_threads.cpp", "-O1", false, false },
};

#define PARTS (sizeof(parts) / sizeof(*parts))

static bool is_part(const struct engine_job *j, const struct part *p)
{
	return (!p->vcd && !p->fst) || (j->trace && p->fst == j->fst);
}

static bool compile(const struct engine_job *j, const char *dir, const struct part *p,
		    struct err *err)
{
	static const char *const header[] = { "-fkeep-inline-functions", "-x", "c++", RUNTIME_TEXT,
					      NULL };
	static const char *const source[] = { "-DVL_USER_STOP_MAYBE", /* main() has it */
					      "-include", RUNTIME_IN_ORDER, NULL };
	struct strv cc = STRV_INIT;
	char *inc = runtime_include();
	bool ok;

	strv_add(&cc, "g++");
	runtime_flags(j->trace, j->fst, &cc);
	strv_add(&cc, p->how);
	strv_add(&cc, "-c");
	strv_addv(&cc, p->source ? source : header);
	if (p->source)
		strv_addf(&cc, "%s/%s", inc, p->source);
	strv_add(&cc, "-o");
	strv_add(&cc, p->object);
	ok = runtime_compile(j, dir, &cc, err);
	strv_free(&cc);
	free(inc);
	return ok;
}

struct making {
	const struct engine_job *j;
	const char *dir;
	size_t next; /* of the parts, and after them the header */
	bool failed;
	struct err why;
	bool ended; /* the second task */
	struct task *first;
};

static bool make_next(struct making *m, struct err *err)
{
	size_t i = m->next++;

	if (i == PARTS)
		return runtime_header_make(m->j, m->dir, err);
	return !is_part(m->j, &parts[i]) || compile(m->j, m->dir, &parts[i], err);
}

static void make_all(struct making *m)
{
	while (!m->failed && m->next <= PARTS) {
		struct err why = { 0 };

		if (!make_next(m, &why) && !m->failed) {
			m->failed = true;
			m->why = why;
		}
	}
}

static void second(void *ctx)
{
	struct making *m = ctx;

	make_all(m);
	m->ended = true;
	task_wake(m->first);
}

/* If a part of the first task fails, that of the second is cancelled. */
static bool make_parts(const struct engine_job *j, const char *dir, struct err *err)
{
	struct making m = { .j = j, .dir = dir, .first = task_self() };
	struct task *other = task_start(j->loop, second, &m);

	task_name(other, "compiling Verilator's library");
	make_all(&m);
	while (!m.ended) {
		if (m.failed || task_cancelled(m.first))
			task_cancel(other);
		task_wait_uncancelled();
	}
	if (m.failed)
		err_copy(err, &m.why);
	return !m.failed;
}

/* One object with one section of each kind: gold links a model with it in half the time
 * that it takes with the objects. */
static bool merge(const struct engine_job *j, const char *dir, struct err *err)
{
	struct strv objects = STRV_INIT, ld = STRV_INIT;
	char *script = path_join(dir, "library.ld");
	bool ok = file_save(script, runtime_script, strlen(runtime_script), 0600, err);

	for (size_t i = 0; i < PARTS; i++)
		if (is_part(j, &parts[i]))
			strv_add(&objects, parts[i].object);
	runtime_merge(&objects, path_base(script), &ld);
	ok = ok && runtime_compile(j, dir, &ld, err);
	free(script);
	strv_free(&objects);
	strv_free(&ld);
	return ok;
}

bool runtime_make(const struct engine_job *j, const char *dir, struct err *err)
{
	return runtime_header_write(j, dir, err) && make_parts(j, dir, err) && merge(j, dir, err) &&
	       runtime_header_try(j, dir, err);
}
