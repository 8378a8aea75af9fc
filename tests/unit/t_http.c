#include "config.h"

#include "tests/lib/case.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "backends/hosted/http.h"
#include "session/base/loop.h"
#include "session/base/rest.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "tests/lib/request.h"

#define PIECES 400
#define FREE   (REST_FROM + 1) /* deliveries after a silence, before the next rest */

/* A server in a process of its own: one answer, a piece every millisecond, optionally
 * without an end. */
struct server {
	pid_t pid;
	int port;
};

static void serve(int listener, bool ends)
{
	static const char head[] = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
				   "Connection: close\r\n\r\n";
	struct str request = STR_INIT;
	int fd = accept(listener, NULL, NULL), on = 1;
	char piece[8];

	signal(SIGPIPE, SIG_IGN);
	alarm(60);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	request_read(fd, &request);
	if (write(fd, head, sizeof(head) - 1) < 0)
		_exit(1);
	for (int i = 0; i < PIECES || !ends; i++) {
		struct timespec ms = { .tv_nsec = 1000000 };

		nanosleep(&ms, NULL);
		snprintf(piece, sizeof(piece), "%03d\n", i % 1000);
		if (write(fd, piece, 4) < 0)
			_exit(0);
	}
	_exit(0);
}

static struct server server_start(bool ends)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct server s = { 0 };

	assert_int_equal(bind(fd, (struct sockaddr *)&a, len), 0);
	assert_int_equal(listen(fd, 1), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	s.port = ntohs(a.sin_port);
	s.pid = fork();
	assert_true(s.pid >= 0);
	if (s.pid == 0)
		serve(fd, ends);
	close(fd);
	return s;
}

static void server_end(const struct server *s)
{
	kill(s->pid, SIGKILL);
	waitpid(s->pid, NULL, 0);
}

struct fetch {
	struct loop *loop;
	int port;
	size_t deliveries, stop_at; /* stop_at 0: never */
	struct str body;
	uint64_t begun_ms, ended_ms;
	bool ok, over;
	struct err err;
};

static bool on_body(void *ctx, const char *data, size_t len)
{
	struct fetch *f = ctx;

	if (f->deliveries++ == 0)
		f->begun_ms = loop_now_ms(f->loop);
	str_add(&f->body, data, len);
	return !f->stop_at || f->body.len < f->stop_at;
}

static void fetch(void *ctx)
{
	struct fetch *f = ctx;
	struct strv headers = STRV_INIT;
	char *url = str_fmt("http://127.0.0.1:%d/", f->port);
	struct http *h = http_new(f->loop, &f->err);
	struct http_request q = { .url = url,
				  .headers = &headers,
				  .body = "{}",
				  .len = 2,
				  .connect_ms = 30000,
				  .first_byte_ms = 30000,
				  .stall_ms = 30000 };
	struct http_response r;

	f->ok = h && http_send(h, &q, on_body, f, &r, &f->err);
	f->ended_ms = loop_now_ms(f->loop);
	f->over = true;
	http_free(h);
	free(url);
}

/* Independent of the machine's speed: unless nothing came for that long, the pause is
 * between two deliveries. Without it, each piece is a delivery if the machine keeps up. */
CASE(pieces_of_a_stream_are_delivered_together)
{
	struct server s = server_start(true);
	struct fetch f = { .loop = loop_new(NULL), .port = s.port };
	struct str want = STR_INIT;
	size_t most;

	task_start(f.loop, fetch, &f);
	while (task_count(f.loop))
		loop_turn(f.loop, true);
	loop_free(f.loop);
	server_end(&s);
	for (int i = 0; i < PIECES; i++)
		str_addf(&want, "%03d\n", i);
	assert_true(f.ok);
	assert_string_equal(str_cstr(&f.body), str_cstr(&want));
	most = FREE + (size_t)(f.ended_ms - f.begun_ms) * FREE / REST_MS;
	if (f.deliveries > most)
		fail_msg("%zu deliveries in %llu ms", f.deliveries,
			 (unsigned long long)(f.ended_ms - f.begun_ms));
	str_free(&want);
	str_free(&f.body);
}

/* In the middle of a stream, when the descriptor is paused most of the time. */
CASE(a_stream_can_be_cancelled_or_stopped)
{
	for (int stops = 0; stops < 2; stops++) {
		struct server s = server_start(false);
		struct fetch f = { .loop = loop_new(NULL),
				   .port = s.port,
				   .stop_at = stops ? 800 : 0 };
		struct task *t = task_start(f.loop, fetch, &f);
		bool cancelled = false;

		for (int turns = 0; task_count(f.loop); turns++) {
			if (!stops && !cancelled && f.body.len > 800) {
				task_cancel(t);
				cancelled = true;
				turns = 0;
			}
			if (cancelled && !f.over)
				assert_in_range(turns, 0, 2);
			loop_turn(f.loop, true);
		}
		loop_free(f.loop);
		server_end(&s);
		assert_int_equal(f.ok, stops);
		if (!stops)
			assert_int_equal(f.err.code, ERR_CANCELLED);
		str_free(&f.body);
	}
}
