/* Probes what this machine allows, and caches the result.
 *
 * Each step is tried with `true`; the one that works is kept in the cache, one line for
 * each environment that posedge was started in:
 *
 *	LEVEL PARTS SPACE KEY		two hexadecimal digits, 64 more
 *
 * KEY is a hash of all that the result depends on: the boot, the user and its
 * capabilities, our namespaces (a container has the boot id of its host), what the kernel
 * allows, our limits, and the programs as files. A line with another key is not used, so
 * a bubblewrap that was installed or removed is noticed in the next run, and two posedges
 * in different environments keep each other's lines. If both write at once the later one
 * wins, and a lost line is probed again.
 */
#include "config.h"

#include "sim/sandbox/sandbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/log.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/sandbox/launcher.h"
#include "sim/sandbox/seccomp.h"

/* Probing ----------------------------------------------------------------------------- */

/* *sure becomes false if the probe was inconclusive. */
static bool works(struct loop *l, struct sandbox box, bool *sure)
{
	struct sandbox_spec spec = {
		.dir = "/usr", .cwd = "", .processes = 64, .memory = 1ull << 30
	};
	static const char *const argv[] = { "true", NULL };
	struct sandbox_start start;
	struct child_spec child = { .wall_ms = 10000 };
	struct child_result r = { .status = -1 };
	bool ok;

	sandbox_wrap(box, &spec, argv, &start);
	sandbox_start_into(&start, &child);
	ok = child_run(l, &child, 4096, NULL, NULL, &r, NULL) && r.status == 0;
	*sure &= !r.timed_out && !task_cancelled(task_self());
	log_line("sandbox", "level %d, parts %u %s", (int)box.level, box.parts,
		 ok ? "works" : "does not work");
	sandbox_start_fini(&start);
	return ok;
}

/* All parts that are possible here. */
static unsigned all_parts(void)
{
	return (seccomp_known() ? SANDBOX_FILTER : 0) | (launcher_known() ? SANDBOX_LAUNCHER : 0) |
	       (geteuid() == 0 ? SANDBOX_OTHER_USER : SANDBOX_NO_USERNS);
}

static struct sandbox find_out(struct loop *l, bool *sure)
{
	const unsigned user = SANDBOX_OTHER_USER | SANDBOX_NO_USERNS;
	const unsigned first = all_parts(), all = first & ~(unsigned)SANDBOX_LAUNCHER;
	const unsigned tries[] = { first, all, all & ~user, all & ~(unsigned)SANDBOX_FILTER, 0 };
	struct sandbox box = { SANDBOX_FULL, first };

	for (; box.level <= SANDBOX_NO_PROC; box.level++)
		for (size_t i = 0; i < sizeof(tries) / sizeof(*tries) && *sure; i++) {
			box.parts = tries[i];
			if (works(l, box, sure))
				return box;
		}
	box.parts = 0;
	while (box.level < SANDBOX_NONE && *sure && !works(l, box, sure))
		box.level++;
	return box;
}

/* The key ----------------------------------------------------------------------------- */

/* /proc files have no size; none of these is longer. */
static void add_content(struct hash *h, const char *path)
{
	struct str text = STR_INIT;

	file_read(path, 4096, &text, NULL);
	hash_adds(h, str_cstr(&text));
	str_free(&text);
}

static void add_namespace(struct hash *h, const char *path)
{
	char target[64] = "";
	ssize_t n = readlink(path, target, sizeof(target) - 1);

	target[n > 0 ? n : 0] = '\0';
	hash_adds(h, target);
}

/* Identifies a file: another or a newer one is another program. */
static void add_program(struct hash *h, const char *path)
{
	struct stat st = { 0 };
	char text[160];

	if (!path || stat(path, &st) < 0)
		path = "-";
	snprintf(text, sizeof(text), "%llu %llu %lld %lld.%09ld %o", (unsigned long long)st.st_dev,
		 (unsigned long long)st.st_ino, (long long)st.st_size, (long long)st.st_mtim.tv_sec,
		 st.st_mtim.tv_nsec, (unsigned)st.st_mode);
	hash_adds(h, path);
	hash_adds(h, text);
}

/* The programs that bubblewrap starts are looked up inside. */
static void add_programs(struct hash *h)
{
	static const char *const inside[] = { "/usr/local/bin/prlimit", "/usr/local/bin/setpriv",
					      "/usr/bin/prlimit", "/usr/bin/setpriv" };
	char *bwrap = child_which(sandbox_bwrap()), *prlimit = child_which("prlimit");

	hash_adds(h, launch_name);
	add_program(h, bwrap);
	add_program(h, prlimit);
	for (size_t i = 0; i < sizeof(inside) / sizeof(*inside); i++)
		add_program(h, inside[i]);
	free(prlimit);
	free(bwrap);
}

/* Our capabilities, and whether they can only be dropped. */
static void add_rights(struct hash *h)
{
	struct str text = STR_INIT;

	file_read("/proc/self/status", 65536, &text, NULL);
	for (const char *line = str_cstr(&text); *line; line += strcspn(line, "\n") + 1) {
		if (str_starts(line, "Cap") || str_starts(line, "NoNewPrivs") ||
		    str_starts(line, "Seccomp:"))
			hash_add(h, line, strcspn(line, "\n"));
		if (!strchr(line, '\n'))
			break;
	}
	str_free(&text);
	add_content(h, "/proc/self/attr/current");
}

static void add_limits(struct hash *h)
{
	static const int of[] = { RLIMIT_AS, RLIMIT_NPROC, RLIMIT_NOFILE, RLIMIT_FSIZE };

	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		struct rlimit l = { 0 };
		char text[48];

		getrlimit((__rlimit_resource_t)of[i], &l);
		snprintf(text, sizeof(text), "%llu", (unsigned long long)l.rlim_max);
		hash_adds(h, text);
	}
}

static void surroundings(char key[HASH_HEX + 1])
{
	static const char *const spaces[] = { "/proc/self/ns/user", "/proc/self/ns/mnt",
					      "/proc/self/ns/pid", "/proc/self/ns/net" };
	static const char *const allowed[] = {
		"/proc/sys/kernel/random/boot_id", "/proc/sys/user/max_user_namespaces",
		"/proc/sys/kernel/unprivileged_userns_clone",
		"/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
	};
	struct hash *h = hash_new();
	char user[64];

	snprintf(user, sizeof(user), "%u %u", (unsigned)geteuid(), all_parts());
	hash_adds(h, PACKAGE_VERSION);
	hash_adds(h, user);
	for (size_t i = 0; i < sizeof(spaces) / sizeof(*spaces); i++)
		add_namespace(h, spaces[i]);
	for (size_t i = 0; i < sizeof(allowed) / sizeof(*allowed); i++)
		add_content(h, allowed[i]);
	add_rights(h);
	add_limits(h);
	add_programs(h);
	hash_end(h, key);
}

/* The cache --------------------------------------------------------------------------- */

static const char digits[] = "0123456789abcdef";

#define KEPT_MAX 16 /* environments; the oldest is dropped */
#define LINE	 ((size_t)HASH_HEX + 4)

/* A line in another format ends the file. */
static bool is_line(const char *at, size_t len)
{
	return len >= LINE && at[0] >= '0' && at[0] <= '0' + SANDBOX_NONE &&
	       strchr(digits, at[1]) && at[1] && at[2] == ' ' && at[LINE - 1] == '\n';
}

static bool recall(const struct str *kept, const char *key, struct sandbox *box)
{
	for (size_t at = 0; is_line(str_cstr(kept) + at, kept->len - at); at += LINE) {
		const char *line = str_cstr(kept) + at;

		if (memcmp(line + 3, key, HASH_HEX) != 0)
			continue;
		*box = (struct sandbox){ (enum sandbox_level)(line[0] - '0'),
					 (unsigned)(strchr(digits, line[1]) - digits) };
		return true;
	}
	return false;
}

static void keep(const char *file, const struct str *kept, const char *key, struct sandbox box)
{
	struct str text = STR_INIT;

	str_addf(&text, "%d%x %s\n", (int)box.level, box.parts, key);
	for (size_t at = 0;
	     text.len < KEPT_MAX * LINE && is_line(str_cstr(kept) + at, kept->len - at); at += LINE)
		str_add(&text, str_cstr(kept) + at, LINE);
	file_save(file, text.data, text.len, 0600, NULL);
	str_free(&text);
}

struct sandbox sandbox_probe(struct loop *l)
{
	char *cache = path_user_cache(NULL), *file = path_user_cache("sandbox");
	struct str kept = STR_INIT;
	char key[HASH_HEX + 1];
	struct sandbox box;
	bool sure = true;

	surroundings(key);
	if (file && !file_read(file, 4 * KEPT_MAX * LINE, &kept, NULL))
		str_clear(&kept);
	if (!recall(&kept, key, &box)) {
		box = find_out(l, &sure);
		if (!sure)
			box = (struct sandbox){ SANDBOX_FULL, all_parts() };
		else if (file && file_make_dirs(cache, 0700, NULL))
			keep(file, &kept, key, box);
	}
	str_free(&kept);
	free(file);
	free(cache);
	return box;
}

void sandbox_describe(struct loop *l, struct str *out)
{
	struct sandbox box = sandbox_probe(l);
	struct str missing = STR_INIT;

	sandbox_missing(box, &missing);
	if (missing.len)
		str_addf(out,
			 "partly   sandbox    without %s; apt-get install bubblewrap util-linux\n",
			 str_cstr(&missing));
	else
		str_adds(out, "ok       sandbox    bubblewrap: no network, no home, own processes, "
			      "limits, fewer system calls\n");
	if (box.parts & SANDBOX_OTHER_USER)
		str_adds(out, "note     sandbox    you are root: what runs inside is another user, "
			      "whose processes are counted\n");
	str_free(&missing);
}
