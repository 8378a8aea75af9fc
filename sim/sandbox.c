#include "config.h"

#include "sim/sandbox.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"

/* POSEDGE_BWRAP names another bubblewrap, or one that is not there. */
static const char *bwrap_name(void)
{
	const char *name = getenv("POSEDGE_BWRAP");

	return name && name[0] ? name : "bwrap";
}

/* Folders of the root that tools live in: on a merged system they are links. */
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

static void add_bwrap(enum sandbox_level level, const struct sandbox_spec *spec, struct strv *out)
{
	static const char *const roots[] = { "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32" };
	static const char *const fixed[] = { "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop",
					     "ALL", "--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin",
					     "--setenv", "LANG", "C.UTF-8", "--ro-bind", "/usr", "/usr",
					     "--ro-bind-try", "/etc/alternatives", "/etc/alternatives",
					     "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
					     "--dir", "/tmp", "--dir", "/dev/shm",
					     "--symlink", "/proc/self/fd", "/dev/fd",
					     "--symlink", "/proc/self/fd/0", "/dev/stdin",
					     "--symlink", "/proc/self/fd/1", "/dev/stdout",
					     "--symlink", "/proc/self/fd/2", "/dev/stderr", NULL };
	/* What --dev makes, without its terminals: that takes twice as long. */
	static const char *const devices[] = { "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom" };

	strv_add(out, bwrap_name());
	strv_addv(out, fixed);
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		add_root_dir(out, roots[i]);
	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++) {
		strv_add(out, "--dev-bind");
		strv_add(out, devices[i]);
		strv_add(out, devices[i]);
	}
	if (level == SANDBOX_FULL) {
		strv_add(out, "--proc");
		strv_add(out, "/proc");
	}
	strv_add(out, spec->writable ? "--bind" : "--ro-bind");
	strv_add(out, spec->dir);
	strv_add(out, "/work");
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
	strv_add(out, "--chdir");
	strv_addf(out, "/work/%s", spec->cwd);
	strv_add(out, "--");
}

static void add_limits(const struct sandbox_spec *spec, struct strv *out)
{
	strv_add(out, "prlimit");
	strv_add(out, "--core=0");
	if (spec->memory)
		strv_addf(out, "--as=%llu", (unsigned long long)spec->memory);
	if (spec->file_size)
		strv_addf(out, "--fsize=%llu", (unsigned long long)spec->file_size);
	if (spec->cpu_s)
		strv_addf(out, "--cpu=%llu", (unsigned long long)spec->cpu_s);
	if (spec->processes)
		strv_addf(out, "--nproc=%u", spec->processes);
	strv_add(out, "--");
}

/* dash calls the number of processes -p, other shells -u. */
void sandbox_limits(enum sandbox_level level, const struct sandbox_spec *spec, struct str *out)
{
	if (level == SANDBOX_NONE)
		return;
	str_adds(out, "ulimit -c 0\n");
	if (spec->memory)
		str_addf(out, "ulimit -v %llu || exit 1\n", (unsigned long long)(spec->memory / 1024));
	if (spec->file_size)
		str_addf(out, "ulimit -f %llu || exit 1\n", (unsigned long long)(spec->file_size / 512));
	if (spec->cpu_s)
		str_addf(out, "ulimit -t %llu || exit 1\n", (unsigned long long)spec->cpu_s);
	if (spec->processes && level <= SANDBOX_NO_PROC)
		str_addf(out, "ulimit -u %u 2>/dev/null || ulimit -p %u || exit 1\n", spec->processes, spec->processes);
}

void sandbox_wrap(enum sandbox_level level, const struct sandbox_spec *spec,
		  const char *const *argv, struct strv *out, char **cwd)
{
	bool wrapped = level <= SANDBOX_NO_PROC;
	struct sandbox_spec limits = *spec;

	*cwd = wrapped ? mem_strdup("/") : str_fmt("%s/%s", spec->dir, spec->cwd);
	if (wrapped)
		add_bwrap(level, spec, out);
	else	/* outside of namespaces it would count all of the user's processes */
		limits.processes = 0;
	if (level <= SANDBOX_LIMITS && !spec->limits_inside)
		add_limits(&limits, out);
	strv_addv(out, argv);
}

const char *sandbox_dir(enum sandbox_level level, const struct sandbox_spec *spec)
{
	return level <= SANDBOX_NO_PROC ? "/work" : spec->dir;
}

const char *sandbox_rt(enum sandbox_level level, const struct sandbox_spec *spec)
{
	return level <= SANDBOX_NO_PROC ? "/rt" : spec->read_write ? spec->read_write : spec->read_only;
}

/* Trying */

/* *sure becomes false when that could not be found out. */
static bool works(struct loop *l, enum sandbox_level level, bool *sure)
{
	struct sandbox_spec spec = { .dir = "/usr", .cwd = "", .processes = 64, .memory = 1ull << 30 };
	static const char *const argv[] = { "true", NULL };
	struct strv wrapped = STRV_INIT;
	struct child_spec child = { .wall_ms = 10000 };
	struct child_result r = { .status = -1 };
	char *cwd;
	bool ok;

	sandbox_wrap(level, &spec, argv, &wrapped, &cwd);
	child.argv = (const char *const *)wrapped.v;
	child.cwd = cwd;
	ok = child_run(l, &child, 4096, NULL, NULL, &r, NULL) && r.status == 0;
	*sure &= !r.timed_out && !task_cancelled(task_self());
	log_line("sandbox", "level %d %s", (int)level, ok ? "works" : "does not work");
	strv_free(&wrapped);
	free(cwd);
	return ok;
}

/* A boot, a user and a bubblewrap: what was found holds as long as these. */
static char *fingerprint(void)
{
	struct str boot = STR_INIT;
	char *path = child_which(bwrap_name());
	char *prlimit = child_which("prlimit");
	struct stat st = { 0 };
	char *print;

	/* /proc files have no size; 4096 bytes are far more than a boot id. */
	file_read("/proc/sys/kernel/random/boot_id", 4096, &boot, NULL);
	if (path)
		stat(path, &st);
	print = str_fmt("%.36s %u %s %lld %s", str_cstr(&boot), (unsigned)geteuid(), path ? path : "-",
			(long long)st.st_mtim.tv_sec, prlimit ? "prlimit" : "-");
	str_free(&boot);
	free(prlimit);
	free(path);
	return print;
}

static bool recall(const char *file, const char *print, enum sandbox_level *level)
{
	struct str text = STR_INIT;
	bool ok = file_read(file, 4096, &text, NULL) && text.len > 2 && strcmp(text.data + 2, print) == 0 &&
		  text.data[0] >= '0' && text.data[0] <= '0' + SANDBOX_NONE;

	if (ok)
		*level = (enum sandbox_level)(text.data[0] - '0');
	str_free(&text);
	return ok;
}

enum sandbox_level sandbox_probe(struct loop *l)
{
	char *cache = path_user_cache();
	char *file = cache ? path_join(cache, "sandbox") : NULL;
	char *print = fingerprint();
	enum sandbox_level level = SANDBOX_FULL;
	bool sure = true;

	if (!file || !recall(file, print, &level)) {
		while (level < SANDBOX_NONE && !works(l, level, &sure))
			level++;
		if (!sure)
			level = SANDBOX_FULL;
		else if (file && file_make_dirs(cache, 0700, NULL)) {
			char *text = str_fmt("%d %s", (int)level, print);

			file_save(file, text, strlen(text), 0600, NULL);
			free(text);
		}
	}
	free(print);
	free(file);
	free(cache);
	return level;
}

const char *sandbox_missing(enum sandbox_level level)
{
	switch (level) {
	case SANDBOX_FULL:
		return "";
	case SANDBOX_NO_PROC:
		return "a /proc of its own (not to be had inside a container)";
	case SANDBOX_LIMITS:
		return "isolation from network, home folder and other processes (bubblewrap is missing or may not "
		       "make namespaces here)";
	case SANDBOX_NONE:
		break;
	}
	return "any isolation and limits but time (bubblewrap and prlimit are missing)";
}

void sandbox_describe(struct loop *l, struct str *out)
{
	enum sandbox_level level = sandbox_probe(l);
	const char *missing = sandbox_missing(level);

	if (missing[0])
		str_addf(out, "partly   sandbox    without %s; apt-get install bubblewrap util-linux\n", missing);
	else
		str_adds(out, "ok       sandbox    bubblewrap: no network, no home, own processes, limits\n");
	if (geteuid() == 0)
		str_adds(out, "note     sandbox    for root the limit on processes has no effect; ending a run ends them all\n");
}
