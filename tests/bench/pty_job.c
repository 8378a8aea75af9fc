/* pty_job TEXT PREFIX KEYS COMMAND...: runs a full-screen program in a pty of 24x80 (or
 * $PTY_ROWS and $PTY_COLS) and measures it as a person experiences it.
 *
 * Waits from its start until TEXT is drawn; then sends PREFIX (to get to where typing
 * goes), then KEYS letters (or $PTY_KEY), one at a time, each timed from sending to its
 * last output. Prints: start in ms, median and 99th percentile of a key in ms, median
 * of the bytes for a key, peak resident memory in KB, wakeups in three idle seconds,
 * and its own CPU time in ms from PREFIX to the last key's output. With KEYS 0 only the
 * start; with "until:TEXT" the ms from PREFIX until TEXT is drawn, the bytes so far,
 * and its own CPU time in ms since PREFIX. */
#include "config.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include "session/base/str.h"

static int fd;

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Reads until nothing has arrived for quiet_ms; *last: arrival of the last byte. */
static size_t drain(int quiet_ms, double *last, struct str *keep)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char buf[65536];
	size_t all = 0;

	while (poll(&p, 1, quiet_ms) > 0) {
		ssize_t n = read(fd, buf, sizeof(buf));

		if (n <= 0)
			break;
		all += (size_t)n;
		*last = now_ms();
		if (keep)
			str_add(keep, buf, (size_t)n);
	}
	return all;
}

/* Reads for ms milliseconds. */
static void drain_for(int ms, double *last)
{
	double start = now_ms();

	while (now_ms() - start < ms) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		char buf[65536];

		if (poll(&p, 1, (int)(start + ms - now_ms()) + 1) > 0 &&
		    read(fd, buf, sizeof(buf)) > 0)
			*last = now_ms();
	}
}

static int setting(const char *name, int otherwise)
{
	const char *value = getenv(name);

	return value ? atoi(value) : otherwise;
}

static long number_in(const char *path, const char *name)
{
	FILE *f = fopen(path, "r");
	char line[256];
	long n = -1;

	while (f && n < 0 && fgets(line, sizeof(line), f))
		if (strncmp(line, name, strlen(name)) == 0)
			n = strtol(line + strlen(name), NULL, 10);
	if (f)
		fclose(f);
	return n;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Reads what is available, waiting at most wait_ms. Returns the number of bytes; 0:
 * none; below 0: the program has ended. */
static ssize_t read_some(int wait_ms, double *when, struct str *keep)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char buf[65536];
	ssize_t n = 0;

	if (poll(&p, 1, wait_ms) <= 0)
		return 0;
	n = read(fd, buf, sizeof(buf));
	if (n <= 0)
		return -1;
	*when = now_ms();
	str_add(keep, buf, (size_t)n);
	return n;
}

/* Prints the last output, to help find the cause of a failure. */
static void show(const struct str *seen)
{
	size_t from = seen->len > 4000 ? seen->len - 4000 : 0;

	fprintf(stderr, "pty_job: it drew %zu bytes, last of all:\n", seen->len);
	for (size_t i = from; i < seen->len; i++) {
		unsigned char c = (unsigned char)seen->data[i];

		fprintf(stderr, c < 32 ? "^%c" : "%c", c < 32 ? c + 64 : c);
	}
	fprintf(stderr, "\n");
}

/* Ms from start until text arrives; -1: it did not. Some programs draw a text in parts
 * that do not match; with quiet_ms, such a silence counts, timed to the last byte
 * before it. */
static double wait_for(const char *text, double start, int quiet_ms, size_t *bytes)
{
	struct str seen = STR_INIT;
	double last = start;
	bool found = false;
	ssize_t n = 0;

	while (!found && n >= 0 && now_ms() - start < setting("PTY_WAIT_MS", 60000)) {
		n = read_some(1, &last, &seen);
		if (n > 0)
			found = memmem(seen.data, seen.len, text, strlen(text)) != NULL;
		else if (n == 0 && quiet_ms && seen.len && now_ms() - last > quiet_ms)
			found = true;
	}
	*bytes = seen.len;
	if (!found)
		show(&seen);
	str_free(&seen);
	return found ? last - start : -1;
}

/* Waits for the output of a key: its first byte may take long on a busy machine, and
 * some keys draw nothing. If other things are drawn meanwhile (PTY_ECHO), only the
 * key's own letter counts, which nothing else draws. */
static size_t draw_of_key(const char *key, double *last)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	double took;
	size_t bytes;

	if (!setting("PTY_ECHO", 0))
		return poll(&p, 1, setting("PTY_KEY_MS", 1000)) > 0 ? drain(30, last, NULL) : 0;
	took = wait_for(key, *last, 0, &bytes);
	if (took < 0)
		exit(1);
	*last += took;
	return bytes;
}

/* User and system time of all its threads, without children. */
static double cpu_ms(pid_t pid)
{
	clockid_t clock;
	struct timespec t;

	if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) < 0)
		return 0;
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int stop(pid_t pid)
{
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	return 0;
}

int main(int argc, char **argv)
{
	const char *key;
	struct winsize w = { .ws_row = (unsigned short)setting("PTY_ROWS", 24),
			     .ws_col = (unsigned short)setting("PTY_COLS", 80) };
	double start = now_ms(), last = 0, opened, cpu, took[2000], bytes[2000];
	char status[64];
	const char *until;
	size_t drawn;
	int n, slave;
	long before, after;
	pid_t pid;

	if (argc < 5)
		return 2;
	n = atoi(argv[3]) < 2000 ? atoi(argv[3]) : 2000;
	if (openpty(&fd, &slave, NULL, NULL, &w) < 0)
		return 2;
	pid = fork();
	if (pid == 0) {
		close(fd);
		login_tty(slave);
		execvp(argv[4], argv + 4);
		_exit(127);
	}
	opened = wait_for(argv[1], start, 3000, &drawn);
	if (opened < 0) {
		fprintf(stderr, "pty_job: %s did not draw \"%s\"\n", argv[4], argv[1]);
		stop(pid);
		return 1;
	}
	until = strncmp(argv[3], "until:", 6) == 0 ? argv[3] + 6 : NULL;
	if (n == 0 && !until) { /* only the start is measured */
		printf("%.2f\n", opened);
		return stop(pid);
	}
	drain(setting("PTY_QUIET_MS", until ? 3000 : 500), &last, NULL);
	cpu = cpu_ms(pid);
	start = now_ms();
	if (write(fd, argv[2], strlen(argv[2])) < 0)
		return 2;
	if (until) {
		double took_ms = wait_for(until, start, 0, &drawn);

		if (took_ms < 0)
			fprintf(stderr, "pty_job: %s did not draw \"%s\"\n", argv[4], until);
		else
			printf("%.2f %zu %.2f\n", took_ms, drawn, cpu_ms(pid) - cpu);
		stop(pid);
		return took_ms < 0;
	}
	if (setting("PTY_ECHO", 0)) /* the program may never be quiet */
		drain_for(1500, &last);
	else
		drain(1500, &last, NULL);
	key = getenv("PTY_KEY") ? getenv("PTY_KEY") : "x";
	for (int i = 0; i < n; i++) {
		double sent = now_ms();

		last = sent;
		if (write(fd, key, strlen(key)) < 0)
			return 2;
		bytes[i] = (double)draw_of_key(key, &last);
		took[i] = last - sent;
		if (now_ms() < sent + setting("PTY_PACE_MS", 0))
			drain_for((int)(sent + setting("PTY_PACE_MS", 0) - now_ms()), &last);
	}
	cpu = cpu_ms(pid) - cpu;
	snprintf(status, sizeof(status), "/proc/%d/status", (int)pid);
	drain(2500, &last, NULL);
	before = number_in(status, "voluntary_ctxt_switches:");
	drain(setting("PTY_IDLE_MS", 3000), &last, NULL);
	after = number_in(status, "voluntary_ctxt_switches:");
	qsort(took, (size_t)n, sizeof(*took), by_value);
	qsort(bytes, (size_t)n, sizeof(*bytes), by_value);
	printf("%.2f %.3f %.3f %.0f %ld %ld %.2f\n", opened, n ? took[n / 2] : 0,
	       n ? took[n * 99 / 100] : 0, n ? bytes[n / 2] : 0, number_in(status, "VmHWM:"),
	       after - before, cpu);
	return stop(pid);
}
