/* peer_link.h - what carries the messages of a peer: a channel to the other side.
 *
 * A variant is a private struct with `struct peer_link` first and a table of functions:
 * peer_child.c (a program's stdin and stdout), backends/hosted/mcp_http.c (requests to
 * a URL). The peer matches answers to calls and owns the link; the link knows how
 * messages travel, and of their content only what its way of travelling needs.
 *
 * All functions are called from the loop or a task, and none of them waits.
 */
#ifndef POSEDGE_PEER_LINK_H
#define POSEDGE_PEER_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct loop;
struct peer;
struct peer_events;
struct peer_link;

struct peer_link_ops {
	/* Sends one message: a line with its LF, borrowed. False: ERR_LIMIT, the other
	 * side takes nothing any more; the peer then ends it. peer_call_failed() or
	 * peer_ended() reports any other failure. */
	bool (*send)(struct peer_link *k, const char *line, size_t len, struct err *err);
	/* The call with this id is over: answered, failed, or not waited for. NULL: does
	 * not matter here. */
	void (*over)(struct peer_link *k, double id);
	/* Begins the end; peer_ended() follows later, never from inside. hard: the other
	 * side misbehaved, so it gets no time. */
	void (*end)(struct peer_link *k, bool hard);
	void (*free)(struct peer_link *k);     /* after peer_ended() */
	int (*pid)(const struct peer_link *k); /* NULL: it has none */
};

struct peer_link {
	const struct peer_link_ops *ops;
	struct peer *peer; /* set by peer_open() */
};

/* Takes ownership of k, which must not receive anything before this returns. who
 * begins each error sentence. */
struct peer *peer_open(struct loop *l, const char *who, struct peer_link *k,
		       const struct peer_events *ev);

/* The link calls these. A message may have line feeds between its tokens. */
void peer_receive(struct peer *p, const char *message, size_t len);
/* This call will get no answer; the others go on. why is a sentence without who. */
void peer_call_failed(struct peer *p, double id, const struct err *why);
/* Nothing comes any more, for this reason, in words that follow who: "exited with
 * status 1". */
void peer_ended(struct peer *p, const char *how);

#endif
