/* The total resources of a run, compared with find, du and small programs of known size. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/sandbox/totals.h"
#include "tests/lib/tool.h"

static const struct totals no_limit = { .memory = UINT64_MAX, .files = UINT64_MAX };

static long number_of(const char *dir, const char *line)
{
	const char *const argv[] = { "sh", "-c", line, NULL };
	struct str out = STR_INIT;
	long n;

	assert_int_equal(tool_run(dir, argv, &out, NULL), 0);
	n = atol(str_cstr(&out));
	str_free(&out);
	return n;
}

static void same_as_find_and_du(const char *dir)
{
	struct totals t;

	totals_measure(dir, 0, &no_limit, &t);
	assert_int_equal(t.files, number_of(dir, "find . -mindepth 1 | wc -l"));
	assert_int_equal(t.disk, number_of(dir, "find . -mindepth 1 -printf '%b\\n' | awk '{ s += "
						"$1 } END { print s + 0 }'") *
					 512);
}

CASE(a_folder_is_measured_as_find_and_du_do)
{
	char *dir = tool_folder();

	number_of(dir, "mkdir -p a/b/c 'with blank' && head -c 300000 /dev/zero >a/b/c/x && : "
		       ">'with blank/y' && mkfifo p && ln -s / root && ln -s . self");
	same_as_find_and_du(dir);
	/* Deeper than any path can be named. */
	number_of(dir, "perl -e 'for (1 .. 3000) { mkdir \"dddddddddd\"; chdir \"dddddddddd\" } "
		       "open F, \">x\"'");
	same_as_find_and_du(dir);
	tool_folder_remove(dir);
}

CASE(a_file_with_two_names_counts_once)
{
	char *dir = tool_folder();
	struct totals one, two;

	number_of(dir, "head -c 400000 /dev/zero >x");
	totals_measure(dir, 0, &no_limit, &one);
	number_of(dir, "ln x y");
	totals_measure(dir, 0, &no_limit, &two);
	assert_int_equal(two.disk, one.disk);
	assert_int_equal(two.files, one.files + 1);
	tool_folder_remove(dir);
}

CASE(no_more_is_looked_at_than_is_asked_for)
{
	char *dir = tool_folder();
	struct totals most = { .memory = UINT64_MAX, .files = 20 }, t;

	number_of(dir, "perl -e 'for (1 .. 200) { open F, \">$_\" }'");
	totals_measure(dir, 0, &most, &t);
	assert_int_equal(t.files, 21);
	tool_folder_remove(dir);
}

CASE(a_folder_without_rights_hides_nothing)
{
	char *dir = tool_folder();
	struct totals t;

	number_of(dir, "mkdir a && : >a/x && ln -s /usr b && chmod 000 a");
	totals_measure(dir, 0, &no_limit, &t);
	assert_int_equal(t.files, 3);
	tool_folder_remove(dir);
}

/* A program that says when it is ready, and ends when its stdin does. */
struct program {
	pid_t pid;
	int in, out;
};

static struct program start(const char *dir, const char *script)
{
	int to[2], from[2];
	struct program p;
	char c;

	assert_int_equal(pipe2(to, O_CLOEXEC), 0);
	assert_int_equal(pipe2(from, O_CLOEXEC), 0);
	p.pid = fork();
	if (p.pid == 0) {
		dup2(to[0], 0);
		dup2(from[1], 1);
		if (chdir(dir) == 0)
			execlp("perl", "perl", "-e", script, (char *)NULL);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	p.in = to[1];
	p.out = from[0];
	assert_int_equal(read(p.out, &c, 1), 1);
	return p;
}

static void end(struct program *p)
{
	char c;

	close(p->in);
	while (read(p->out, &c, 1) > 0)
		;
	close(p->out);
	waitpid(p->pid, NULL, 0);
}

CASE(all_processes_below_one_count_together)
{
	char *dir = tool_folder();
	struct program p = start(
		dir, "for (1 .. 5) { if (!fork) { if (!fork) { <STDIN>; exit } <STDIN>; exit } }"
		     "select undef, undef, undef, 0.1; syswrite STDOUT, 'r'; <STDIN>");
	struct totals t;

	totals_measure(dir, p.pid, &no_limit, &t);
	assert_int_equal(t.processes, 10);
	totals_glance(dir, p.pid, &no_limit, &t);
	assert_int_equal(t.processes, 10);
	end(&p);
	tool_folder_remove(dir);
}

/* More than a list of children holds at once, and more than are followed by lists. */
CASE(many_are_all_found)
{
	static const unsigned many[] = { 700, 1100 };
	char *dir = tool_folder();

	for (size_t i = 0; i < 2; i++) {
		char *script = str_fmt("for (1 .. %u) { if (!fork) { <STDIN>; exit } }"
				       "syswrite STDOUT, 'r'; <STDIN>",
				       many[i]);
		struct program p = start(dir, script);
		struct totals t;

		totals_glance(dir, p.pid, &no_limit, &t);
		assert_int_equal(t.processes, many[i]);
		end(&p);
		free(script);
	}
	tool_folder_remove(dir);
}

static void *fork_one(void *ctx)
{
	const int *fds = ctx;
	char c = 'r';

	if (fork() == 0) {
		if (write(fds[1], &c, 1) == 1)
			(void)!read(fds[0], &c, 1);
		_exit(0);
	}
	pause();
	return NULL;
}

CASE(what_a_thread_started_is_found)
{
	char *dir = tool_folder(), c;
	struct totals whole, listed;
	int to[2], from[2];
	pid_t pid;

	assert_int_equal(pipe2(to, O_CLOEXEC) | pipe2(from, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		int fds[2] = { to[0], from[1] };
		pthread_t thread;

		setpgid(0, 0);
		/* One between, whose own threads are looked at. */
		if (fork() == 0) {
			pthread_create(&thread, NULL, fork_one, fds);
			pause();
		}
		pause();
	}
	close(from[1]);
	assert_int_equal(read(from[0], &c, 1), 1);
	totals_measure(dir, pid, &no_limit, &whole);
	totals_glance(dir, pid, &no_limit, &listed);
	kill(-pid, SIGKILL);
	waitpid(pid, NULL, 0);
	assert_int_equal(whole.processes, 3);
	assert_int_equal(listed.processes, 3);
	close(to[0]);
	close(to[1]);
	close(from[0]);
	tool_folder_remove(dir);
}

static const char holds[] = "$n = %u; for (1 .. $n) { pipe R, W; if (!fork) { $x = 'a' x "
			    "20_000_000; syswrite W, 'r'; <STDIN>; exit }"
			    "sysread R, $r, 1 } syswrite STDOUT, 'r'; <STDIN>";
static const char shares[] = "$x = 'a' x 40_000_000; for (1 .. 4) { pipe R, W; if (!fork) { "
			     "syswrite W, 'r'; <STDIN>; exit }"
			     "sysread R, $r, 1 } syswrite STDOUT, 'r'; <STDIN>";

CASE(memory_is_that_of_all_and_shared_pages_count_once)
{
	struct totals exactly = { .memory = 30u << 20, .files = UINT64_MAX }, t;
	char *dir = tool_folder(), *script = str_fmt(holds, 4u);
	struct program p = start(dir, script);

	totals_measure(dir, p.pid, &no_limit, &t);
	assert_in_range(t.memory, 80000000, 200000000);
	end(&p);
	free(script);

	/* Each maps the same 40 MB; the first one is not counted. */
	p = start(dir, shares);
	totals_measure(dir, p.pid, &no_limit, &t);
	assert_in_range(t.memory, 160000000, 400000000);
	totals_measure(dir, p.pid, &exactly, &t);
	assert_in_range(t.memory, 20000000, 120000000);
	end(&p);
	tool_folder_remove(dir);
}

CASE(a_removed_file_counts_while_it_is_open)
{
	char *dir = tool_folder();
	struct program p = start(
		dir,
		"pipe R, W; if (!fork) { open F, '>', 'x'; unlink 'x'; syswrite F, 'a' x 3_000_000;"
		"open G, '>&', F; if (!fork) { syswrite W, 'r'; <STDIN>; exit } <STDIN>; exit }"
		"sysread R, $r, 1; syswrite STDOUT, 'r'; <STDIN>");
	struct totals t;

	totals_measure(dir, p.pid, &no_limit, &t);
	assert_in_range(t.disk, 3000000, 3100000);
	assert_int_equal(t.files, 1);
	end(&p);
	totals_measure(dir, 0, &no_limit, &t);
	assert_int_equal(t.disk, 0);
	tool_folder_remove(dir);
}

CASE(the_name_of_a_program_is_only_a_name)
{
	char *dir = tool_folder();
	struct program p = start(
		dir, "pipe R, W; if (!fork) { $0 = 'a) S 1 1'; syswrite W, 'r'; <STDIN>; exit }"
		     "sysread R, $r, 1; syswrite STDOUT, 'r'; <STDIN>");
	struct totals t;

	totals_measure(dir, p.pid, &no_limit, &t);
	assert_int_equal(t.processes, 1);
	end(&p);
	tool_folder_remove(dir);
}

CASE(what_the_machine_has_left_is_known)
{
	char *dir = tool_folder();
	struct totals t;

	totals_measure(dir, 0, &no_limit, &t);
	assert_in_range(t.memory_left, 1u << 20, (uint64_t)1 << 60);
	assert_in_range(t.disk_left, 1u << 20, (uint64_t)1 << 60);
	tool_folder_remove(dir);
}
