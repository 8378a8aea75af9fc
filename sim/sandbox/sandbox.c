/* Builds the argv of bubblewrap, and the limits inside.
 *
 * The root is empty; tools are bound read-only, the job's folder at /work, and nothing
 * else is writable. Unavailable parts are dropped step by step: in a container often
 * /proc, then namespaces altogether (sandbox_probe.c).
 *
 * Limits are set inside, by the launcher or prlimit or, if one sandbox serves many jobs,
 * by its shell. The kernel does not count root's processes, so a program started by root
 * runs under its own user id.
 */
#include "config.h"

#include "sim/sandbox/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/sandbox/launcher.h"
#include "sim/sandbox/seccomp.h"

const char *sandbox_bwrap(void)
{
	const char *name = getenv("POSEDGE_BWRAP");

	return name && name[0] ? name : "bwrap";
}

/* Adds a folder of the root that contains tools; on a merged system it is a link. */
static void add_root_dir(struct strv *out, const char *path)
{
	struct stat st;
	char target[256];
	ssize_t n;

	if (lstat(path, &st) < 0)
		return;
	n = S_ISLNK(st.st_mode) ? readlink(path, target, sizeof(target) - 1) : -1;
	if (n > 0) {
		target[n] = '\0';
		strv_add(out, "--symlink");
		strv_add(out, target);
	} else {
		strv_add(out, "--ro-bind");
		strv_add(out, path);
	}
	strv_add(out, path);
}

/* Above the ids that systems assign, and different for each posedge: the kernel counts
 * processes per user. */
#define OTHER_USERS 0x7e000000u

static unsigned other_user(void)
{
	return OTHER_USERS + ((unsigned)getpid() & 0x3fffff);
}

/* Without root's capabilities except for files: those visible inside are ours or
 * read-only. launch.c does the same. */
static void add_other_user(struct strv *out)
{
	static const char rights[] = "-all,+dac_override,+fowner";
	unsigned id = other_user();

	strv_add(out, "setpriv");
	strv_addf(out, "--reuid=%u", id);
	strv_addf(out, "--regid=%u", id);
	strv_add(out, "--clear-groups");
	/* Else access(2) checks for a user without capabilities, and make tests a
	 * program with it before starting it. */
	strv_add(out, "--securebits=+no_setuid_fixup");
	strv_addf(out, "--bounding-set=%s", rights);
	strv_addf(out, "--inh-caps=%s", rights);
	strv_addf(out, "--ambient-caps=%s", rights);
	strv_add(out, "--");
}

/* Adds the namespaces. Root gets no user namespace: in it, it could not become another
 * user, and in a chroot there is none to be had. */
static void add_namespaces(struct sandbox box, bool network, struct strv *out)
{
	static const char *const of_root[] = { "--unshare-ipc",
					       "--unshare-pid",
					       "--unshare-uts",
					       "--unshare-cgroup-try",
					       "--cap-drop",
					       "ALL",
					       NULL };
	static const char *const to_leave[] = { "--cap-add",   "CAP_SETUID", "--cap-add",
						"CAP_SETGID",  "--cap-add",  "CAP_DAC_OVERRIDE",
						"--cap-add",   "CAP_FOWNER", "--cap-add",
						"CAP_SETPCAP", NULL };
	static const char *const usual[] = { "--unshare-all", "--cap-drop", "ALL", NULL };
	static const char *const closed[] = { "--unshare-user", "--disable-userns", NULL };
	bool root = box.parts & (SANDBOX_OTHER_USER | SANDBOX_ROOT);

	strv_addv(out, root ? of_root : usual);
	if (box.parts & SANDBOX_OTHER_USER)
		strv_addv(out, to_leave);
	if (network && !root)
		strv_add(out, "--share-net");
	if (!network && root)
		strv_add(out, "--unshare-net");
	if (box.parts & SANDBOX_NO_USERNS)
		strv_addv(out, closed);
}

/* /dev/shm is our /tmp, unless visible paths are below it. */
static void add_shared_memory(const struct sandbox_spec *spec, struct strv *out)
{
	bool seen = spec->at && str_starts(spec->at, "/dev/shm/");

	for (const char *const *s = spec->seen; s && *s; s++)
		seen = seen || str_starts(*s, "/dev/shm/");
	for (size_t i = 0; i < spec->n_places; i++)
		seen = seen || str_starts(spec->places[i].at, "/dev/shm/");
	strv_add(out, seen ? "--dir" : "--symlink");
	if (!seen)
		strv_add(out, "/tmp");
	strv_add(out, "/dev/shm");
}

/* The tools, read-only, and harmless devices such as /dev/null. */
static void add_system(struct sandbox box, const struct sandbox_spec *spec, struct strv *out)
{
	static const char *const roots[] = {
		"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"
	};
	/* The devices of --dev without its terminals, which take twice as long. */
	static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random",
					       "/dev/urandom" };
	static const char *const clean[] = { "--clearenv", "--setenv",
					     "PATH",	   "/usr/local/bin:/usr/bin:/bin",
					     "--setenv",   "LANG",
					     "C.UTF-8",	   NULL };
	static const char *const fixed[] = { "--die-with-parent",
					     "--new-session",
					     "--ro-bind",
					     "/usr",
					     "/usr",
					     "--ro-bind-try",
					     "/etc/alternatives",
					     "/etc/alternatives",
					     "--ro-bind-try",
					     "/etc/ld.so.cache",
					     "/etc/ld.so.cache",
					     "--symlink",
					     "/proc/self/fd",
					     "/dev/fd",
					     "--symlink",
					     "/proc/self/fd/0",
					     "/dev/stdin",
					     "--symlink",
					     "/proc/self/fd/1",
					     "/dev/stdout",
					     "--symlink",
					     "/proc/self/fd/2",
					     "/dev/stderr",
					     NULL };

	strv_addv(out, fixed);
	if (!spec->whole_env)
		strv_addv(out, clean);
	add_shared_memory(spec, out);
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		add_root_dir(out, roots[i]);
	for (size_t i = 0; i < (spec->sources_only ? 1 : sizeof(devices) / sizeof(*devices)); i++) {
		strv_add(out, "--dev-bind");
		strv_add(out, devices[i]);
		strv_add(out, devices[i]);
	}
	if (box.level == SANDBOX_FULL) {
		strv_add(out, "--proc");
		strv_add(out, "/proc");
	}
}

static void add_places(const struct sandbox_spec *spec, struct strv *out)
{
	for (size_t i = 0; i < spec->n_places; i++) {
		const struct sandbox_place *p = &spec->places[i];

		strv_add(out, p->writable ? "--bind-try" : "--ro-bind-try");
		strv_add(out, p->from);
		strv_add(out, p->at);
	}
}

/* Adds our folders; nothing else is writable, not even the root itself. launcher: its
 * file; NULL: none. */
static void add_folders(const struct sandbox_spec *spec, const char *launcher, struct strv *out)
{
	if (spec->tmp) {
		strv_add(out, "--bind");
		strv_add(out, spec->tmp);
	} else {
		strv_add(out, "--size");
		strv_addf(out, "%u", SANDBOX_TMP);
		strv_add(out, "--tmpfs");
	}
	strv_add(out, "/tmp");
	add_places(spec, out);
	strv_add(out, spec->writable ? "--bind" : "--ro-bind");
	strv_add(out, spec->dir);
	strv_add(out, spec->at ? spec->at : "/work");
	if (spec->read_only || spec->read_write) {
		strv_add(out, spec->read_write ? "--bind" : "--ro-bind");
		strv_add(out, spec->read_write ? spec->read_write : spec->read_only);
		strv_add(out, "/rt");
	}
	for (size_t i = 0; i < spec->n_binds; i++) {
		strv_add(out, "--ro-bind");
		strv_add(out, spec->binds[i].from);
		strv_addf(out, "/work/%s", spec->binds[i].to);
	}
	for (const char *const *s = spec->seen; s && *s; s++) {
		strv_add(out, "--ro-bind");
		strv_add(out, *s);
		strv_add(out, *s);
	}
	for (const char *const *e = spec->env; e && *e && !spec->whole_env; e++) {
		size_t n = strcspn(*e, "=");

		strv_add(out, "--setenv");
		strv_addn(out, *e, n);
		strv_add(out, *e + n + ((*e)[n] == '='));
	}
	if (launcher) {
		strv_add(out, "--ro-bind");
		strv_add(out, launcher);
		strv_add(out, LAUNCHER_AT);
	}
	strv_add(out, "--remount-ro");
	strv_add(out, "/");
	strv_add(out, "--chdir");
	strv_addf(out, "%s/%s", spec->at ? spec->at : "/work", spec->cwd);
}

/* Pipes and sockets are limited by no other limit. */
#define DESCRIPTORS 1024
#define CPU_GRACE_S 2 /* from the processor time signal to the kill */

/* Higher than the limit, so that the watch outside sees it exceeded before a fork bomb
 * dies because it can start nothing more. */
static uint64_t most_processes(const struct sandbox_spec *spec)
{
	return 2ull * spec->processes + 2 * SANDBOX_OWN;
}

/* The smaller of want and our own limit, which cannot be raised. */
static unsigned long long lower(int resource, uint64_t want)
{
	struct rlimit l;

	return getrlimit((__rlimit_resource_t)resource, &l) == 0 && l.rlim_max < want ? l.rlim_max
										      : want;
}

struct limit {
	const char *name; /* for prlimit */
	int resource;
	unsigned long long soft, hard;
};

#define LIMITS 6

static size_t limits_of(const struct sandbox_spec *spec, struct limit out[LIMITS])
{
	unsigned long long files = lower(RLIMIT_NOFILE, DESCRIPTORS);
	unsigned long long size = lower(RLIMIT_FSIZE, spec->file_size);
	unsigned long long space = lower(RLIMIT_AS, spec->memory);
	unsigned long long processes = lower(RLIMIT_NPROC, most_processes(spec));
	size_t n = 0;

	out[n++] = (struct limit){ "core", RLIMIT_CORE, 0, 0 };
	out[n++] = (struct limit){ "nofile", RLIMIT_NOFILE, files, files };
	if (spec->memory)
		out[n++] = (struct limit){ "as", RLIMIT_AS, space, space };
	if (spec->file_size)
		out[n++] = (struct limit){ "fsize", RLIMIT_FSIZE, size, size };
	if (spec->cpu_s)
		out[n++] = (struct limit){ "cpu", RLIMIT_CPU, lower(RLIMIT_CPU, spec->cpu_s),
					   lower(RLIMIT_CPU, spec->cpu_s + CPU_GRACE_S) };
	if (spec->processes)
		out[n++] = (struct limit){ "nproc", RLIMIT_NPROC, processes, processes };
	return n;
}

static void add_limits(const struct sandbox_spec *spec, struct strv *out)
{
	struct limit l[LIMITS];
	size_t n = limits_of(spec, l);

	strv_add(out, "prlimit");
	for (size_t i = 0; i < n; i++)
		strv_addf(out, "--%s=%llu:%llu", l[i].name, l[i].soft, l[i].hard);
	strv_add(out, "--");
}

static void add_launcher(struct sandbox box, const struct sandbox_spec *spec, struct strv *out)
{
	struct limit l[LIMITS];
	size_t n = spec->limits_inside && !spec->job ? 0 : limits_of(spec, l);

	strv_add(out, LAUNCHER_AT);
	if (box.parts & SANDBOX_OTHER_USER) {
		strv_add(out, "-u");
		strv_addf(out, "%u", other_user());
	}
	for (size_t i = 0; i < n; i++) {
		strv_add(out, "-l");
		strv_addf(out, "%d", l[i].resource);
		strv_addf(out, "%llu", l[i].soft);
		strv_addf(out, "%llu", l[i].hard);
	}
	strv_add(out, spec->job ? "-j" : "--");
}

/* The limit on processes is -p in dash, -u in other shells. */
void sandbox_limits(struct sandbox box, const struct sandbox_spec *spec, struct str *out)
{
	unsigned long long processes = lower(RLIMIT_NPROC, most_processes(spec));

	if (box.level == SANDBOX_NONE)
		return;
	str_addf(out, "ulimit -c 0\nulimit -n %llu || exit 1\n", lower(RLIMIT_NOFILE, DESCRIPTORS));
	if (spec->memory)
		str_addf(out, "ulimit -v %llu || exit 1\n", lower(RLIMIT_AS, spec->memory) / 1024);
	if (spec->file_size)
		str_addf(out, "ulimit -f %llu || exit 1\n",
			 lower(RLIMIT_FSIZE, spec->file_size) / 512);
	if (spec->cpu_s)
		str_addf(out, "ulimit -S -t %llu && ulimit -H -t %llu || exit 1\n",
			 lower(RLIMIT_CPU, spec->cpu_s),
			 lower(RLIMIT_CPU, spec->cpu_s + CPU_GRACE_S));
	if (spec->processes && box.level <= SANDBOX_NO_PROC)
		str_addf(out, "ulimit -u %llu 2>/dev/null || ulimit -p %llu || exit 1\n", processes,
			 processes);
}

/* Without bubblewrap tools are looked up in our PATH. */
static void add_environment(struct strv *env)
{
	const char *path = getenv("PATH");

	strv_addf(env, "PATH=%s", path ? path : "/usr/local/bin:/usr/bin:/bin");
	strv_add(env, "LANG=C.UTF-8");
}

static void add_bwrap(struct sandbox box, const struct sandbox_spec *spec,
		      struct sandbox_start *out)
{
	char *path = child_which(sandbox_bwrap());
	char *launcher = box.parts & SANDBOX_LAUNCHER ? launcher_file() : NULL;

	/* There is no PATH in an empty environment. */
	strv_add(&out->argv, path ? path : sandbox_bwrap());
	free(path);
	add_namespaces(box, spec->network, &out->argv);
	add_system(box, spec, &out->argv);
	add_folders(spec, launcher, &out->argv);
	if (box.parts & SANDBOX_FILTER) {
		int fd = seccomp_open(spec->network, NULL);

		/* On failure bubblewrap reports that it cannot read its descriptor. */
		out->filter = fd > 0 ? fd : 0;
		strv_add(&out->argv, "--seccomp");
		strv_add(&out->argv, "3");
	}
	strv_add(&out->argv, "--");
	if (launcher) {
		add_launcher(box, spec, &out->argv);
	} else {
		if (box.parts & SANDBOX_OTHER_USER)
			add_other_user(&out->argv);
		if (!spec->limits_inside)
			add_limits(spec, &out->argv);
	}
	out->takes_job = launcher && spec->job;
	free(launcher);
}

void sandbox_wrap(struct sandbox box, const struct sandbox_spec *spec, const char *const *argv,
		  struct sandbox_start *out)
{
	memset(out, 0, sizeof(*out));
	if (box.level <= SANDBOX_NO_PROC) {
		out->cwd = mem_strdup("/");
		add_bwrap(box, spec, out);
		if (spec->whole_env)
			strv_addv(&out->env, spec->env);
	} else {
		struct sandbox_spec limits = *spec;

		out->cwd = str_fmt("%s/%s", spec->dir, spec->cwd);
		add_environment(&out->env);
		if (spec->env)
			strv_addv(&out->env, spec->env);
		/* outside a namespace this would count all of the user's processes */
		limits.processes = 0;
		if (box.level == SANDBOX_LIMITS && !spec->limits_inside)
			add_limits(&limits, &out->argv);
	}
	if (!out->takes_job)
		strv_addv(&out->argv, argv);
}

void sandbox_start_fini(struct sandbox_start *s)
{
	strv_free(&s->argv);
	strv_free(&s->env);
	free(s->cwd);
	if (s->filter)
		close(s->filter);
	memset(s, 0, sizeof(*s));
}

void sandbox_start_into(const struct sandbox_start *s, struct child_spec *child)
{
	static const char *const nothing[] = { NULL };

	child->argv = (const char *const *)s->argv.v;
	child->env = s->env.n ? (const char *const *)s->env.v : nothing;
	child->cwd = s->cwd;
	child->pass_fd = s->filter;
}

const char *sandbox_dir(struct sandbox box, const struct sandbox_spec *spec)
{
	return box.level <= SANDBOX_NO_PROC ? "/work" : spec->dir;
}

const char *sandbox_rt(struct sandbox box, const struct sandbox_spec *spec)
{
	return box.level <= SANDBOX_NO_PROC ? "/rt"
	       : spec->read_write	    ? spec->read_write
					    : spec->read_only;
}

static void add_missing(struct str *out, const char *what)
{
	str_addf(out, "%s%s", out->len ? "; " : "", what);
}

bool sandbox_isolates(struct sandbox box)
{
	return box.level <= SANDBOX_NO_PROC;
}

void sandbox_missing(struct sandbox box, struct str *out)
{
	if (box.level == SANDBOX_LIMITS)
		add_missing(out, "isolation from network, home folder and other processes "
				 "(bubblewrap is missing or may "
				 "not make namespaces here)");
	if (box.level == SANDBOX_NONE)
		add_missing(
			out,
			"any isolation and limits but time (bubblewrap and prlimit are missing)");
	if (box.level > SANDBOX_NO_PROC)
		return;
	if (box.level == SANDBOX_NO_PROC)
		add_missing(out, "a /proc of its own (not to be had inside a container)");
	if (!(box.parts & SANDBOX_FILTER))
		add_missing(out, "a filter of system calls (the kernel has none here)");
	if (!(box.parts & (SANDBOX_FILTER | SANDBOX_NO_USERNS)))
		add_missing(out, "a ban on namespaces inside");
	if (geteuid() == 0 && !(box.parts & SANDBOX_OTHER_USER))
		add_missing(out, "a limit on the number of processes (as root, who may not become "
				 "another user here)");
}
