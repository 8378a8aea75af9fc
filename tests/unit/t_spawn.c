/* Starting a program: how it is found, and that each exit is reported to its owner. */
#include "config.h"

#include "tests/lib/case.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session/base/spawn.h"
#include "tests/lib/tool.h"

#define ARGV(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Its output without the last LF; "ERROR" if it was not started. */
static const char *says(struct child_spec spec)
{
	static struct str out;
	struct tool_run t = { .loop = loop_new(NULL), .spec = spec, .out = &out };

	str_clear(&out);
	task_start(t.loop, tool_task, &t);
	loop_run_until(t.loop, &t.done);
	while (task_count(t.loop))
		loop_turn(t.loop, false);
	loop_free(t.loop);
	if (!t.ok)
		return "ERROR";
	if (out.len && out.data[out.len - 1] == '\n')
		str_cut(&out, out.len - 1);
	return str_cstr(&out);
}

CASE(a_name_is_looked_up_where_the_program_will_live)
{
	char *dir = tool_folder(), *path = path_join(dir, "posedge-tool");
	char *list = str_fmt("PATH=/nonexistent:%s", dir);
	const char *const with[] = { list, "A=b", NULL }, *const without[] = { "A=b", NULL };

	/* Without "#!" it is a script for sh. */
	tool_write(dir, "posedge-tool", "echo \"$A $1\"\n");
	assert_int_equal(chmod(path, 0700), 0);
	assert_string_equal(
		says((struct child_spec){ .argv = ARGV("posedge-tool", "x  y"), .env = with }),
		"b x  y");
	assert_string_equal(
		says((struct child_spec){ .argv = ARGV("posedge-tool"), .env = without }), "ERROR");
	assert_string_equal(says((struct child_spec){ .argv = ARGV("posedge-tool") }), "ERROR");
	assert_string_equal(
		says((struct child_spec){ .argv = ARGV("./posedge-tool", "z"), .cwd = dir }), " z");
	assert_string_equal(says((struct child_spec){ .argv = ARGV("pwd"), .cwd = "/no/such" }),
			    "ERROR");
	assert_string_equal(says((struct child_spec){ .argv = ARGV("pwd"), .cwd = dir }), dir);
	free(list);
	free(path);
	tool_folder_remove(dir);
}

CASE(it_has_three_descriptors_and_no_signals_of_ours)
{
	/* glibc's posix_spawn() leaves its own two signals, 32 and 33, ignored */
	static const char line[] = "grep -E '^Sig(Blk|Ign)' /proc/self/status | "
				   "grep -vc '0000000[01][08]0000000$'";
	int fd[2], kept = fcntl(2, F_DUPFD_CLOEXEC, 200);
	sigset_t some;

	assert_int_equal(kept, 200);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGUSR2, SIG_IGN);
	sigemptyset(&some);
	sigaddset(&some, SIGUSR1);
	sigprocmask(SIG_BLOCK, &some, NULL);
	assert_string_equal(says((struct child_spec){ .argv = ARGV("sh", "-c", line) }), "0");
	assert_string_equal(
		says((struct child_spec){ .argv = ARGV("sh", "-c",
						       "for n in 0 1 2 200; do [ -e /proc/$$/fd/$n "
						       "] && echo $n; done; :") }),
		"0\n1\n2");
	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	assert_int_equal(write(fd[1], "given", 5), 5);
	close(fd[1]);
	assert_string_equal(says((struct child_spec){ .argv = ARGV("sh", "-c", "cat <&3; cat"),
						      .pass_fd = fd[0] }),
			    "given");
	close(fd[0]);
	close(kept);
	sigprocmask(SIG_UNBLOCK, &some, NULL);
	assert_string_equal(
		says((struct child_spec){
			.argv = ARGV("sh", "-c",
				     "read -r a b c d group session x </proc/$$/stat; "
				     "[ $$ = $group ] && [ $$ = $session ] && echo own") }),
		"own");
}

/* Descriptors that have to change places. */
CASE(descriptors_may_be_passed_crosswise)
{
	int a[2], b[2], status = -1;
	char text[8] = "";
	struct spawn s = { .argv = ARGV("sh", "-c", "read x; echo $x >&2; exit 5") };
	pid_t pid;

	assert_int_equal(pipe2(a, O_CLOEXEC), 0);
	assert_int_equal(pipe2(b, O_CLOEXEC), 0);
	assert_int_equal(write(a[1], "in\n", 3), 3);
	/* its stdin is our 3, its 3 and stderr another */
	assert_true(a[0] == 3 || dup3(a[0], 3, O_CLOEXEC) == 3);
	s.fds[0] = 3;
	s.fds[1] = -1;
	s.fds[2] = b[1];
	s.fds[3] = b[1];
	assert_int_equal(spawn(&s, &pid), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(WEXITSTATUS(status), 5);
	assert_int_equal(read(b[0], text, sizeof(text) - 1), 3);
	assert_string_equal(text, "in\n");
	assert_int_equal(fcntl(3, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
}

#define MANY 60

struct one {
	int number;
	size_t *left;
	bool *done;
};

static void on_done(void *ctx, const struct child_result *r)
{
	struct one *o = ctx;

	assert_int_equal(r->status, o->number % 50 == 49 ? -1 : o->number);
	assert_int_equal(r->signal, o->number % 50 == 49 ? 15 : 0);
	*o->done = --*o->left == 0;
}

/* One signal may stand for several exits. */
CASE(each_end_is_told_once_and_to_its_own)
{
	struct loop *l = loop_new(NULL);
	struct one all[MANY];
	size_t left = MANY;
	bool done = false;

	for (int i = 0; i < MANY; i++) {
		char line[64];
		struct child_spec spec = { .argv = ARGV("sh", "-c", line) };
		struct child_events ev = { NULL, on_done, &all[i] };

		snprintf(line, sizeof(line), i % 50 == 49 ? "kill -TERM $$" : "exit %d", i);
		all[i] = (struct one){ i, &left, &done };
		assert_non_null(child_start(l, &spec, &ev, NULL));
	}
	loop_run_until(l, &done);
	loop_free(l);
	assert_int_equal(left, 0);
}
