/* peer.h - another program that speaks JSON-RPC: over its stdin and stdout, one
 * message per line, or over another link (peer_link.h). A child's stderr goes to the
 * log.
 *
 * Owns the link. A call blocks its task; several tasks may call at a time.
 * Requests and notifications from the other side arrive as callbacks from the loop.
 * A line that is not a message is skipped, logged, and quoted in the error if the
 * program fails later (many programs print a greeting). If at least its id can be read,
 * the call with that id fails, or the request is refused. The program is ended after
 * PEER_RUBBISH_MAX such lines, after PEER_UNASKED_MAX answers that match no call,
 * or on a line above JSONRPC_LINE_MAX. The total it sends is not limited: each
 * message is handled and forgotten.
 *
 * Knows no method. The caller decides where the child runs: argv may be that of a
 * sandbox.
 */
#ifndef POSEDGE_PEER_H
#define POSEDGE_PEER_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct child_spec;
struct loop;
struct peer;

#define PEER_RUBBISH_MAX 200u
#define PEER_UNASKED_MAX 1000u /* answers without a call; late ones are rare */

/* Called from the loop, never from inside a call; arguments are borrowed for the
 * call. Either may be NULL: requests are then refused, notifications ignored. */
struct peer_events {
	/* Answer with peer_answer() or peer_refuse(), now or later; to answer
	 * later, copy the id. */
	void (*request)(void *ctx, struct peer *p, const cJSON *id, const char *method,
			const cJSON *params);
	void (*notification)(void *ctx, struct peer *p, const char *method, const cJSON *params);
	void *ctx;
};

/* who begins each error sentence: "backend claude: npx". Only argv, cwd, env,
 * pass_fd, yields and grace_ms of spec are used. NULL when it could not be
 * started. */
struct peer *peer_start(struct loop *l, const char *who, const struct child_spec *spec,
			const struct peer_events *ev, struct err *err);

/* Closes the program's stdin and ends it grace_ms later, with everything it started; does
 * not wait for that. No call may be in progress. To end several together, hang up on all,
 * then close each. */
void peer_hang_up(struct peer *p);

/* Hangs up, waits for the end, and frees p. Call it from a task, or where the loop may
 * turn. NULL is fine. */
void peer_close(struct peer *p);

bool peer_alive(const struct peer *p);
int peer_pid(const struct peer *p); /* 0 once it has ended */

/* How long to wait for an answer; { 0 }: for ever. */
struct peer_wait {
	uint64_t quiet_ms; /* since the last message from the other side */
	uint64_t wall_ms;  /* in all */
	/* Called once when the task is cancelled, with the id of the request; then
	 * the answer is waited for up to grace_ms more. NULL: the wait ends at
	 * once. */
	void (*cancel)(void *ctx, struct peer *p, double id);
	uint64_t grace_ms;
	/* Called in the task whenever it is woken by task_wake() during the wait,
	 * to handle what arrived. Must not wait. False ends the wait as if the task
	 * were cancelled. May be NULL. */
	bool (*meanwhile)(void *ctx);
	/* Called from the loop as soon as the answer (not an error) is read, before
	 * later messages are. May be NULL. */
	void (*answered)(void *ctx, const cJSON *result);
	void *ctx;
};

/* In a task: sends a request and waits for its answer, which the caller frees.
 * Takes over params; NULL: none. NULL on failure: ERR_TIMEOUT; ERR_CANCELLED, even
 * if an answer came within the grace; ERR_LIMIT; ERR_TOOL when the program ended,
 * was ended, or answered with an error. *code (may be NULL) is that error's code,
 * otherwise 0. A late answer is ignored. */
cJSON *peer_call(struct peer *p, const char *method, cJSON *params, const struct peer_wait *wait,
		 int *code, struct err *err);

/* In a task: waits in the same way until *done, which a notification sets. cancel
 * gets the id 0. */
bool peer_wait_until(struct peer *p, const bool *done, const struct peer_wait *wait,
		     struct err *err);

/* Take over params and result; NULL: none. If the program has ended nothing is
 * sent; the next call reports that. */
void peer_notify(struct peer *p, const char *method, cJSON *params);
void peer_answer(struct peer *p, const cJSON *id, cJSON *result);
void peer_refuse(struct peer *p, const cJSON *id, const char *text); /* JSONRPC_METHOD */

/* Restarts the clock of quiet_ms, for example while the user is asked on its
 * behalf. */
void peer_restart_timeout(struct peer *p);

/* Ends the program; calls in progress fail with this reason. */
void peer_fail(struct peer *p, enum err_code code, const char *why);

#endif
