/* Loads a simulation once and runs it for each number of a list. Compiled in the
 * sandbox next to the design, as a VPI module of Icarus or as part of Verilator's
 * main(). Not part of posedge itself.
 *
 * Loading is most of the cost of a short run. So the program that has loaded the
 * simulation, but not started it, stays and forks for each number: the copy
 * overwrites the digits of its own argument "+posedge_variant=0000000" with the
 * number and continues as if it had been started with it.
 *
 *	batch.txt		the plan, see batch_read_plan()
 *	v/7/m/m/m/m		the run folder of number 7: a copy of m, removed after it
 *	v/7/out			its output
 *	v/7/posedge_checks.txt	its counted checks
 *
 * The first number of the list runs alone, as the reference for the others: each may
 * take `times` its processor time, but at least `least_ms`. Only processor time
 * counts, since a busy machine is not the design's fault; a wall time limit ends
 * runs that wait for nothing. The former stdout gets for each number
 *
 *	begin N
 *	end N STATUS SIGNAL OVER CPU_MS PRINTED COUNTS
 *
 * and after the second line PRINTED bytes of output and COUNTS bytes of counts. OVER
 * is 1 after a time limit, 2 after too much output; of output longer than `keep`
 * only the beginning and the end are sent. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BATCH_ARGUMENT "+posedge_variant="
#define BATCH_DIGITS   7
#define BATCH_PATH     4096
#define BATCH_DEPTH    64
#define BATCH_LARGE    (256 << 10) /* not copied if read-only */
#define BATCH_AT_ONCE  16
#define BATCH_WALL     10 /* times its processor time, plus */
#define BATCH_WALL_MS  10000

struct batch_run {
	unsigned n;
	pid_t pid; /* 0: free slot */
	long long deadline_ms;
	int over;
};

struct batch {
	int out; /* the former stdout */
	const char *dir;
	char start[BATCH_PATH]; /* below the mirror */
	long long least_ms, times, most_ms, file_bytes, print_bytes, keep, counts;
	int at_once;
	long long cpu_ms; /* limit per run; of the first most_ms */
	struct batch_run run[BATCH_AT_ONCE];
	int running;
};

__attribute__((noreturn)) static void batch_die(const char *what)
{
	fprintf(stderr, "batch: %s: %s\n", what, strerror(errno));
	_exit(125);
}

static void batch_say(const struct batch *b, const char *text, long long len)
{
	for (ssize_t n; len > 0; text += n, len -= n) {
		n = write(b->out, text, (size_t)len);
		if (n < 0)
			batch_die("write the results");
	}
}

static long long batch_now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Files ---------------------------------------------------------------------- */

static void batch_copy_file(const char *from, const char *to, const struct stat *st)
{
	char buf[1 << 16];
	ssize_t n;
	int in, out;

	if (st->st_size > BATCH_LARGE && access(from, W_OK) != 0) {
		if (symlink(from, to) != 0)
			batch_die("link a file of a run");
		return;
	}
	in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, st->st_mode & 0700);
	if (out < 0)
		batch_die("copy a file of a run");
	while (in >= 0 && (n = read(in, buf, sizeof(buf))) > 0)
		if (write(out, buf, (size_t)n) != n)
			batch_die("copy a file of a run");
	if (in >= 0)
		close(in);
	close(out);
}

static void batch_copy_link(const char *from, const char *to)
{
	char buf[BATCH_PATH];
	ssize_t n = readlink(from, buf, sizeof(buf) - 1);

	if (n > 0) {
		buf[n] = '\0';
		if (symlink(buf, to) != 0)
			batch_die("link a file of a run");
	}
}

/* Never follows links; depth bounds what an earlier run may have nested. */
static void batch_copy_tree(const char *from, const char *to, int depth)
{
	char a[BATCH_PATH], b[BATCH_PATH];
	struct dirent *e;
	DIR *d = depth < BATCH_DEPTH ? opendir(from) : NULL;

	if (mkdir(to, 0700) != 0)
		batch_die("make the folder of a run");
	while (d && (e = readdir(d))) {
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    snprintf(a, sizeof(a), "%s/%s", from, e->d_name) >= (int)sizeof(a) ||
		    snprintf(b, sizeof(b), "%s/%s", to, e->d_name) >= (int)sizeof(b) ||
		    lstat(a, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			batch_copy_tree(a, b, depth + 1);
		else if (S_ISREG(st.st_mode))
			batch_copy_file(a, b, &st);
		else if (S_ISLNK(st.st_mode))
			batch_copy_link(a, b);
	}
	if (d)
		closedir(d);
}

static void batch_remove_tree(const char *path, int depth)
{
	char inner[BATCH_PATH];
	struct dirent *e;
	DIR *d = depth < 2 * BATCH_DEPTH ? opendir(path) : NULL;

	while (d && (e = readdir(d))) {
		struct stat st;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    snprintf(inner, sizeof(inner), "%s/%s", path, e->d_name) >=
			    (int)sizeof(inner) ||
		    lstat(inner, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode))
			batch_remove_tree(inner, depth + 1);
		else
			unlink(inner);
	}
	if (d)
		closedir(d);
	rmdir(path);
}

/* One run -------------------------------------------------------------------- */

static void batch_limit(const struct batch *b)
{
	struct itimerval cpu = { { 0, 0 }, { 0, 0 } };
	struct rlimit file;

	cpu.it_value.tv_sec = b->cpu_ms / 1000;
	cpu.it_value.tv_usec = b->cpu_ms % 1000 * 1000;
	signal(SIGPROF, SIG_DFL);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &file);
	if (file.rlim_cur == RLIM_INFINITY || (long long)file.rlim_cur > b->file_bytes)
		file.rlim_cur = (rlim_t)b->file_bytes;
	if (setitimer(ITIMER_PROF, &cpu, NULL) != 0 || setrlimit(RLIMIT_FSIZE, &file) != 0)
		batch_die("set the limits of a run");
}

/* In the copy: continues as if started for that number. */
static void batch_become(struct batch *b, unsigned n, const char *folder, char *digits)
{
	char path[2 * BATCH_PATH], number[BATCH_DIGITS + 1];
	sigset_t none;
	int fd;

	snprintf(path, sizeof(path), "%s/out", folder);
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0 || dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		batch_die("open what a run prints");
	close(fd);
	close(b->out);
	snprintf(path, sizeof(path), "%s/m/m/m/m/%s", folder, b->start);
	if (chdir(path) != 0)
		batch_die("enter the folder of a run");
	batch_limit(b);
	snprintf(number, sizeof(number), "%0*u", BATCH_DIGITS, n);
	memcpy(digits, number, BATCH_DIGITS);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Makes the folder of a run while others still run. */
static void batch_lay(const struct batch *b, unsigned n)
{
	char folder[BATCH_PATH], from[BATCH_PATH], to[BATCH_PATH + 8];

	snprintf(folder, sizeof(folder), "%s/v/%u", b->dir, n);
	snprintf(from, sizeof(from), "%s/m", b->dir);
	snprintf(to, sizeof(to), "%s/m", folder);
	batch_remove_tree(folder, 0);
	if (mkdir(folder, 0700) != 0)
		batch_die("make the folder of a run");
	batch_copy_tree(from, to, 0);
}

/* True in the copy. */
static int batch_begin(struct batch *b, unsigned n, char *digits)
{
	char folder[BATCH_PATH], line[32];
	struct batch_run *r = b->run;

	snprintf(folder, sizeof(folder), "%s/v/%u", b->dir, n);
	while (r->pid)
		r++;
	r->n = n;
	r->over = 0;
	r->deadline_ms = batch_now_ms() + b->cpu_ms * BATCH_WALL + BATCH_WALL_MS;
	batch_say(b, line, snprintf(line, sizeof(line), "begin %u\n", n));
	fflush(stdout);
	r->pid = fork();
	if (r->pid < 0)
		batch_die("fork");
	if (r->pid == 0) {
		batch_become(b, n, folder, digits);
		return 1;
	}
	b->running++;
	return 0;
}

/* Reads at most keep bytes of a file, cutting the middle. The caller frees the
 * result. */
static char *batch_read(const char *path, long long keep, long long *len, long long *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;
	char *text;
	ssize_t n = 0;

	*len = *size = 0;
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	*size = st.st_size;
	text = (char *)malloc((size_t)keep + 1);
	if (text && *size <= keep) {
		n = read(fd, text, (size_t)keep);
		*len = n > 0 ? n : 0;
	} else if (text) {
		long long half = keep / 2;

		n = pread(fd, text, (size_t)half, 0);
		*len = n > 0 ? n : 0;
		if (*len > 0)
			text[*len - 1] = '\n';
		n = pread(fd, text + *len, (size_t)half, st.st_size - half);
		*len += n > 0 ? n : 0;
	}
	close(fd);
	return text;
}

static void batch_end(struct batch *b, struct batch_run *r, int status, const struct rusage *u)
{
	char path[BATCH_PATH + 32], line[160];
	long long printed, size, counts, none;
	long long cpu = (u->ru_utime.tv_sec + u->ru_stime.tv_sec) * 1000LL +
			(u->ru_utime.tv_usec + u->ru_stime.tv_usec) / 1000;
	int sig = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	char *out, *count;

	snprintf(path, sizeof(path), "%s/v/%u/out", b->dir, r->n);
	out = batch_read(path, b->keep, &printed, &size);
	snprintf(path, sizeof(path), "%s/v/%u/posedge_checks.txt", b->dir, r->n);
	count = batch_read(path, b->counts, &counts, &none);
	if (none > b->counts)
		counts = 0;
	if (sig == SIGPROF)
		r->over = 1;
	else if (size >= b->print_bytes)
		r->over = 2;
	batch_say(b, line,
		  snprintf(line, sizeof(line), "end %u %d %d %d %lld %lld %lld\n", r->n,
			   sig ? -1 : WEXITSTATUS(status), sig, r->over, cpu, printed, counts));
	batch_say(b, out, out ? printed : 0);
	batch_say(b, count, count ? counts : 0);
	free(out);
	free(count);
	snprintf(path, sizeof(path), "%s/v/%u", b->dir, r->n);
	batch_remove_tree(path, 0);
	r->pid = 0;
	b->running--;
	cpu = b->times * cpu > b->least_ms ? b->times * cpu : b->least_ms;
	if (b->cpu_ms == b->most_ms && cpu < b->most_ms) /* that was the first */
		b->cpu_ms = cpu;
}

static void batch_kill_late(struct batch *b)
{
	long long now = batch_now_ms();

	for (int i = 0; i < BATCH_AT_ONCE; i++)
		if (b->run[i].pid && now >= b->run[i].deadline_ms) {
			b->run[i].over = 1;
			kill(b->run[i].pid, SIGKILL);
		}
}

/* Waits until one has ended. */
static void batch_wait(struct batch *b)
{
	static const struct timespec look = { 0, 500000000 };
	sigset_t child;
	int ended = 0;

	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	while (!ended) {
		struct rusage u;
		int status;
		pid_t pid = wait4(-1, &status, WNOHANG, &u);

		for (int i = 0; pid > 0 && i < BATCH_AT_ONCE; i++)
			if (b->run[i].pid == pid) {
				batch_end(b, &b->run[i], status, &u);
				ended = 1;
			}
		if (pid < 0 && errno == ECHILD)
			batch_die("wait for a run");
		if (pid == 0) {
			batch_kill_late(b);
			sigtimedwait(&child, NULL, &look);
		}
	}
}

/* The loop --------------------------------------------------------------------- */

/* Format: "START" on a line; "AT_ONCE LEAST_MS TIMES MOST_MS FILE PRINT KEEP COUNTS"
 * on the next; then a number per line. Reads to the end: a copy with the file open
 * would move the shared offset. */
static unsigned *batch_read_plan(struct batch *b, size_t *n)
{
	char path[BATCH_PATH];
	unsigned *v = NULL, number;
	FILE *plan;

	snprintf(path, sizeof(path), "%s/batch.txt", b->dir);
	plan = fopen(path, "re");
	if (!plan || !fgets(b->start, sizeof(b->start), plan) ||
	    fscanf(plan, "%d %lld %lld %lld %lld %lld %lld %lld", &b->at_once, &b->least_ms,
		   &b->times, &b->most_ms, &b->file_bytes, &b->print_bytes, &b->keep,
		   &b->counts) != 8 ||
	    b->at_once < 1 || b->at_once > BATCH_AT_ONCE || b->keep < 2 || b->counts < 1)
		batch_die("read the plan");
	for (*n = 0; fscanf(plan, "%u", &number) == 1;) {
		v = (unsigned *)realloc(v, (*n + 1) * sizeof(*v));
		if (!v)
			batch_die("read the plan");
		v[(*n)++] = number;
	}
	fclose(plan);
	b->start[strcspn(b->start, "\n")] = '\0';
	b->cpu_ms = b->most_ms;
	return v;
}

/* The digits of our argument; NULL: it is missing. */
static char *batch_digits(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		if (strncmp(argv[i], BATCH_ARGUMENT, strlen(BATCH_ARGUMENT)) == 0 &&
		    strlen(argv[i]) == strlen(BATCH_ARGUMENT) + BATCH_DIGITS)
			return argv[i] + strlen(BATCH_ARGUMENT);
	return NULL;
}

/* Returns once per number, each time in a new process; at once without a plan. */
static void posedge_batch(int argc, char **argv)
{
	static struct batch b;
	static unsigned *numbers;
	char folder[BATCH_PATH], *digits = batch_digits(argc, argv);
	size_t n;
	sigset_t child;

	b.dir = getenv("POSEDGE_BATCH");
	if (!b.dir || !digits)
		return;
	numbers = batch_read_plan(&b, &n);
	b.out = fcntl(1, F_DUPFD_CLOEXEC, 3);
	if (b.out < 0)
		batch_die("open the results");
	snprintf(folder, sizeof(folder), "%s/v", b.dir);
	mkdir(folder, 0700);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	for (size_t i = 0; i < n; i++) {
		batch_lay(&b, numbers[i]);
		while (b.running >= (i == 1 ? 1 : b.at_once))
			batch_wait(&b);
		if (batch_begin(&b, numbers[i], digits))
			return;
	}
	while (b.running)
		batch_wait(&b);
	_exit(0);
}

#ifdef POSEDGE_BATCH_VPI
/* Names of the standard (IEEE 1800 clause 38): a callback at the end of loading, and
 * the arguments. Declared here, since a header for them may not be installed. */
struct batch_callback {
	int32_t reason;
	int32_t (*routine)(struct batch_callback *);
	void *object, *time, *value;
	int32_t index;
	char *data;
};

struct batch_arguments {
	int32_t argc;
	char **argv, *product, *version;
};

extern void *vpi_register_cb(struct batch_callback *c);
extern int32_t vpi_get_vlog_info(struct batch_arguments *a);

#define BATCH_END_OF_COMPILE 10

static int32_t batch_loaded(struct batch_callback *c)
{
	struct batch_arguments a = { 0 };

	(void)c;
	if (vpi_get_vlog_info(&a))
		posedge_batch(a.argc, a.argv);
	return 0;
}

static void batch_register(void)
{
	static struct batch_callback c = { BATCH_END_OF_COMPILE, batch_loaded, 0, 0, 0, 0, 0 };

	vpi_register_cb(&c);
}

extern void (*vlog_startup_routines[])(void);
void (*vlog_startup_routines[])(void) = { batch_register, 0 };
#endif
