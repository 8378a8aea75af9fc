/* Runs a server's program in a sandbox: it sees only what its entry names, and a folder
 * of its own that is removed with it. The kernel limits each process; their total is
 * polled.
 */
#include "config.h"

#include "session/servers/server_start.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/peer.h"
#include "session/base/peer_link.h"
#include "session/base/str.h"
#include "session/model/redact.h"
#include "session/option/opt.h"
#include "session/servers/server_entry.h"
#include "session/servers/server_watch.h"
#include "session/tool/confine.h"
#include "session/tool/remote.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

#define GRACE_MS 2000u /* for a server to end by itself */
#define MB	 20

/* "NAME=env:OTHER" is NAME with the value of our variable OTHER, which is a secret. */
static void add_env(struct redact *redact, const char *given, struct strv *env)
{
	const char *value = strchr(given, '=') + 1, *ours;

	if (!str_starts(value, "env:")) {
		strv_add(env, given);
		return;
	}
	ours = getenv(value + 4);
	if (ours && ours[0]) {
		redact_add(redact, ours);
		strv_addf(env, "%.*s%s", (int)(value - given), given, ours);
	}
}

static bool names(const struct strv *env, const char *start)
{
	for (size_t i = 0; i < env->n; i++)
		if (str_starts(env->v[i], start))
			return true;
	return false;
}

static size_t places_of(const char *root, const struct server_entry *e, struct confine_place *v)
{
	size_t n = 0;

	if (e->project)
		v[n++] = (struct confine_place){ root, root, false };
	for (size_t i = 0; i < e->reads.n; i++)
		v[n++] = (struct confine_place){ e->reads.v[i], e->reads.v[i], false };
	for (size_t i = 0; i < e->writes.n; i++)
		v[n++] = (struct confine_place){ e->writes.v[i], e->writes.v[i], true };
	return n;
}

static bool make_folder(struct server_program *p, struct err *err)
{
	const char *tmp = getenv("TMPDIR");

	if (p->folder)
		return true;
	p->folder = str_fmt("%s/posedge-server.XXXXXX", tmp && tmp[0] ? tmp : "/tmp");
	if (mkdtemp(p->folder))
		return true;
	err_set(err, ERR_IO, "make %s: %s", p->folder, strerror(errno));
	free(p->folder);
	p->folder = NULL;
	return false;
}

/* The limits of simulations: the user has set what a program may use here. */
static struct confine_limits limits_of(const struct options *o)
{
	return (struct confine_limits){ .file_size = (uint64_t)o->sim_disk_mb << MB,
					.disk = (uint64_t)o->sim_disk_mb << MB,
					.files = o->sim_files,
					.memory = (uint64_t)o->sim_memory_mb << MB,
					.processes = o->sim_processes };
}

static void keep_secret(void *ctx, const char *value)
{
	redact_add(((struct workbench *)ctx)->redact, value);
}

static void tell(void *ctx, const char *line)
{
	report_note(&((struct workbench *)ctx)->out, "%s", line);
}

static bool open_remote(struct workbench *w, const char *who, const struct server_entry *e,
			const struct peer_events *events, struct server_program *p, struct err *err)
{
	struct remote_spec spec = { .who = who,
				    .url = e->url,
				    .key = e->key,
				    .headers = &e->headers,
				    .ca = e->ca,
				    .secret = keep_secret,
				    .note = tell,
				    .ctx = w };
	struct peer_link *k;

	if (!w->ports->open_remote)
		return err_set(err, ERR_TOOL, "%s: nothing here can ask a URL", who);
	k = w->ports->open_remote(w->loop, &spec, err);
	p->peer = k ? peer_open(w->loop, who, k, events) : NULL;
	return k != NULL;
}

static bool start_program(struct workbench *w, const char *who, const struct server_entry *e,
			  const struct peer_events *events, struct server_program *p,
			  struct err *err)
{
	const struct confine_ops *confine = w->ports->confine;
	bool ok = make_folder(p, err);
	struct confine_place *places = mem_calloc(e->reads.n + e->writes.n + 1, sizeof(*places));
	struct strv env = STRV_INIT;
	struct confined box = { 0 };
	struct confine_spec spec = { .argv = (const char *const *)e->argv.v,
				     .folder = p->folder,
				     .at = "/home/server",
				     .places = places,
				     .network = e->network,
				     .limits = limits_of(w->options) };

	ok = ok && (confine || err_set(err, ERR_TOOL, "%s: nothing here can shut it in", who));
	spec.n_places = places_of(w->place.root, e, places);
	for (size_t i = 0; i < e->env.n; i++)
		add_env(w->redact, e->env.v[i], &env);
	if (!names(&env, "HOME="))
		strv_add(&env, "HOME=/home/server");
	spec.env = (const char *const *)env.v;
	ok = ok && (confine->wrap(w->loop, &spec, &box, err) || err_prefix(err, "%s", who));
	if (ok) {
		struct child_spec child = { .argv = (const char *const *)box.argv.v,
					    .env = (const char *const *)box.env.v,
					    .cwd = box.cwd,
					    .pass_fd = box.pass_fd,
					    .grace_ms = GRACE_MS };

		p->peer = peer_start(w->loop, who, &child, events, err);
		confine->release(&box);
	}
	if (p->peer)
		p->watch = server_watch_new(w->loop, confine, p->folder, &spec.limits, p->peer);
	strv_free(&env);
	free(places);
	return ok && p->peer;
}

bool server_start(struct workbench *w, const char *who, const struct server_entry *e,
		  const struct peer_events *events, struct server_program *p, struct err *err)
{
	return e->url ? open_remote(w, who, e, events, p, err)
		      : start_program(w, who, e, events, p, err);
}

void server_program_end(struct server_program *p)
{
	server_watch_end(p->watch);
	peer_close(p->peer);
	p->watch = NULL;
	p->peer = NULL;
}

void server_program_fini(struct server_program *p)
{
	server_program_end(p);
	if (p->folder)
		file_remove_tree(p->folder, NULL);
	free(p->folder);
}
