/* Local model servers are recognised by their own replies and by nothing else. */
#include "config.h"

#include "tests/lib/case.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "backends/hosted/local.h"
#include "session/base/loop.h"
#include "session/base/task.h"
#include "tests/lib/request.h"

/* A server's reply to a path, with the status first. */
struct saying {
	const char *path, *reply;
};

static const char *reply_of(const struct saying *s, const char *request)
{
	for (; s->path; s++)
		if (strncmp(request, "GET ", 4) == 0 &&
		    strncmp(request + 4, s->path, strlen(s->path)) == 0 &&
		    request[4 + strlen(s->path)] == ' ')
			return s->reply;
	return "404 {\"error\":\"not found\"}";
}

static void serve(int listener, const struct saying *s)
{
	struct pollfd p = { .fd = listener, .events = POLLIN };

	signal(SIGPIPE, SIG_IGN);
	while (poll(&p, 1, 30000) > 0) { /* ends by itself when nobody asks */
		int fd = accept(listener, NULL, NULL);
		struct str text = STR_LIMIT(1 << 20), out = STR_INIT;
		const char *reply;

		request_read(fd, &text);
		reply = reply_of(s, str_cstr(&text));
		str_addf(&out,
			 "HTTP/1.1 %.3s X\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
			 reply, strlen(reply + 4), reply + 4);
		if (write(fd, out.data, out.len) < 0)
			_exit(1);
		close(fd);
		str_free(&text);
		str_free(&out);
	}
	_exit(0);
}

static pid_t start(const struct saying *s, int *port)
{
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	pid_t pid;

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, len) || listen(fd, 8) ||
	    getsockname(fd, (struct sockaddr *)&a, &len))
		abort();
	*port = ntohs(a.sin_port);
	pid = fork();
	if (pid == 0)
		serve(fd, s);
	close(fd);
	return pid;
}

struct search {
	struct loop *loop;
	struct local_server place;
	struct strv found;
	bool done;
};

static void search(void *ctx)
{
	struct search *s = ctx;

	assert_true(local_find(s->loop, &s->place, 1, &s->found, NULL));
	s->done = true;
}

/* The lines printed for that server after the port; "" for none. */
static void find(const struct saying *says, enum local_kind kind, struct str *out)
{
	struct search s = { .loop = loop_new(NULL), .place = { "here", 1, kind } };
	pid_t pid = says ? start(says, &s.place.port) : 0;
	char *port = str_fmt("%d", s.place.port);

	task_start(s.loop, search, &s);
	loop_run_until(s.loop, &s.done);
	while (task_count(s.loop))
		loop_turn(s.loop, false);
	str_clear(out);
	for (size_t i = 0; i < s.found.n; i++) {
		const char *at = strstr(s.found.v[i], port);

		assert_non_null(at);
		str_addf(out, "%.*sPORT%s\n", (int)(at - s.found.v[i]), s.found.v[i],
			 at + strlen(port));
	}
	strv_free(&s.found);
	loop_free(s.loop);
	free(port);
	if (pid) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

CASE(each_is_told_by_its_sign)
{
	static const struct saying ollama[] = {
		{ "/api/version", "200 {\"version\":\"0.9\"}" },
		{ "/api/tags", "200 {\"models\":[{\"name\":\"qwen3:8b\"},{\"name\":\"phi\"}]}" },
		{ "/api/ps", "200 {\"models\":[]}" },
		{ NULL, NULL }
	};
	static const struct saying llama[] = {
		{ "/v1/models", "200 {\"data\":[{\"id\":\"m.gguf\",\"owned_by\":\"llamacpp\"}]}" },
		{ NULL, NULL }
	};
	static const struct saying loading[] = {
		{ "/v1/models", "503 {\"error\":{\"message\":\"Loading model\",\"code\":503}}" },
		{ NULL, NULL }
	};
	static const struct saying studio[] = {
		{ "/api/v1/models", "200 {\"models\":[{\"key\":\"a/b\"}]}" }, { NULL, NULL }
	};
	static const struct saying vllm[] = {
		{ "/v1/models",
		  "200 {\"data\":[{\"id\":\"x\",\"owned_by\":\"vllm\"},{\"id\":\"y\"}]}" },
		{ NULL, NULL }
	};
	struct str out = STR_INIT;

	find(ollama, LOCAL_OLLAMA, &out);
	assert_string_equal(
		str_cstr(&out),
		"here on port PORT: models qwen3:8b, phi; loaded: none, the first answer takes "
		"longer\n"
		"    backend add ollama ollama url=http://127.0.0.1:PORT model=qwen3:8b\n");
	find(llama, LOCAL_LLAMA, &out);
	assert_string_equal(str_cstr(&out), "here on port PORT: models m.gguf\n    backend add "
					    "here openai url=http://127.0.0.1:PORT/v1\n");
	find(loading, LOCAL_LLAMA, &out);
	assert_non_null(strstr(str_cstr(&out), "loading its model"));
	find(studio, LOCAL_LM_STUDIO, &out);
	assert_non_null(strstr(str_cstr(&out), "models a/b\n"));
	find(vllm, LOCAL_VLLM, &out);
	assert_non_null(strstr(str_cstr(&out), "models x, y\n"));
	assert_non_null(strstr(str_cstr(&out), "model=x\n"));
	str_free(&out);
}

CASE(other_servers_are_not_taken_for_one)
{
	static const struct saying other[] = {
		{ "/v1/models", "200 {\"data\":[{\"id\":\"x\",\"owned_by\":\"me\"}]}" },
		{ "/api/version", "200 \"1.0\"" },
		{ "/api/v1/models", "200 <html>hello</html>" },
		{ NULL, NULL }
	};
	static const struct saying down[] = {
		{ "/v1/models", "503 {\"error\":{\"message\":\"down for today\"}}" }, { NULL, NULL }
	};
	struct str out = STR_INIT;

	for (int kind = LOCAL_OLLAMA; kind <= LOCAL_VLLM; kind++) {
		find(other, (enum local_kind)kind, &out);
		assert_string_equal(str_cstr(&out), "");
		find(down, (enum local_kind)kind, &out);
		assert_string_equal(str_cstr(&out), "");
		find(NULL, (enum local_kind)kind, &out); /* nobody is there */
		assert_string_equal(str_cstr(&out), "");
	}
	str_free(&out);
}
