/* time_job [-u TEXT] [-s STATUS] COMMAND...: runs it and prints the time it took in ms.
 *
 * -u: time until TEXT is in its output; it is then waited for, untimed. -s: highest
 * exit status accepted (0), since findings are no failure. If the command fails, or
 * TEXT is missing, the time would be of something else: then the output goes to stderr,
 * nothing else is printed, and the exit status is 1. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEPT 65536 /* bytes kept of the output; TEXT must be in them */

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static pid_t begin(char **argv, int *out)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	pid = fork();
	if (pid == 0) {
		int nothing = open("/dev/null", O_RDONLY);

		dup2(nothing, STDIN_FILENO);
		dup2(ends[1], STDOUT_FILENO);
		dup2(ends[1], STDERR_FILENO);
		execvp(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	*out = ends[0];
	return pid;
}

int main(int argc, char **argv)
{
	static char said[KEPT], more[KEPT];
	const char *until = NULL;
	double start, seen = 0, end;
	size_t len = 0;
	int worst = 0, status = 0, fd, opt;
	ssize_t n;
	pid_t pid;
	bool ok;

	while ((opt = getopt(argc, argv, "+u:s:")) >= 0) {
		if (opt == 'u')
			until = optarg;
		else if (opt == 's')
			worst = (int)strtol(optarg, NULL, 10);
		else
			return 2;
	}
	if (optind == argc)
		return 2;
	start = now_ms();
	pid = begin(argv + optind, &fd);
	if (pid < 0)
		return 2;
	while ((n = read(fd, more, sizeof(more))) != 0) {
		size_t room = sizeof(said) - len;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		memcpy(said + len, more, (size_t)n < room ? (size_t)n : room);
		len += (size_t)n < room ? (size_t)n : room;
		if (until && seen == 0 && memmem(said, len, until, strlen(until)))
			seen = now_ms();
	}
	ok = waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) <= worst &&
	     (!until || seen > 0);
	end = now_ms();
	if (ok) {
		printf("%.3f\n", (until ? seen : end) - start);
		return 0;
	}
	fwrite(said, 1, len, stderr);
	fprintf(stderr, "time_job: %s: %s\n", argv[optind],
		until && seen == 0 ? "it did not say what was waited for" : "it failed");
	return 1;
}
