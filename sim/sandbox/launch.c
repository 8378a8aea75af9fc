/* The first program in a sandbox. It does what setpriv, prlimit and sh would, which
 * take 1 to 2 ms each before their first line runs: for the dynamic linker, and in a
 * virtual machine 0.65 ms for cpuid, which glibc asks even in a static program. So this
 * is a program of its own, linked with musl, which starts in 0.1 ms; it is compiled into
 * posedge as bytes (launcher.c).
 *
 * It reads nothing but its arguments and a job that posedge sends. What cannot be done
 * ends it: nothing is ever run with fewer limits than asked for.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/sandbox/launch.h"

__attribute__((noreturn)) static void fail(const char *what, const char *of)
{
	dprintf(2, "launch: %s%s\n", what, of);
	_exit(1);
}

/* For calls that return -1 when they fail. */
static int need(long result, const char *what)
{
	if (result < 0)
		fail(what, "");
	return (int)result;
}

static uint64_t number(const char *s)
{
	char *end;
	uint64_t n;

	errno = 0;
	n = strtoull(s, &end, 10);
	if (*s < '0' || *s > '9' || *end || errno)
		fail("no number: ", s);
	return n;
}

/* Rights and limits ----------------------------------------------------------------- */

/* Root's files stay accessible: those visible inside are ours or read-only. */
static const unsigned kept[] = { CAP_DAC_OVERRIDE, CAP_FOWNER };

static bool keeps(unsigned cap)
{
	return cap == kept[0] || cap == kept[1];
}

static void become(const char *id)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { 0 };
	unsigned user = (unsigned)number(id);

	/* Without it access(2) checks for a user without capabilities, and make tests a
	 * program with that before starting it. */
	need(prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0), "secure bits");
	for (unsigned cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		if (!keeps(cap))
			need(prctl(PR_CAPBSET_DROP, cap, 0, 0, 0), "the bounding set");
	need(setgroups(0, NULL), "the groups");
	need(setresgid(user, user, user), "the group");
	need(setresuid(user, user, user), "the user");
	for (size_t i = 0; i < 2; i++)
		data[kept[i] / 32].permitted |= 1u << kept[i] % 32;
	for (size_t i = 0; i < 2; i++)
		data[i].effective = data[i].inheritable = data[i].permitted;
	need(syscall(SYS_capset, &head, data), "the capabilities");
	need(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0), "ambient rights");
	for (size_t i = 0; i < 2; i++)
		need(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept[i], 0, 0), "ambient rights");
}

static int limit(uint64_t resource, uint64_t soft, uint64_t hard)
{
	const struct rlimit both = { soft, hard };

	return setrlimit((int)resource, &both);
}

/* Its own end ----------------------------------------------------------------------- */

/* posedge holds the other ends of both as long as it lives. If it dies while bubblewrap sets
 * the sandbox up, the first process inside is not yet bound to its parent
 * (--die-with-parent): then nothing else ends what is started here. */
static bool abandoned(void)
{
	struct pollfd fds[2] = { { 1, 0, 0 }, { 2, 0, 0 } };

	return poll(fds, 2, 0) > 0 && (fds[0].revents | fds[1].revents) & (POLLHUP | POLLERR);
}

/* In a child: a simulator that waits for its program would wait for ever. */
static void end_with(pid_t parent)
{
	need(prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0), "the end of the parent");
	if (getppid() != parent)
		_exit(1); /* it came before that */
}

/* Programs -------------------------------------------------------------------------- */

/* A script without its own interpreter is sh's, which musl's execvp() does not do. */
static void try_program(const char *path, char **argv)
{
	static char *sh[LAUNCH_WORDS_MAX + 2];

	execv(path, argv);
	if (errno != ENOEXEC)
		return;
	sh[0] = (char *)"sh";
	sh[1] = (char *)path;
	for (size_t i = 1; argv[i] && i < LAUNCH_WORDS_MAX; i++)
		sh[i + 1] = argv[i];
	execv("/bin/sh", sh);
}

__attribute__((noreturn)) static void run(char **argv)
{
	static char full[PATH_MAX];
	const char *name = argv[0] ? argv[0] : "", *path = getenv("PATH");
	int why = ENOENT;

	if (abandoned())
		_exit(1);
	if (strchr(name, '/')) {
		try_program(name, argv);
		why = errno;
		path = NULL;
	} else if (!path) {
		path = "/usr/local/bin:/usr/bin:/bin";
	}
	while (path && name[0]) {
		int n = (int)strcspn(path, ":");

		if (snprintf(full, sizeof(full), "%.*s%s%s", n, path, n ? "/" : "", name) <
		    (int)sizeof(full)) {
			try_program(full, argv);
			why = errno == ENOENT ? why : errno;
		}
		path = path[n] ? path + n + 1 : NULL;
	}
	dprintf(2, "launch: %s: %s\n", name, why == ENOENT ? "not found" : "cannot be started");
	_exit(why == ENOENT ? 127 : 126);
}

/* A job ----------------------------------------------------------------------------- */

static char text[LAUNCH_JOB_MAX];
static char *words[LAUNCH_WORDS_MAX];
static size_t used; /* of words */

struct reader {
	char *at, *end;
};

static void fill(char *to, size_t n)
{
	while (n) {
		ssize_t got = read(0, to, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			_exit(1); /* posedge needs it no more */
		to += got;
		n -= (size_t)got;
	}
}

static char *word(struct reader *r)
{
	char *w = r->at, *end = memchr(w, '\0', (size_t)(r->end - w));

	if (!end)
		fail("the job is cut short", "");
	r->at = end + 1;
	return w;
}

static char **list(struct reader *r)
{
	uint64_t n = number(word(r));
	char **first = words + used;

	if (n == 0 || n >= LAUNCH_WORDS_MAX - used)
		fail("the job has too many words", "");
	for (; n; n--)
		words[used++] = word(r);
	words[used++] = NULL;
	return first;
}

static void read_job(struct reader *r)
{
	char digits[LAUNCH_DIGITS + 1] = "";
	size_t n;

	fill(digits, LAUNCH_DIGITS);
	if (strspn(digits, "0123456789abcdef") != LAUNCH_DIGITS)
		fail("no length", "");
	n = strtoul(digits, NULL, 16);
	if (n > sizeof(text))
		fail("the job is too long", "");
	fill(text, n);
	*r = (struct reader){ text, text + n };
}

/* A build and a run ----------------------------------------------------------------- */

struct pipe_job {
	const char *mark, *product, *held, *start;
	bool yields;
	uint64_t file_size;
	char **from, **to, **run;
};

/* A child, which ends with us. 0: this is it. */
static pid_t fork_child(void)
{
	pid_t us = getpid(), pid = need(fork(), "a process");

	if (pid == 0)
		end_with(us);
	return pid;
}

/* In a child: its three descriptors; all others of ours close by themselves. */
static void descriptors(int in, int out)
{
	sigset_t none;

	if (in != 0)
		need(dup2(in, 0), "a descriptor");
	if (out != 1)
		need(dup2(out, 1), "a descriptor");
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t start(char **argv, int in, int out)
{
	pid_t pid = fork_child();

	if (pid != 0)
		return pid;
	descriptors(in, out);
	run(argv);
}

/* A simulation whose file exceeds the limit continues without it, instead of being
 * killed with its buffered output. */
static pid_t start_run(const struct pipe_job *j, int null)
{
	pid_t pid = fork_child();

	if (pid != 0)
		return pid;
	descriptors(null, 1);
	signal(SIGXFSZ, SIG_IGN);
	if (j->file_size) /* fails only if a lower limit is set already */
		limit(RLIMIT_FSIZE, j->file_size, j->file_size);
	need(chdir(j->start), "the folder of the run");
	run(j->run);
}

/* In one piece: the tools write there, too. */
static void tell(const struct pipe_job *j, const char *what, int n)
{
	char line[128];
	int len = n < 0 ? snprintf(line, sizeof(line), "%s %s\n", j->mark, what)
			: snprintf(line, sizeof(line), "%s %s %d\n", j->mark, what, n);

	if (len > 0 && len < (int)sizeof(line) && write(2, line, (size_t)len) < 0)
		_exit(1); /* nobody listens */
}

static int status_of(int status)
{
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int ended(pid_t pid)
{
	int status = 0;
	pid_t got;

	do
		got = waitpid(pid, &status, 0);
	while (got < 0 && errno == EINTR);
	return got < 0 ? 127 : status_of(status);
}

/* Passes on what is there; to may be non-blocking. False: there is more. */
static bool pass(int from, int to)
{
	ssize_t n;

	do
		n = sendfile(to, from, NULL, 1 << 20);
	while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0;
}

/* Passes on what is left of the product, in a process of its own: the simulator may open
 * its program late, or never. */
static void feed_later(const struct pipe_job *j, int from, int to)
{
	if (fork_child() != 0)
		return;
	if (to < 0)
		to = open(j->held, O_WRONLY | O_CLOEXEC);
	else
		fcntl(to, F_SETFL, 0);
	unlink(j->held);
	for (int fd = 0; fd <= 2; fd++)
		close(fd);
	pass(from, to);
	_exit(0);
}

/* A simulator that waits already gets a small program at once. */
static void feed(const struct pipe_job *j)
{
	int from = need(open(j->product, O_RDONLY | O_CLOEXEC), "the product");
	int to = open(j->held, O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (to >= 0 && pass(from, to))
		unlink(j->held);
	else
		feed_later(j, from, to);
	close(from);
	if (to >= 0)
		close(to);
}

/* Waits for the run; a line on stdin asks it to end. No events of stderr are asked for: its
 * hang-up comes anyway. */
static int attend(pid_t pid, int signals)
{
	struct pollfd fds[3] = { { 0, POLLIN, 0 }, { signals, POLLIN, 0 }, { 2, 0, 0 } };
	char got[256];
	int status;
	pid_t who;

	for (;;) {
		if (poll(fds, 3, -1) < 0)
			continue;
		if (fds[2].revents & (POLLHUP | POLLERR))
			_exit(1);
		if (fds[2].revents)
			fds[2].fd = -1; /* it was closed at the start */
		if (fds[0].revents) {
			ssize_t n = read(0, got, sizeof(got));

			if (n > 0)
				kill(pid, SIGTERM);
			else if (n == 0 || errno != EINTR)
				fds[0].fd = -1;
		}
		if (fds[1].revents && read(signals, got, sizeof(got)) > 0)
			while ((who = waitpid(-1, &status, WNOHANG)) > 0)
				if (who == pid)
					return status_of(status);
	}
}

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Another session yields to the user's own, see SANDBOX_YIELD. */
static void yield(void)
{
	int fd = open("/proc/self/autogroup", O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (write(fd, "10", 2) < 0) {
		/* then they share the processor */
	}
	close(fd);
}

struct started {
	pid_t from, to, run;
};

/* The simulator last: the others are waited for. */
static struct started start_all(const struct pipe_job *j, int null)
{
	struct started s;
	int between[2];

	need(pipe2(between, O_CLOEXEC), "a pipe");
	s.from = start(j->from, null, between[1]);
	s.to = start(j->to, between[0], 2);
	close(between[0]);
	close(between[1]);
	s.run = start_run(j, null);
	return s;
}

static int built(const struct pipe_job *j, const struct started *s)
{
	int status;

	ended(s->from);
	status = ended(s->to);
	return status == 0 && !is_file(j->product) ? 1 : status;
}

__attribute__((noreturn)) static void build_and_run(const struct pipe_job *j)
{
	struct started s;
	sigset_t child;
	int null, signals, status;

	if (j->yields)
		yield();
	null = need(open("/dev/null", O_RDWR | O_CLOEXEC), "/dev/null");
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigaddset(&child, SIGPIPE); /* of a run that ends while it is fed */
	need(sigprocmask(SIG_BLOCK, &child, NULL), "a signal");
	signals = need(signalfd(-1, &child, SFD_CLOEXEC), "a signal");
	need(access(j->start, X_OK), "the folder of the run");
	need(mkfifo(j->held, 0600), "a fifo");
	tell(j, "step", 0);
	s = start_all(j, null);
	status = built(j, &s);
	if (status != 0) {
		kill(s.run, SIGKILL);
		ended(s.run);
		tell(j, "end", status);
		_exit(1);
	}
	tell(j, "run", -1);
	feed(j);
	_exit(attend(s.run, signals));
}

__attribute__((noreturn)) static void do_job(void)
{
	struct reader r;
	struct pipe_job j = { 0 };
	const char *kind;

	read_job(&r);
	kind = word(&r);
	if (strcmp(kind, "exec") == 0)
		run(list(&r));
	if (strcmp(kind, "pipe") != 0)
		fail("what kind of job is ", kind);
	j.mark = word(&r);
	j.yields = number(word(&r)) != 0;
	j.product = word(&r);
	j.held = word(&r);
	j.start = word(&r);
	j.file_size = number(word(&r));
	j.from = list(&r);
	j.to = list(&r);
	j.run = list(&r);
	build_and_run(&j);
}

/* Its arguments --------------------------------------------------------------------- */

int main(int argc, char **argv)
{
	char **a = argv + (argc > 0);
	const char *user = NULL;

	for (;; a++) {
		if (!*a)
			fail("nothing to start", "");
		if (strcmp(*a, "--") == 0 || strcmp(*a, "-j") == 0)
			break;
		if (strcmp(*a, "-u") == 0 && a[1]) {
			user = *++a;
		} else if (strcmp(*a, "-l") == 0 && a[1] && a[2] && a[3]) {
			if (limit(number(a[1]), number(a[2]), number(a[3])) < 0)
				fail("cannot set the limit ", a[1]);
			a += 3;
		} else {
			fail("what is ", *a);
		}
	}
	if (user)
		become(user);
	if (strcmp(*a, "-j") == 0)
		do_job();
	run(a + 1);
}
