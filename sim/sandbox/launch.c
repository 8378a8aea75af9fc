/* The first program in a sandbox. It does what setpriv, prlimit and sh would, which
 * take 1 to 2 ms each before their first line runs, half of it in the C library's
 * start. So this is linked without one, starts in 0.1 ms, and is not part of posedge but
 * compiled into it as bytes (launcher.c).
 *
 * Everything is a plain system call. It has no memory to allocate, and reads nothing but
 * its arguments and a job that posedge sends. What cannot be done ends it: nothing is
 * ever run with fewer limits than asked for.
 */
#include <asm/unistd.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/prctl.h>
#include <linux/securebits.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "sim/sandbox/launch.h"

/* The kernel ------------------------------------------------------------------------ */

#if defined(__x86_64__) && !defined(__ILP32__)
__asm__(".globl _start\n_start:\n\txor %ebp, %ebp\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n"
	"\tcall launch_main\n\thlt\n");

static long call(long n, long a, long b, long c, long d, long e)
{
	register long r10 __asm__("r10") = d, r8 __asm__("r8") = e;
	long r;

	__asm__ volatile("syscall"
			 : "=a"(r)
			 : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
			 : "rcx", "r11", "memory");
	return r;
}
#elif defined(__aarch64__) && !defined(__ILP32__)
__asm__(".globl _start\n_start:\n\tmov x29, #0\n\tmov x0, sp\n\tbl launch_main\n");

static long call(long n, long a, long b, long c, long d, long e)
{
	register long x8 __asm__("x8") = n, x0 __asm__("x0") = a, x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c, x3 __asm__("x3") = d, x4 __asm__("x4") = e;

	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
			 : "memory");
	return x0;
}
#else
#error "no system calls are known for this kind of processor"
#endif

#define CALL(n, a, b, c, d) call((n), (long)(a), (long)(b), (long)(c), (long)(d), 0)

/* The compiler may call these, whatever it is told. */
void *memset(void *to, int byte, size_t n);
void *memcpy(void *restrict to, const void *restrict from, size_t n);

void *memset(void *to, int byte, size_t n)
{
	for (volatile char *p = to; n; n--)
		*p++ = (char)byte;
	return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	volatile char *p = to;

	for (const char *q = from; n; n--)
		*p++ = *q++;
	return to;
}

static size_t length(const char *s)
{
	size_t n = 0;

	while (s[n])
		n++;
	return n;
}

static bool same(const char *a, const char *b)
{
	for (; *a && *a == *b; a++)
		b++;
	return *a == *b;
}

__attribute__((noreturn)) static void leave(long status)
{
	for (;;)
		CALL(__NR_exit_group, status, 0, 0, 0);
}

static void say(const char *text)
{
	CALL(__NR_write, 2, text, length(text), 0);
}

__attribute__((noreturn)) static void fail(const char *what, const char *of)
{
	say("launch: ");
	say(what);
	say(of);
	say("\n");
	leave(1);
}

static uint64_t number(const char *s)
{
	uint64_t n = 0;

	if (!*s || length(s) > 20)
		fail("no number: ", s);
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			fail("no number: ", s);
		n = n * 10 + (uint64_t)(*s - '0');
	}
	return n;
}

static char *decimal(long n, char text[24])
{
	char *p = text + 23;

	*p = '\0';
	do {
		*--p = (char)('0' + n % 10);
		n /= 10;
	} while (n);
	return p;
}

/* Rights and limits ----------------------------------------------------------------- */

/* Root's files stay accessible: those visible inside are ours or read-only. */
static const unsigned kept[] = { CAP_DAC_OVERRIDE, CAP_FOWNER };

static bool keeps(unsigned cap)
{
	return cap == kept[0] || cap == kept[1];
}

static void ask(long result, const char *what)
{
	if (result < 0)
		fail(what, "");
}

static void become(const char *id)
{
	struct __user_cap_header_struct head = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct data[2] = { 0 };
	long user = (long)number(id);

	/* Without it access(2) checks for a user without capabilities, and make tests a
	 * program with that before starting it. */
	ask(CALL(__NR_prctl, PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0), "secure bits");
	for (unsigned cap = 0; CALL(__NR_prctl, PR_CAPBSET_READ, cap, 0, 0) >= 0; cap++)
		if (!keeps(cap))
			ask(CALL(__NR_prctl, PR_CAPBSET_DROP, cap, 0, 0), "the bounding set");
	ask(CALL(__NR_setgroups, 0, NULL, 0, 0), "the groups");
	ask(CALL(__NR_setresgid, user, user, user, 0), "the group");
	ask(CALL(__NR_setresuid, user, user, user, 0), "the user");
	for (size_t i = 0; i < 2; i++)
		data[kept[i] / 32].permitted |= 1u << kept[i] % 32;
	for (size_t i = 0; i < 2; i++)
		data[i].effective = data[i].inheritable = data[i].permitted;
	ask(CALL(__NR_capset, &head, data, 0, 0), "the capabilities");
	ask(CALL(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0), "ambient rights");
	for (size_t i = 0; i < 2; i++)
		ask(CALL(__NR_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, kept[i], 0),
		    "ambient rights");
}

static long limit(uint64_t resource, uint64_t soft, uint64_t hard)
{
	const uint64_t both[2] = { soft, hard };

	return CALL(__NR_prlimit64, 0, resource, both, NULL);
}

/* Programs -------------------------------------------------------------------------- */

static char **environment;

static const char *path_variable(void)
{
	for (char **e = environment; *e; e++)
		if ((*e)[0] == 'P' && (*e)[1] == 'A' && (*e)[2] == 'T' && (*e)[3] == 'H' &&
		    (*e)[4] == '=')
			return *e + 5;
	return "/usr/local/bin:/usr/bin:/bin";
}

/* A script without its own interpreter is sh's, as for execvp(). */
static long try_program(const char *path, char **argv)
{
	static char *sh[LAUNCH_WORDS_MAX + 2];
	long got = CALL(__NR_execve, path, argv, environment, 0);

	if (got != -ENOEXEC)
		return got;
	sh[0] = (char *)"sh";
	sh[1] = (char *)path;
	for (size_t i = 1; argv[0] && argv[i] && i < LAUNCH_WORDS_MAX; i++)
		sh[i + 1] = argv[i];
	return CALL(__NR_execve, "/bin/sh", sh, environment, 0);
}

__attribute__((noreturn)) static void run(char **argv)
{
	static char full[4096];
	const char *path = path_variable(), *name = argv[0] ? argv[0] : "";
	size_t len = length(name);
	long got = -ENOENT;
	bool slash = false;

	for (const char *p = name; *p; p++)
		slash = slash || *p == '/';
	if (slash)
		got = try_program(name, argv);
	while (!slash && len) {
		size_t n = 0;

		while (path[n] && path[n] != ':')
			n++;
		if (n + len + 2 <= sizeof(full)) {
			long now;

			memcpy(full, path, n);
			full[n] = '/';
			memcpy(full + n + (n > 0), name, len + 1);
			now = try_program(full, argv);
			got = now == -ENOENT ? got : now;
		}
		if (!path[n])
			break;
		path += n + 1;
	}
	say("launch: ");
	say(name);
	say(got == -ENOENT ? ": not found\n" : ": cannot be started\n");
	leave(got == -ENOENT ? 127 : 126);
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
		long got = CALL(__NR_read, 0, to, n, 0);

		if (got == -EINTR)
			continue;
		if (got <= 0)
			leave(1); /* posedge needs it no more */
		to += got;
		n -= (size_t)got;
	}
}

static char *word(struct reader *r)
{
	char *w = r->at;

	while (r->at < r->end && *r->at)
		r->at++;
	if (r->at == r->end)
		fail("the job is cut short", "");
	r->at++;
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
	char digits[8];
	size_t n = 0;

	fill(digits, sizeof(digits));
	for (size_t i = 0; i < sizeof(digits); i++) {
		char c = digits[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			fail("no length", "");
		n = n * 16 + (size_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
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

#define SIGNAL(n) (1ull << ((n)-1))

static long fork_here(void)
{
	return call(__NR_clone, SIGCHLD, 0, 0, 0, 0);
}

/* In a child: its three descriptors; all others of ours close by themselves. */
static void descriptors(int in, int out)
{
	uint64_t none = 0;

	if (in != 0)
		ask(CALL(__NR_dup3, in, 0, 0, 0), "a descriptor");
	if (out != 1)
		ask(CALL(__NR_dup3, out, 1, 0, 0), "a descriptor");
	CALL(__NR_rt_sigprocmask, SIG_SETMASK, &none, NULL, 8);
}

static long start(char **argv, int in, int out)
{
	long pid = fork_here();

	if (pid != 0)
		return pid;
	descriptors(in, out);
	run(argv);
}

/* A simulation whose file exceeds the limit continues without it, instead of being
 * killed with its buffered output. */
static long start_run(const struct pipe_job *j, int null)
{
	/* as the kernel has it: handler, flags, restorer, mask */
	const uint64_t ignored[4] = { (uint64_t)(uintptr_t)SIG_IGN };
	long pid = fork_here();

	if (pid != 0)
		return pid;
	descriptors(null, 1);
	ask(CALL(__NR_rt_sigaction, SIGXFSZ, ignored, NULL, 8), "a signal");
	if (j->file_size) /* fails only if a lower limit is set already */
		limit(RLIMIT_FSIZE, j->file_size, j->file_size);
	ask(CALL(__NR_chdir, j->start, 0, 0, 0), "the folder of the run");
	run(j->run);
}

static void tell(const struct pipe_job *j, const char *what, const char *n)
{
	static char line[128];
	const char *const parts[] = { j->mark, what, n, "\n" };
	size_t len = 0;

	for (size_t i = 0; i < 4; i++)
		for (const char *p = parts[i]; *p && len < sizeof(line) - 1; p++)
			line[len++] = *p;
	line[len] = '\0';
	say(line);
}

static long ended(long pid)
{
	int status = 0;
	long got;

	do
		got = CALL(__NR_wait4, pid, &status, 0, NULL);
	while (got == -EINTR);
	if (got < 0)
		return 127;
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/* Passes on what is left of the product, in a process of its own: the simulator may open
 * its program late, or never. */
static void feed_later(const struct pipe_job *j, long from, long to)
{
	long n, pid = fork_here();

	ask(pid, "a process");
	if (pid != 0)
		return;
	if (to < 0)
		to = CALL(__NR_openat, AT_FDCWD, j->held, O_WRONLY | O_CLOEXEC, 0);
	else
		CALL(__NR_fcntl, to, F_SETFL, 0, 0);
	CALL(__NR_unlinkat, AT_FDCWD, j->held, 0, 0);
	for (int fd = 0; fd <= 2; fd++)
		CALL(__NR_close, fd, 0, 0, 0);
	do
		n = CALL(__NR_sendfile, to, from, NULL, 1 << 20);
	while (n > 0 || n == -EINTR);
	leave(0);
}

/* A simulator that waits already gets a small program at once. */
static void feed(const struct pipe_job *j)
{
	long from = CALL(__NR_openat, AT_FDCWD, j->product, O_RDONLY | O_CLOEXEC, 0);
	long to = CALL(__NR_openat, AT_FDCWD, j->held, O_WRONLY | O_NONBLOCK | O_CLOEXEC, 0);
	long n = to;

	ask(from, "the product");
	while (n > 0 || n == -EINTR)
		n = CALL(__NR_sendfile, to, from, NULL, 1 << 20);
	if (n == 0)
		CALL(__NR_unlinkat, AT_FDCWD, j->held, 0, 0);
	else
		feed_later(j, from, to);
	CALL(__NR_close, from, 0, 0, 0);
	CALL(__NR_close, to, 0, 0, 0);
}

/* Waits for the run; a line on stdin asks it to end. */
static long attend(long pid, int signals)
{
	struct pollfd fds[2] = { { 0, POLLIN, 0 }, { signals, POLLIN, 0 } };
	char got[256];
	int status;

	for (;;) {
		CALL(__NR_ppoll, fds, 2, NULL, NULL);
		if (fds[0].revents) {
			long n = CALL(__NR_read, 0, got, sizeof(got), 0);

			if (n > 0)
				CALL(__NR_kill, pid, SIGTERM, 0, 0);
			else if (n != -EINTR)
				fds[0].fd = -1;
		}
		if (fds[1].revents) {
			long who;

			CALL(__NR_read, signals, got, sizeof(got), 0);
			while ((who = CALL(__NR_wait4, -1, &status, WNOHANG, NULL)) > 0)
				if (who == pid)
					return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
								   : WEXITSTATUS(status);
		}
	}
}

static bool is_file(const char *path)
{
	struct stat st;

	return CALL(__NR_newfstatat, AT_FDCWD, path, &st, 0) == 0 && S_ISREG(st.st_mode);
}

/* Another session yields to the user's own, see SANDBOX_YIELD. */
static void yield(void)
{
	long fd = CALL(__NR_openat, AT_FDCWD, "/proc/self/autogroup", O_WRONLY | O_CLOEXEC, 0);

	if (fd < 0)
		return;
	CALL(__NR_write, fd, "10", 2, 0);
	CALL(__NR_close, fd, 0, 0, 0);
}

struct started {
	long from, to, run;
};

/* The simulator last: the others are waited for. */
static void start_all(const struct pipe_job *j, int null, struct started *out)
{
	int between[2];

	ask(CALL(__NR_pipe2, between, O_CLOEXEC, 0, 0), "a pipe");
	ask(out->from = start(j->from, null, between[1]), "a process");
	ask(out->to = start(j->to, between[0], 2), "a process");
	CALL(__NR_close, between[0], 0, 0, 0);
	CALL(__NR_close, between[1], 0, 0, 0);
	ask(out->run = start_run(j, null), "a process");
}

static long built(const struct pipe_job *j, const struct started *s)
{
	long status;

	ended(s->from);
	status = ended(s->to);
	return status == 0 && !is_file(j->product) ? 1 : status;
}

__attribute__((noreturn)) static void build_and_run(const struct pipe_job *j)
{
	const uint64_t child = SIGNAL(SIGCHLD);
	struct started s;
	char digits[24];
	long null, signals, status;

	if (j->yields)
		yield();
	ask(null = CALL(__NR_openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC, 0), "/dev/null");
	ask(CALL(__NR_rt_sigprocmask, SIG_BLOCK, &child, NULL, 8), "a signal");
	ask(signals = CALL(__NR_signalfd4, -1, &child, 8, O_CLOEXEC), "a signal");
	ask(CALL(__NR_faccessat, AT_FDCWD, j->start, 1, 0), "the folder of the run");
	ask(CALL(__NR_mknodat, AT_FDCWD, j->held, S_IFIFO | 0600, 0), "a fifo");
	tell(j, " step 0", "");
	start_all(j, (int)null, &s);
	status = built(j, &s);
	if (status != 0) {
		CALL(__NR_kill, s.run, SIGKILL, 0, 0);
		ended(s.run);
		tell(j, " end ", decimal(status, digits));
		leave(1);
	}
	tell(j, " run", "");
	feed(j);
	leave(attend(s.run, (int)signals));
}

__attribute__((noreturn)) static void do_job(void)
{
	struct reader r;
	struct pipe_job j = { 0 };
	const char *kind;

	read_job(&r);
	kind = word(&r);
	if (same(kind, "exec"))
		run(list(&r));
	if (!same(kind, "pipe"))
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

__attribute__((noreturn, used)) void launch_main(long *stack);

void launch_main(long *stack)
{
	char **argv = (char **)(stack + 1), **a = argv + (*stack > 0);
	const char *user = NULL;

	environment = argv + *stack + 1;
	for (;; a++) {
		if (!*a)
			fail("nothing to start", "");
		if (same(*a, "--") || same(*a, "-j"))
			break;
		if (same(*a, "-u") && a[1]) {
			user = *++a;
		} else if (same(*a, "-l") && a[1] && a[2] && a[3]) {
			if (limit(number(a[1]), number(a[2]), number(a[3])) < 0)
				fail("cannot set the limit ", a[1]);
			a += 3;
		} else {
			fail("what is ", *a);
		}
	}
	if (user)
		become(user);
	if (same(*a, "-j"))
		do_job();
	run(a + 1);
}
