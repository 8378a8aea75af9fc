/* One connection, one command at a time: input is split at zero bytes into messages,
 * and the answer is the first one that is not an event. The event that waves were
 * loaded may come before the answer to the load command, so it is kept in w->loaded.
 * The socket is polled every POLL_MS while the task sleeps; the loop is not blocked.
 */
#include "config.h"

#include "sim/viewer/wcp.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session/base/json.h"
#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "session/base/utf8.h"

#define POLL_MS 20
#define LOAD_MS 60000 /* for waves */

struct wcp {
	struct loop *loop;
	int fd;
	struct str in;
	cJSON *greeting;
	bool loaded; /* since the last command */
};

/* Messages -------------------------------------------------------------------------- */

/* *m stays NULL while no message is complete. */
static bool take_message(struct wcp *w, cJSON **m, struct err *err)
{
	const char *end = w->in.len ? memchr(w->in.data, '\0', w->in.len) : NULL;
	size_t len = end ? (size_t)(end - w->in.data) : 0;

	*m = NULL;
	if (!end)
		return w->in.len <= WCP_MESSAGE_MAX ||
		       err_set(err, ERR_LIMIT, "Surfer: a message above %u bytes", WCP_MESSAGE_MAX);
	*m = json_parse(w->in.data, len, err);
	str_remove(&w->in, 0, len + 1);
	return *m || err_prefix(err, "Surfer");
}

/* False: nothing more will come. */
static bool receive(struct wcp *w, struct err *err)
{
	char piece[4096];
	ssize_t n = recv(w->fd, piece, sizeof(piece), MSG_DONTWAIT);

	if (n > 0) {
		str_add(&w->in, piece, (size_t)n);
		return task_rest(err);
	}
	if (n == 0 || (errno != EAGAIN && errno != EINTR))
		return err_set(err, ERR_TOOL, "Surfer closed its control connection");
	return task_sleep(w->loop, POLL_MS, err);
}

static cJSON *next_message(struct wcp *w, uint64_t until, struct err *err)
{
	cJSON *m = NULL;

	while (take_message(w, &m, err) && !m) {
		if (loop_now_ms(w->loop) > until) {
			err_set(err, ERR_TIMEOUT, "Surfer does not answer");
			return NULL;
		}
		if (!receive(w, err))
			return NULL;
	}
	return m;
}

static bool send_message(struct wcp *w, const struct str *text, struct err *err)
{
	ssize_t n = send(w->fd, str_cstr(text), text->len + 1, MSG_NOSIGNAL | MSG_DONTWAIT);

	return n == (ssize_t)text->len + 1 ||
	       err_set(err, ERR_TOOL, "Surfer takes no commands: %s",
		       n < 0 ? strerror(errno) : "it does not read them");
}

/* Reports Surfer's message in a sentence of ours. */
static bool said_no(const char *command, const cJSON *m, struct err *err)
{
	const char *text = json_string(m, "message");
	struct str shown = STR_LIMIT(400);
	bool ok;

	utf8_show(text ? text : "", text ? strlen(text) : 0, &shown);
	ok = err_set(err, ERR_TOOL, "Surfer refused %s: %.*s", command,
		     (int)strcspn(str_cstr(&shown), "\n"), str_cstr(&shown));
	str_free(&shown);
	return ok;
}

/* The answer; notes events that come before it. */
static cJSON *answer(struct wcp *w, const char *command, const char *type, struct err *err)
{
	uint64_t until = loop_now_ms(w->loop) + WCP_ANSWER_MS;
	cJSON *m;

	while ((m = next_message(w, until, err))) {
		if (json_is(m, "type", type))
			return m;
		w->loaded |= json_is(m, "type", "event") && json_is(m, "event", "waveforms_loaded");
		if (json_is(m, "type", "error")) {
			said_no(command, m, err);
			cJSON_Delete(m);
			return NULL;
		}
		cJSON_Delete(m);
	}
	return NULL;
}

/* The connection ---------------------------------------------------------------------- */

static bool greet(struct wcp *w, struct err *err)
{
	struct str text = STR_INIT;
	bool ok;

	str_adds(&text,
		 "{\"type\":\"greeting\",\"version\":\"0\",\"commands\":[\"waveforms_loaded\"]}");
	ok = send_message(w, &text, err) && (w->greeting = answer(w, "greeting", "greeting", err));
	str_free(&text);
	return ok &&
	       (json_is(w->greeting, "version", "0") ||
		err_set(err, ERR_TOOL, "Surfer speaks another version of its protocol than 0"));
}

struct wcp *wcp_open(struct loop *l, unsigned port, struct err *err)
{
	struct wcp *w = mem_zalloc(sizeof(*w));
	struct sockaddr_in at = { .sin_family = AF_INET,
				  .sin_port = htons((uint16_t)port),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	w->loop = l;
	w->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* On this machine it is accepted or refused at once. */
	if (w->fd < 0 || connect(w->fd, (struct sockaddr *)&at, sizeof(at)) < 0)
		err_set(err, errno == ECONNREFUSED ? ERR_NOT_FOUND : ERR_IO,
			"connect to Surfer at port %u: %s", port, strerror(errno));
	else if (greet(w, err))
		return w;
	wcp_close(w);
	return NULL;
}

void wcp_close(struct wcp *w)
{
	if (!w)
		return;
	if (w->fd >= 0)
		close(w->fd);
	cJSON_Delete(w->greeting);
	str_free(&w->in);
	free(w);
}

bool wcp_knows(const struct wcp *w, const char *command)
{
	const cJSON *c;

	cJSON_ArrayForEach(c, json_array(w->greeting, "commands"))
		if (cJSON_IsString(c) && strcmp(c->valuestring, command) == 0)
			return true;
	return false;
}

cJSON *wcp_ask(struct wcp *w, const char *command, const char *members, struct err *err)
{
	struct str text = STR_INIT;
	cJSON *m = NULL;

	w->loaded = false;
	str_addf(&text, "{\"type\":\"command\",\"command\":\"%s\"", command);
	str_adds(&text, members);
	str_addc(&text, '}');
	if (send_message(w, &text, err))
		m = answer(w, command, "response", err);
	str_free(&text);
	return m;
}

bool wcp_loaded(struct wcp *w, struct err *err)
{
	uint64_t until = loop_now_ms(w->loop) + LOAD_MS;
	cJSON *m = NULL;

	while (!w->loaded && (m = next_message(w, until, err))) {
		w->loaded = json_is(m, "type", "event") && json_is(m, "event", "waveforms_loaded");
		cJSON_Delete(m);
	}
	return w->loaded;
}
