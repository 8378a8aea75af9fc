/* The link to a program: one message per line on its stdin and stdout. Its stderr goes
 * to the log, and the end of it into the sentence about how the program ended.
 */
#include "config.h"

#include "session/base/peer.h"

#include <stdlib.h>

#include "session/base/child.h"
#include "session/base/jsonrpc.h"
#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/peer_link.h"
#include "session/base/stderr_tail.h"
#include "session/base/str.h"

struct child_link {
	struct peer_link base;
	char *who;
	struct child *child; /* NULL: has ended */
	struct line_split split;
	struct stderr_tail words;
};

static void on_line(void *ctx, const char *line, size_t len)
{
	struct child_link *k = ctx;

	peer_receive(k->base.peer, line, len);
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct child_link *k = ctx;

	if (stream == 1) {
		line_split_feed(&k->split, data, len, on_line, k);
		return;
	}
	stderr_tail_add(&k->words, data, len);
	log_line("peer", "%s: %.*s", k->who, (int)len, data);
}

/* Reads a last line without a newline too: it may be a message. */
static void on_done(void *ctx, const struct child_result *r)
{
	struct child_link *k = ctx;
	struct str how = STR_INIT;

	line_split_end(&k->split, on_line, k);
	stderr_tail_print(&k->words, r, &how);
	k->child = NULL;
	peer_ended(k->base.peer, str_cstr(&how));
	str_free(&how);
}

static bool send_child(struct peer_link *base, const char *line, size_t len, struct err *err)
{
	struct child_link *k = (struct child_link *)base;

	return child_send(k->child, line, len, err);
}

static void end_child(struct peer_link *base, bool hard)
{
	struct child_link *k = (struct child_link *)base;

	if (!k->child)
		return;
	if (hard)
		child_kill(k->child);
	else
		child_hang_up(k->child);
}

static void free_child(struct peer_link *base)
{
	struct child_link *k = (struct child_link *)base;

	str_free(&k->split.part);
	stderr_tail_free(&k->words);
	free(k->who);
	free(k);
}

static int pid_child(const struct peer_link *base)
{
	const struct child_link *k = (const struct child_link *)base;

	return k->child ? child_pid(k->child) : 0;
}

static const struct peer_link_ops child_ops = {
	.send = send_child, .end = end_child, .free = free_child, .pid = pid_child
};

struct peer *peer_start(struct loop *l, const char *who, const struct child_spec *spec,
			const struct peer_events *ev, struct err *err)
{
	struct child_link *k = mem_zalloc(sizeof(*k));
	struct child_events to = { .out = on_out, .done = on_done, .ctx = k };
	struct child_spec own = *spec;

	own.talks = true;
	own.wall_ms = 0;
	own.output_limit = 0;
	k->base.ops = &child_ops;
	k->who = mem_strdup(who);
	k->split.limit = JSONRPC_LINE_MAX + 1;
	k->child = child_start(l, &own, &to, err);
	if (k->child)
		return peer_open(l, who, &k->base, ev);
	free_child(&k->base);
	err_prefix(err, "%s", who);
	return NULL;
}
