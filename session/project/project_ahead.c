/* Reads a project on the thread pool while the caller's task waits. The thread
 * works on a copy, which is taken over only if the project has not changed
 * meanwhile; after MAX_TRIES the project stays as it was, and outlines are read
 * on demand.
 */
#include "config.h"

#include "session/project/project_ahead.h"

#include "session/base/task.h"
#include "session/project/project_inner.h"
#include "session/project/overlay.h"

/* Texts change at most once per pause in typing. */
#define MAX_TRIES 4

struct ahead {
	const char *root; /* NULL: the project is open already */
	const struct project_settings *settings;
	struct project *p; /* used by the thread only */
	bool rescan, ok;
	atomic_bool stop;
	struct err err;
};

static void work(void *ctx)
{
	struct ahead *a = ctx;

	if (a->root)
		a->p = project_open(a->root, &a->err);
	a->ok = a->p && (!a->rescan || project_rescan(a->p, &a->err));
	if (!a->ok)
		return;
	if (a->settings)
		project_configure(a->p, a->settings, NULL);
	a->p->stop = &a->stop;
	project_index(a->p);
	a->p->stop = NULL;
}

struct project *project_ahead_open(struct loop *l, const char *root,
				   const struct project_settings *s, struct err *err)
{
	struct ahead a = { .root = root, .settings = s };

	if (!task_work(l, work, &a, &a.stop, err)) {
		project_free(a.p);
		return NULL;
	}
	if (!a.ok)
		err_copy(err, &a.err);
	return a.p;
}

bool project_ahead(struct loop *l, struct project *p, const struct project_settings *s, bool rescan,
		   struct err *err)
{
	for (int i = 0; i < MAX_TRIES && (rescan || !project_is_read(p, s)); i++) {
		struct ahead a = { .settings = s, .p = project_copy(p), .rescan = rescan };
		bool ok = task_work(l, work, &a, &a.stop, err);

		if (ok && !a.ok) {
			err_copy(err, &a.err);
			ok = false;
		}
		if (!ok) {
			project_free(a.p);
			return false;
		}
		if (project_take(p, a.p))
			return true;
	}
	return true;
}

struct project *project_with(struct loop *l, const struct project *p, const struct overlay *v,
			     size_t n, struct err *err)
{
	struct ahead a = { .p = project_copy(p) };

	for (size_t i = 0; i < n; i++)
		project_overlay(a.p, v[i].path, v[i].text.data, v[i].text.len);
	if (task_work(l, work, &a, &a.stop, err))
		return a.p;
	project_free(a.p);
	return NULL;
}

bool project_is_read(const struct project *p, const struct project_settings *s)
{
	return p->settled && project_has_settings(p, s);
}
