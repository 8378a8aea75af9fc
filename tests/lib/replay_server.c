/* A test server that replays recorded bytes in inconvenient slices.
 *
 *   replay_server [--slice N] [--every MS] [--hold] [--log FILE] RESPONSE...
 *
 * Listens on 127.0.0.1, on a port chosen by the kernel, and prints it. The n-th
 * connection gets the n-th file, a complete HTTP response, N bytes at a time; the
 * last file serves all later connections. --every sends up to the next blank line each
 * MS ms instead, as a model streams. --hold leaves the connection open afterwards.
 * Requests are appended to the log. The server ends when stdin does. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"
#include "tests/lib/request.h"

struct server {
	size_t slice;
	long every_ms; /* 0: as fast as the socket takes it */
	bool hold;
	FILE *log;
	char **files;
	int n;
	int held[64];
	int n_held;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/* Reads the whole request; closing with unread data would reset the connection. */
static void read_request(const struct server *s, int fd)
{
	struct str text = STR_LIMIT(8 << 20);

	request_read(fd, &text);
	if (s->log) {
		fwrite(str_cstr(&text), 1, text.len, s->log);
		fputs("\n----\n", s->log);
		fflush(s->log);
	}
	str_free(&text);
}

/* Sleeps until the n-th event is due. One that is late does not put off the next. */
static void await_event(const struct server *s, struct timespec begin, size_t n)
{
	long long ms = (long long)n * s->every_ms;

	begin.tv_sec += ms / 1000;
	begin.tv_nsec += ms % 1000 * 1000000;
	if (begin.tv_nsec >= 1000000000) {
		begin.tv_sec++;
		begin.tv_nsec -= 1000000000;
	}
	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &begin, NULL);
}

static size_t next_slice(const struct server *s, const char *from, size_t left)
{
	const char *blank = s->every_ms ? strstr(from, "\n\n") : NULL;

	if (s->every_ms)
		return blank ? (size_t)(blank + 2 - from) : left;
	return left < s->slice ? left : s->slice;
}

static void answer(struct server *s, int fd, int which)
{
	struct str text = STR_INIT;
	struct timespec begin;
	struct err err;
	size_t event = 0;
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	read_request(s, fd);
	if (!file_read(s->files[which], 0, &text, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (size_t i = 0, n; i < text.len; i += n) {
		n = next_slice(s, str_cstr(&text) + i, text.len - i);
		if (s->every_ms)
			await_event(s, begin, event++);
		if (write(fd, text.data + i, n) < 0)
			break;
	}
	str_free(&text);
	if (s->hold && s->n_held < 64) {
		s->held[s->n_held++] = fd;
		return;
	}
	shutdown(fd, SHUT_WR);
	close(fd);
}

static int listen_somewhere(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) < 0 || listen(fd, 16) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0)
		die("listen");
	printf("%d\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char **argv)
{
	struct server s = { .slice = 1 << 16 };
	int i = 1, served = 0, fd;

	signal(SIGPIPE, SIG_IGN);
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "--slice") == 0 && i + 1 < argc)
			s.slice = strtoul(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--every") == 0 && i + 1 < argc)
			s.every_ms = strtol(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "--hold") == 0)
			s.hold = true;
		else if (strcmp(argv[i], "--log") == 0 && i + 1 < argc)
			s.log = fopen(argv[++i], "a");
	}
	s.files = argv + i;
	s.n = argc - i;
	if (s.n < 1 || s.slice < 1) {
		fprintf(stderr,
			"usage: replay_server [--slice N] [--every MS] [--hold] [--log FILE] "
			"RESPONSE...\n");
		return 2;
	}
	fd = listen_somewhere();
	for (;;) {
		struct pollfd p[2] = { { .fd = fd, .events = POLLIN },
				       { .fd = 0, .events = POLLIN } };
		char buf[64];
		int c;

		/* Limits the lifetime, in case the parent never closes stdin. */
		if (poll(p, 2, 600000) <= 0)
			return 0;
		if (p[1].revents && read(0, buf, sizeof(buf)) <= 0)
			return 0;
		if (!(p[0].revents & POLLIN) || (c = accept(fd, NULL, NULL)) < 0)
			continue;
		answer(&s, c, served < s.n ? served : s.n - 1);
		served++;
	}
}
