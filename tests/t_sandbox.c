/* What a sandbox keeps from a program, level by level; a level that this
 * machine cannot give is left out. */
#include "config.h"

#include "tests/test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/sandbox.h"
#include "tests/tool.h"

struct probe {
	struct loop *loop;
	enum sandbox_level level;
	bool done;
};

static void probe(void *ctx)
{
	struct probe *p = ctx;

	p->level = sandbox_probe(p->loop);
	p->done = true;
}

static enum sandbox_level best_here(void)
{
	struct probe p = { .loop = loop_new(NULL) };

	task_start(p.loop, probe, &p);
	loop_run_until(p.loop, &p.done);
	while (task_count(p.loop))
		loop_turn(p.loop, false);
	loop_free(p.loop);
	return p.level;
}

/* What cannot be found out must not count as found: that there is no protection,
 * until the next boot. */
static void a_try_that_is_cancelled_is_not_kept(void **state)
{
	char *cache = tool_folder(), *kept = path_join(cache, "posedge/sandbox");
	char *before = getenv("XDG_CACHE_HOME") ? mem_strdup(getenv("XDG_CACHE_HOME")) : NULL;
	struct probe p = { .loop = loop_new(NULL), .level = SANDBOX_NONE };

	setenv("XDG_CACHE_HOME", cache, 1);
	task_cancel(task_start(p.loop, probe, &p));
	loop_run_until(p.loop, &p.done);
	while (task_count(p.loop))
		loop_turn(p.loop, false);
	loop_free(p.loop);
	assert_int_equal(p.level, SANDBOX_FULL);
	assert_int_equal(access(kept, F_OK), -1);
	assert_true(best_here() <= SANDBOX_NONE);
	assert_int_equal(access(kept, F_OK), 0);
	if (before)
		setenv("XDG_CACHE_HOME", before, 1);
	else
		unsetenv("XDG_CACHE_HOME");
	free(before);
	free(kept);
	tool_folder_remove(cache);
}

/* Runs a shell line inside; what it printed is added to out. */
static int inside(enum sandbox_level level, const struct sandbox_spec *spec, const char *line, struct str *out)
{
	const char *const argv[] = { "/bin/bash", "-c", line, NULL };
	struct strv wrapped = STRV_INIT;
	struct str err = STR_INIT;
	char *cwd = NULL;
	int status;

	sandbox_wrap(level, spec, argv, &wrapped, &cwd);
	strv_add(&wrapped, NULL);
	status = tool_run(cwd, (const char *const *)wrapped.v, out, &err);
	strv_free(&wrapped);
	str_free(&err);
	free(cwd);
	return status;
}

static const char *says(enum sandbox_level level, const struct sandbox_spec *spec, const char *line)
{
	static struct str out;

	str_clear(&out);
	inside(level, spec, line, &out);
	if (out.len && out.data[out.len - 1] == '\n')
		str_cut(&out, out.len - 1);
	return str_cstr(&out);
}

static struct sandbox_spec spec_for(const char *dir)
{
	return (struct sandbox_spec){ .dir = dir, .writable = true, .cwd = "", .memory = 1u << 30,
				      .file_size = 1u << 20, .cpu_s = 20, .processes = 64 };
}

static void isolation(enum sandbox_level level)
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

	/* Its folder, to read and to write; nothing of ours besides. */
	assert_string_equal(says(level, &spec, "cat given && echo made >made && cat made"), "text\nmade");
	line = str_fmt("cat %s/secret 2>/dev/null || echo none; echo x 2>/dev/null >%s/made || echo refused", other, other);
	assert_string_equal(says(level, &spec, line), "none\nrefused");
	free(line);
	assert_string_equal(says(level, &spec, "ls -A $HOME /root /home 2>/dev/null | grep -v : | wc -l"), "0");
	assert_string_equal(says(level, &spec, "echo [$TEST_SECRET]"), "[]");
	assert_string_equal(says(level, &spec, "touch /usr/x 2>/dev/null || echo refused"), "refused");

	/* The devices that are none. */
	assert_string_equal(says(level, &spec, "echo gone >/dev/null; head -c 2 /dev/zero | wc -c"), "2");
	assert_string_equal(says(level, &spec, "ls /dev | grep -cE 'tty|sd|kmsg|mem|fuse'"), "0");

	/* Not to be written: read all the same. */
	spec.writable = false;
	assert_string_equal(says(level, &spec, "cat given; echo x 2>/dev/null >given || echo refused"), "text\nrefused");
	spec.writable = true;

	/* No network, not even this machine's. */
	assert_int_equal(bind(fd, (struct sockaddr *)&a, len) || listen(fd, 4) || getsockname(fd, (struct sockaddr *)&a, &len), 0);
	snprintf(connect, sizeof(connect), "(exec 3<>/dev/tcp/127.0.0.1/%d) 2>/dev/null && echo in || echo out", ntohs(a.sin_port));
	assert_string_equal(says(level, &spec, connect), "out");
	assert_string_equal(says(SANDBOX_NONE, &spec, connect), "in");
	close(fd);

	unsetenv("TEST_SECRET");
	tool_folder_remove(dir);
	tool_folder_remove(other);
}

static void limits(enum sandbox_level level)
{
	char *dir = tool_folder();
	struct sandbox_spec spec = spec_for(dir);
	char *big = path_join(dir, "big");
	struct str text = STR_INIT, line = STR_INIT;

	inside(level, &spec, "head -c 3000000 /dev/zero >big", &text);
	assert_true(file_read(big, 0, &text, NULL));
	assert_in_range(text.len, 1, 1u << 20);
	str_free(&text);
	assert_string_equal(says(level, &spec, "ulimit -v"), "1048576");
	assert_string_equal(says(level, &spec, "ulimit -c"), "0");
	assert_string_equal(says(level, &spec, "ulimit -t"), "20");
	assert_string_equal(says(level, &spec, "ulimit -f"), "1024");

	/* The same, set inside. */
	spec.limits_inside = true;
	str_adds(&line, "sh -c '");
	sandbox_limits(level, &spec, &line);
	str_adds(&line, "ulimit -v; ulimit -c; ulimit -t; ulimit -f'");
	assert_string_equal(says(level, &spec, str_cstr(&line)), "1048576\n0\n20\n2048");
	str_free(&line);
	free(big);
	tool_folder_remove(dir);
}

static void each_level_keeps_what_it_says(void **state)
{
	enum sandbox_level best = best_here();

	if (best <= SANDBOX_FULL)
		isolation(SANDBOX_FULL);
	if (best <= SANDBOX_NO_PROC)
		isolation(SANDBOX_NO_PROC);
	for (enum sandbox_level l = best; l <= SANDBOX_LIMITS; l++)
		limits(l);
}

static void a_level_says_what_it_lacks(void **state)
{
	assert_string_equal(sandbox_missing(SANDBOX_FULL), "");
	for (enum sandbox_level l = SANDBOX_NO_PROC; l <= SANDBOX_NONE; l++)
		assert_string_not_equal(sandbox_missing(l), "");
}

static void paths_are_called_as_they_are_inside(void **state)
{
	struct sandbox_spec spec = { .dir = "/some/where", .read_only = "/else/where", .cwd = "" };

	assert_string_equal(sandbox_dir(SANDBOX_FULL, &spec), "/work");
	assert_string_equal(sandbox_rt(SANDBOX_FULL, &spec), "/rt");
	assert_string_equal(sandbox_dir(SANDBOX_LIMITS, &spec), "/some/where");
	assert_string_equal(sandbox_rt(SANDBOX_NONE, &spec), "/else/where");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_try_that_is_cancelled_is_not_kept),
		cmocka_unit_test(each_level_keeps_what_it_says),
		cmocka_unit_test(a_level_says_what_it_lacks),
		cmocka_unit_test(paths_are_called_as_they_are_inside),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
