/* What a sandbox withholds from a program, level by level; levels that this machine
 * cannot provide are skipped. */
#include "config.h"

#include "tests/lib/case.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/sandbox/launcher.h"
#include "sim/sandbox/sandbox.h"
#include "sim/sim.h"
#include "tests/lib/here.h"
#include "tests/lib/tool.h"

/* What cannot be determined must not count as known: otherwise protection would be off
 * until the next boot. */
CASE(a_try_that_is_cancelled_is_not_kept)
{
	char *cache = tool_folder(), *kept = path_join(cache, "posedge/sandbox");
	char *before = getenv("XDG_CACHE_HOME") ? mem_strdup(getenv("XDG_CACHE_HOME")) : NULL;
	struct probe p = { .loop = loop_new(NULL), .box.level = SANDBOX_NONE };

	setenv("XDG_CACHE_HOME", cache, 1);
	task_cancel(task_start(p.loop, probe, &p));
	loop_run_until(p.loop, &p.done);
	while (task_count(p.loop))
		loop_turn(p.loop, false);
	loop_free(p.loop);
	assert_int_equal(p.box.level, SANDBOX_FULL);
	assert_int_equal(access(kept, F_OK), -1);
	assert_true(best_here().level <= SANDBOX_NONE);
	assert_int_equal(access(kept, F_OK), 0);
	if (before)
		setenv("XDG_CACHE_HOME", before, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	free(before);
	free(kept);
	tool_folder_remove(cache);
}

/* A bubblewrap that counts how often it is called; works: whether it does what it is
 * asked. */
static void write_bwrap(const char *dir, const char *real, bool works)
{
	char *path = path_join(dir, "bwrap"), *text;

	text = str_fmt("#!/bin/sh\necho >>%s/asked\n%s%s \"$@\"\n", dir,
		       works ? "exec " : "exit 1 # ", real);
	assert_true(file_save(path, text, strlen(text), 0755, NULL));
	free(text);
	free(path);
}

static size_t times_asked(const char *dir)
{
	struct str text = STR_INIT;
	char *path = path_join(dir, "asked");
	size_t n;

	file_read(path, 1u << 20, &text, NULL);
	n = text.len;
	str_free(&text);
	free(path);
	return n;
}

static struct sandbox best_with(const char *dir, const char *path)
{
	char *both = str_fmt("%s:%s", dir, path);
	struct sandbox box;

	setenv("PATH", both, 1);
	box = best_here();
	setenv("PATH", path, 1);
	free(both);
	return box;
}

/* Results for one bubblewrap do not apply to another, and each keeps its own. */
CASE(what_was_found_belongs_to_its_surroundings)
{
	char *a = tool_folder(), *b = tool_folder(), *cache = tool_folder();
	char *before = getenv("XDG_CACHE_HOME") ? mem_strdup(getenv("XDG_CACHE_HOME")) : NULL;
	char *path = mem_strdup(getenv("PATH")), *real = child_which("bwrap");
	struct sandbox good;
	size_t asked;

	setenv("XDG_CACHE_HOME", cache, 1);
	write_bwrap(a, real ? real : "/nonexistent", true);
	write_bwrap(b, "/nonexistent", false);
	good = best_with(a, path);
	assert_true(times_asked(a) > 0);
	assert_false(sandbox_isolates(best_with(b, path)));
	assert_true(times_asked(b) > 0);

	asked = times_asked(a);
	assert_int_equal(best_with(a, path).level, good.level);
	assert_int_equal(times_asked(a), asked);
	asked = times_asked(b);
	assert_false(sandbox_isolates(best_with(b, path)));
	assert_int_equal(times_asked(b), asked);

	/* The same name, with something else behind it. */
	write_bwrap(a, "/nonexistent", false);
	assert_false(sandbox_isolates(best_with(a, path)));
	write_bwrap(b, real ? real : "/nonexistent", true);
	assert_int_equal(best_with(b, path).level, good.level);

	if (before)
		setenv("XDG_CACHE_HOME", before, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	free(before);
	free(real);
	free(path);
	tool_folder_remove(cache);
	tool_folder_remove(b);
	tool_folder_remove(a);
}

/* Runs a shell line inside and appends its output to out. */
static int inside(struct sandbox box, const struct sandbox_spec *spec, const char *line,
		  struct str *out)
{
	const char *const argv[] = { "/bin/bash", "-c", line, NULL };
	struct str err = STR_INIT;
	struct tool_run t = {
		.loop = loop_new(NULL), .out = out, .err = &err, .spec.wall_ms = 60000
	};
	struct sandbox_start start;

	sandbox_wrap(box, spec, argv, &start);
	sandbox_start_into(&start, &t.spec);
	task_start(t.loop, tool_task, &t);
	loop_run_until(t.loop, &t.done);
	while (task_count(t.loop))
		loop_turn(t.loop, false);
	loop_free(t.loop);
	sandbox_start_fini(&start);
	str_free(&err);
	return t.ok ? t.r.status : -1;
}

static const char *says(struct sandbox box, const struct sandbox_spec *spec, const char *line)
{
	static struct str out;

	str_clear(&out);
	inside(box, spec, line, &out);
	if (out.len && out.data[out.len - 1] == '\n')
		str_cut(&out, out.len - 1);
	return str_cstr(&out);
}

static struct sandbox_spec spec_for(const char *dir)
{
	return (struct sandbox_spec){ .dir = dir,
				      .writable = true,
				      .cwd = "",
				      .memory = 1u << 30,
				      .file_size = 1u << 20,
				      .cpu_s = 20,
				      .processes = 64 };
}

/* As few parts as work here: in a chroot the kernel gives nobody a user namespace, and
 * root then has the namespaces that need none. */
static unsigned fewest_parts(void)
{
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);
	bool usual =
		strcmp(says((struct sandbox){ SANDBOX_NO_PROC, 0 }, &spec, "echo x"), "x") == 0;

	tool_folder_remove(dir);
	return usual ? 0 : SANDBOX_ROOT;
}

static void isolation(struct sandbox box)
{
	char *dir = tool_folder(), *other = tool_folder();
	struct sandbox_spec spec = spec_for(dir);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	char *line, connect[120];

	tool_write(other, "secret", "mine\n");
	tool_write(dir, "given", "text\n");
	setenv("TEST_SECRET", "mine", 1);

	/* Its folder, readable and writable, and nothing else of ours. */
	assert_string_equal(says(box, &spec, "cat given && echo made >made && cat made"),
			    "text\nmade");
	line = str_fmt("cat %s/secret 2>/dev/null || echo none; echo x 2>/dev/null >%s/made || "
		       "echo refused",
		       other, other);
	assert_string_equal(says(box, &spec, line), "none\nrefused");
	free(line);
	assert_string_equal(
		says(box, &spec, "ls -A $HOME /root /home 2>/dev/null | grep -v : | wc -l"), "0");
	assert_string_equal(says(box, &spec, "echo [$TEST_SECRET]"), "[]");
	/* make, install and the like ask access(2), and change what is there. */
	assert_string_equal(says(box, &spec,
				 "test -r given && test -w given && chmod +x given && test -x "
				 "given && echo yes"),
			    "yes");
	assert_string_equal(says(box, &spec, "touch /usr/x 2>/dev/null || echo refused"),
			    "refused");

	/* The devices that are none. */
	assert_string_equal(says(box, &spec, "echo gone >/dev/null; head -c 2 /dev/zero | wc -c"),
			    "2");
	assert_string_equal(says(box, &spec, "ls /dev | grep -cE 'tty|sd|kmsg|mem|fuse'"), "0");

	/* Read-only, but readable. */
	spec.writable = false;
	assert_string_equal(
		says(box, &spec, "cat given; echo x 2>/dev/null >given || echo refused"),
		"text\nrefused");
	spec.writable = true;

	/* No network, not even this machine's. */
	assert_int_equal(bind(fd, (struct sockaddr *)&a, len) || listen(fd, 4) ||
				 getsockname(fd, (struct sockaddr *)&a, &len),
			 0);
	snprintf(connect, sizeof(connect),
		 "(exec 3<>/dev/tcp/127.0.0.1/%d) 2>/dev/null && echo in || echo out",
		 ntohs(a.sin_port));
	assert_string_equal(says(box, &spec, connect), "out");
	assert_string_equal(says((struct sandbox){ SANDBOX_NONE, 0 }, &spec, connect), "in");
	close(fd);

	unsetenv("TEST_SECRET");
	tool_folder_remove(dir);
	tool_folder_remove(other);
}

static void limits(struct sandbox box)
{
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);
	char *big = path_join(dir, "big");
	struct str text = STR_INIT, line = STR_INIT;

	inside(box, &spec, "head -c 3000000 /dev/zero >big", &text);
	assert_true(file_read(big, 0, &text, NULL));
	assert_in_range(text.len, 1, 1u << 20);
	str_free(&text);
	assert_string_equal(says(box, &spec, "ulimit -v"), "1048576");
	assert_string_equal(says(box, &spec, "ulimit -c"), "0");
	assert_string_equal(says(box, &spec, "ulimit -t"), "20");
	assert_string_equal(says(box, &spec, "ulimit -f"), "1024");

	/* A process that uses too much gets signal 24 before it is killed. */
	spec.cpu_s = 1;
	assert_string_equal(says(box, &spec, "sh -c 'while :; do :; done' 2>/dev/null; echo $?"),
			    "152");
	spec.cpu_s = 20;

	/* The same, set inside. */
	spec.limits_inside = true;
	str_adds(&line, "sh -c '");
	sandbox_limits(box, &spec, &line);
	str_adds(&line, "ulimit -v; ulimit -c; ulimit -t; ulimit -f'");
	assert_string_equal(says(box, &spec, str_cstr(&line)), "1048576\n0\n20\n2048");
	str_free(&line);
	free(big);
	tool_folder_remove(dir);
}

/* The best sandbox that works here, and below it one with each of its own parts left
 * out. */
CASE(each_level_keeps_what_it_says)
{
	struct sandbox best = best_here();

	if (best.level <= SANDBOX_FULL)
		isolation((struct sandbox){ SANDBOX_FULL, best.parts });
	if (best.level <= SANDBOX_NO_PROC) {
		isolation((struct sandbox){ SANDBOX_NO_PROC, best.parts });
		isolation((struct sandbox){ SANDBOX_NO_PROC, fewest_parts() });
	}
	for (enum sandbox_level l = best.level; l <= SANDBOX_LIMITS; l++)
		limits((struct sandbox){ l, l <= SANDBOX_NO_PROC ? best.parts : 0 });
}

CASE(nothing_of_our_environment_is_to_be_found)
{
	struct sandbox best = best_here();
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);

	setenv("TEST_SECRET", "mine", 1);
	if (best.level <= SANDBOX_FULL) {
		assert_string_equal(says(best, &spec,
					 "cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n' | grep "
					 "-c TEST_SECRET"),
				    "0");
		best.parts = fewest_parts();
		assert_string_equal(
			says(best, &spec,
			     "test -r /proc/1/environ && grep -c TEST_SECRET /proc/1/environ"),
			"0");
	}
	assert_string_equal(
		says((struct sandbox){ SANDBOX_LIMITS, 0 }, &spec, "echo [$TEST_SECRET$HOME]"),
		"[]");
	assert_string_equal(
		says((struct sandbox){ SANDBOX_NONE, 0 }, &spec, "echo [$TEST_SECRET$HOME]"), "[]");
	unsetenv("TEST_SECRET");
	tool_folder_remove(dir);
}

/* Each call by its number, with harmless arguments: only the filter refuses them with
 * these errors, as the same sandbox without a filter shows. */
CASE(the_filter_refuses_system_calls)
{
	static const char line[] =
		"perl -e 'sub e { my $r = syscall(shift, @_); my $n = $! + 0; $r >= 0 ? \"done\" : "
		"$n == 1 ? \"perm\" : $n == 38 ? \"sys\" : \"n$n\" }"
		"print join(\" \", e(101, 3, 1, 0, 0), e(250, 99, 0), e(319, my $x = \"x\", 0), "
		"e(16, 0, 0x5412, 0), e(172, 3), e(425, 1, 0))'";
	struct sandbox best = best_here();
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);

	if (best.level <= SANDBOX_NO_PROC && best.parts & SANDBOX_FILTER) {
#ifdef __x86_64__
		assert_string_equal(says(best, &spec, line), "perm perm sys perm perm sys");
		best.parts &= ~(unsigned)SANDBOX_FILTER;
		assert_string_not_equal(says(best, &spec, line), "perm perm sys perm perm sys");
		best.parts |= SANDBOX_FILTER;
#endif
		assert_string_equal(
			says(best, &spec, "unshare --user true 2>/dev/null || echo refused"),
			"refused");
		assert_string_equal(
			says(best, &spec, "unshare --net true 2>/dev/null || echo refused"),
			"refused");
		assert_string_equal(
			says(best, &spec,
			     "(sleep 0 & wait; echo x | cat; mkfifo f && rm f) && echo fine"),
			"x\nfine");
	}
	tool_folder_remove(dir);
}

/* setpriv and prlimit are the oracle: rights, limits, user, environment, descriptors and
 * signals of a program are the same with the launcher. */
CASE(the_launcher_gives_what_setpriv_and_prlimit_give)
{
	static const char *const lines[] = {
		"grep -vE "
		"'^(Name|Pid|Tgid|NSt?gid|NSpid|PPid|Vm|Rss|.*ctxt|Threads|State|Cpus|Mems|"
		"Seccomp_filters|Speculation|HugetlbPages|NSsid|NSpgid)' /proc/self/status | "
		"sed 's/0x7e[0-9a-f]*//'",
		"cat /proc/self/limits",
		"env | sort",
		/* by access(2), as make does it */
		"perl -MPOSIX -e 'print access(\"given\", &POSIX::W_OK) ? 1 : 0'",
		"ls -l /proc/self/fd | grep -c pipe; pwd; umask; id -u; id -G",
	};
	struct sandbox best = best_here(), old = best;
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);

	tool_write(dir, "given", "text\n");
	if (launcher_known() && sandbox_isolates(best)) /* or it failed when it was tried */
		assert_true(best.parts & SANDBOX_LAUNCHER);
	old.parts &= ~(unsigned)SANDBOX_LAUNCHER;
	for (size_t i = 0; best.parts & SANDBOX_LAUNCHER && i < sizeof(lines) / sizeof(*lines);
	     i++) {
		char *want = mem_strdup(says(old, &spec, lines[i]));

		assert_string_not_equal(want, "");
		assert_string_equal(says(best, &spec, lines[i]), want);
		free(want);
	}
	if (best.parts & SANDBOX_LAUNCHER) {
		spec.cpu_s = 7;
		spec.memory = 0;
		spec.processes = 0;
		assert_string_equal(says(best, &spec, "ulimit -t; ulimit -v"), "7\nunlimited");
		assert_string_equal(
			says(best, &spec, "echo x 2>/dev/null >/launch || echo refused"),
			"refused");
	}
	tool_folder_remove(dir);
}

/* A file that differs from the one compiled in is not started. */
CASE(a_launcher_that_was_changed_is_written_again)
{
	struct sandbox best = best_here();
	char *dir = tool_folder(), *cache = tool_folder(), *path;
	char *before = getenv("XDG_CACHE_HOME") ? mem_strdup(getenv("XDG_CACHE_HOME")) : NULL;
	struct sandbox_spec spec = spec_for(dir);

	setenv("XDG_CACHE_HOME", cache, 1);
	path = launcher_file();
	if (path && best.parts & SANDBOX_LAUNCHER) {
		char *at = str_fmt("posedge/%s", launch_name);

		tool_write(cache, at, "#!/bin/sh\necho mine\n");
		assert_string_equal(says(best, &spec, "echo fine"), "fine");
		assert_int_equal(chmod(path, 0600), 0);
		assert_string_equal(says(best, &spec, "echo fine"), "fine");
		unlink(path);
		assert_string_equal(says(best, &spec, "echo fine"), "fine");
		/* There is nowhere to keep it: as without one. */
		setenv("XDG_CACHE_HOME", "/dev/null", 1);
		assert_string_equal(says(best, &spec, "echo fine; ulimit -c"), "fine\n0");
		free(at);
	}
	if (before)
		setenv("XDG_CACHE_HOME", before, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	free(before);
	free(path);
	tool_folder_remove(cache);
	tool_folder_remove(dir);
}

/* Self-limiting: it starts no more than 40 processes, which end after a second. */
CASE(processes_are_counted_also_for_root)
{
	struct sandbox best = best_here();
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);
	long n;

	spec.processes = 12;
	if (best.level <= SANDBOX_NO_PROC && (geteuid() != 0 || best.parts & SANDBOX_OTHER_USER)) {
		n = atol(says(best, &spec,
			      "perl -e '$n = 0; for (1..40) { $p = fork; last if !defined $p; if "
			      "(!$p) { sleep 1; exit } $n++ } print $n'"));
		assert_in_range(n, 12, 2 * 12 + 2 * SANDBOX_OWN);
	}
	tool_folder_remove(dir);
}

CASE(only_its_folders_can_be_written)
{
	struct sandbox best = best_here();
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);

	if (best.level <= SANDBOX_NO_PROC) {
		assert_string_equal(says(best, &spec,
					 "for d in / /dev /etc /usr /proc/sys/kernel; do touch "
					 "$d/new 2>/dev/null && echo $d; done; echo over"),
				    "over");
		assert_string_equal(says(best, &spec, "touch /tmp/new /dev/shm/newer && ls /tmp"),
				    "new\nnewer");
		spec.file_size = 0;
		assert_string_equal(says(best, &spec,
					 "head -c 100000000 /dev/zero 2>/dev/null >/tmp/big; test "
					 "$(wc -c </tmp/big) -le 67108864 && echo full"),
				    "full");
	}
	tool_folder_remove(dir);
}

CASE(a_level_says_what_it_lacks)
{
	unsigned all = SANDBOX_FILTER | SANDBOX_OTHER_USER | SANDBOX_NO_USERNS;
	struct str out = STR_INIT;

	sandbox_missing((struct sandbox){ SANDBOX_FULL, all }, &out);
	assert_string_equal(str_cstr(&out), "");
	for (enum sandbox_level l = SANDBOX_FULL; l <= SANDBOX_NONE; l++) {
		str_clear(&out);
		sandbox_missing((struct sandbox){ l, 0 }, &out);
		assert_string_not_equal(str_cstr(&out), "");
	}
	str_free(&out);
}

/* A third-party program: its folder at a place of its choice, others as they are named,
 * an environment that no process list shows, and nothing more. */
struct shut_in {
	struct tool_run run; /* first */
	const struct confine_spec *spec;
	struct confined how;
	bool wrapped, over;
	struct err err;
};

static void shut_in_task(void *ctx)
{
	struct shut_in *s = ctx;
	struct child_spec *child = &s->run.spec;

	s->wrapped = confine_bwrap.wrap(s->run.loop, s->spec, &s->how, &s->err);
	if (s->wrapped) {
		child->argv = (const char *const *)s->how.argv.v;
		child->env = (const char *const *)s->how.env.v;
		child->cwd = s->how.cwd;
		child->pass_fd = s->how.pass_fd;
		tool_task(&s->run);
		s->over = confine_bwrap.over(s->run.loop, s->spec->folder, 0, &s->spec->limits,
					     &s->err);
	}
	s->run.done = true;
}

CASE(a_foreign_program_sees_what_it_is_given)
{
	char *dir = tool_folder(), *other = tool_folder(), *mine = tool_folder();
	struct confine_place places[] = { { other, "/home/agent", true },
					  { mine, "/rt", false },
					  { "/no/such/place", "/rt2", false } };
	char *line = str_fmt("pwd; echo x >f; echo y >/home/agent/g; cat /rt/mine; "
			     "echo z 2>/dev/null >/rt/mine || echo no; echo $A_KEY; ls /work %s "
			     "2>/dev/null; head -c 3000000 /dev/zero >big; ls /rt2 2>&1 | wc -l",
			     mine);
	const char *const argv[] = { "bash", "-c", line, NULL };
	const char *const env[] = { "A_KEY=key-value-1234", NULL };
	struct confine_spec spec = { .argv = argv,
				     .folder = dir,
				     .at = "/home/me/project",
				     .places = places,
				     .n_places = 3,
				     .env = env,
				     .network = true,
				     .limits = { .file_size = 4u << 20, .disk = 1u << 20 } };
	struct str out = STR_INIT, errors = STR_INIT;
	struct shut_in s = { .run = { .loop = loop_new(NULL),
				      .out = &out,
				      .err = &errors,
				      .spec.wall_ms = 60000 },
			     .spec = &spec };

	if (!sandbox_isolates(best_here())) {
		free(line);
		skip();
	}
	tool_write(mine, "mine", "mine\n");
	task_start(s.run.loop, shut_in_task, &s);
	loop_run_until(s.run.loop, &s.run.done);
	while (task_count(s.run.loop))
		loop_turn(s.run.loop, false);
	assert_true(s.wrapped);
	assert_string_equal(str_cstr(&out), "/home/me/project\nmine\nno\nkey-value-1234\n1\n");
	for (size_t i = 0; i < s.how.argv.n; i++)
		assert_null(strstr(s.how.argv.v[i], "key-value"));
	assert_true(s.over);
	assert_string_equal(s.err.text, "writes more than 1 MB");
	confine_bwrap.release(&s.how);
	loop_free(s.run.loop);
	str_free(&out);
	str_free(&errors);
	free(line);
	tool_folder_remove(dir);
	tool_folder_remove(other);
	tool_folder_remove(mine);
}

CASE(paths_are_called_as_they_are_inside)
{
	struct sandbox_spec spec = { .dir = "/some/where", .read_only = "/else/where", .cwd = "" };

	assert_string_equal(sandbox_dir((struct sandbox){ SANDBOX_FULL, 0 }, &spec), "/work");
	assert_string_equal(sandbox_rt((struct sandbox){ SANDBOX_FULL, 0 }, &spec), "/rt");
	assert_string_equal(sandbox_dir((struct sandbox){ SANDBOX_LIMITS, 0 }, &spec),
			    "/some/where");
	assert_string_equal(sandbox_rt((struct sandbox){ SANDBOX_NONE, 0 }, &spec), "/else/where");
}
