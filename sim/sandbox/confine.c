/* Runs a foreign program in the sandbox of simulations, with what such a program needs:
 * name resolution, certificates, and a network.
 *
 * Memory limits apply to the sum of all processes and are checked from outside: an
 * address space limit, as for simulations, would end every program whose garbage
 * collector reserves more than it uses.
 */
#include "config.h"

#include "session/tool/confine.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/task.h"
#include "sim/sandbox/sandbox.h"
#include "sim/sim.h"
#include "sim/sandbox/totals.h"

#define MB 20

/* For name resolution and TLS; the user's proxies are in the environment. */
static const char *const network_files[] = {
	"/etc/resolv.conf",	"/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl",
	"/etc/ca-certificates", "/etc/pki",   "/etc/gai.conf",	    "/etc/services",
};

#define NETWORK_FILES (sizeof(network_files) / sizeof(*network_files))

static size_t places_of(const struct confine_spec *spec, struct sandbox_place *out)
{
	size_t n = 0;

	for (size_t i = 0; spec->network && i < NETWORK_FILES; i++)
		out[n++] = (struct sandbox_place){ network_files[i], network_files[i], false };
	for (size_t i = 0; i < spec->n_places; i++)
		out[n++] = (struct sandbox_place){ spec->places[i].from, spec->places[i].at,
						   spec->places[i].writable };
	return n;
}

static bool names(const char *const *env, const char *name)
{
	for (; env && *env; env++)
		if (str_starts(*env, name))
			return true;
	return false;
}

static void env_of(const struct confine_spec *spec, struct strv *out)
{
	if (!names(spec->env, "PATH="))
		strv_add(out, "PATH=/usr/local/bin:/usr/bin:/bin");
	if (!names(spec->env, "LANG="))
		strv_add(out, "LANG=C.UTF-8");
	if (spec->env)
		strv_addv(out, spec->env);
}

static bool wrap(struct loop *l, const struct confine_spec *spec, struct confined *out,
		 struct err *err)
{
	struct sandbox box = sandbox_probe(l);
	struct sandbox_place *places;
	struct strv env = STRV_INIT;
	struct sandbox_start start;
	struct sandbox_spec s = { .dir = spec->folder,
				  .at = spec->at,
				  .writable = true,
				  .cwd = "",
				  .tmp = spec->tmp,
				  .network = spec->network,
				  .whole_env = true,
				  .file_size = spec->limits.file_size,
				  .processes = spec->limits.processes };

	memset(out, 0, sizeof(*out));
	if (!sandbox_isolates(box))
		return err_set(err, ERR_TOOL,
			       "%s is started only where bubblewrap can shut it in, and here it "
			       "cannot; `posedge doctor` says why",
			       spec->argv[0]);
	places = mem_calloc(spec->n_places + NETWORK_FILES, sizeof(*places));
	env_of(spec, &env);
	s.env = (const char *const *)env.v;
	s.places = places;
	s.n_places = places_of(spec, places);
	sandbox_wrap(box, &s, spec->argv, &start);
	free(places);
	strv_free(&env);
	*out = (struct confined){ start.argv, start.env, start.cwd, start.filter };
	return true;
}

static void release(struct confined *c)
{
	struct sandbox_start start = { c->argv, c->env, c->cwd, c->pass_fd };

	sandbox_start_fini(&start);
	memset(c, 0, sizeof(*c));
}

static bool above(uint64_t used, uint64_t limit)
{
	return limit && used > limit;
}

static void measure(const char *folder, int pid, const struct confine_limits *lim, struct err *err)
{
	const struct totals most = { .files = lim->files ? 2 * lim->files : UINT64_MAX,
				     .memory = lim->memory ? lim->memory : UINT64_MAX };
	struct totals now;

	totals_measure(folder, pid, &most, &now);
	if (above(now.disk, lim->disk))
		err_set(err, ERR_LIMIT, "writes more than %llu MB",
			(unsigned long long)lim->disk >> MB);
	else if (above(now.files, lim->files))
		err_set(err, ERR_LIMIT, "makes more than %llu files",
			(unsigned long long)lim->files);
	else if (above(now.memory, lim->memory))
		err_set(err, ERR_LIMIT, "takes more than %llu MB of memory",
			(unsigned long long)lim->memory >> MB);
	else if (above(now.processes, lim->processes))
		err_set(err, ERR_LIMIT, "starts more than %u processes", lim->processes);
}

/* One sample, for the pool. */
struct glance {
	const char *folder;
	int pid;
	const struct confine_limits *limits;
	struct err found;
};

static void look(void *ctx)
{
	struct glance *g = ctx;

	measure(g->folder, g->pid, g->limits, &g->found);
}

static bool over(struct loop *l, const char *folder, int pid, const struct confine_limits *lim,
		 struct err *err)
{
	struct glance g = { folder, pid, lim, { 0 } };

	if (!task_work(l, look, &g, NULL, NULL) || g.found.code == ERR_NONE)
		return false;
	err_copy(err, &g.found);
	return true;
}

const struct confine_ops confine_bwrap = {
	.wrap = wrap, .release = release, .over = over, .measure = measure
};
