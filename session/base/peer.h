/* peer.h - another program that is talked to in JSON-RPC, one message a line,
 * over its stdin and stdout. Its stderr goes to the log.
 *
 * Owns the child. A call waits in its task; several tasks may call at a time.
 * Requests and notifications of the other side come as callbacks from the loop.
 * A line that is no message is let pass, logged, and told in the sentence when
 * the program fails later (many print a greeting there); PEER_RUBBISH_MAX of
 * them, PEER_UNASKED_MAX answers to nothing, or a line above JSONRPC_LINE_MAX,
 * end it. What it sends is not limited in all: each message is dealt with and
 * forgotten.
 *
 * Knows no method. Whatever starts the child decides where it runs: argv may
 * be a sandbox's.
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
#define PEER_UNASKED_MAX 1000u /* answers to nothing; late ones are few */

/* From the loop, never from inside a call; what they get is borrowed for the
 * call. Either may be NULL: requests are refused then, notifications ignored. */
struct peer_events {
	/* To be answered with peer_answer() or peer_refuse(), now or later; for
	 * later, copy the id. */
	void (*request)(void *ctx, struct peer *p, const cJSON *id, const char *method,
			const cJSON *params);
	void (*notification)(void *ctx, struct peer *p, const char *method, const cJSON *params);
	void *ctx;
};

/* who: begins each sentence about it: "backend claude: npx". spec: argv, cwd,
 * env, pass_fd, yields count. NULL: it could not be started. */
struct peer *peer_start(struct loop *l, const char *who, const struct child_spec *spec,
			const struct peer_events *ev, struct err *err);

/* Ends the program with all it started, and waits for that: in a task, or
 * where the loop may turn. No call may be under way. NULL is fine. */
void peer_close(struct peer *p);

bool peer_alive(const struct peer *p);
int peer_pid(const struct peer *p); /* 0: it has ended */

/* How long an answer is waited for; { 0 }: for ever. */
struct peer_wait {
	uint64_t quiet_ms; /* without any message of the other side */
	uint64_t wall_ms;  /* in all */
	/* When the task is cancelled this is called once, with the id of the
	 * request, and the answer is waited for up to grace_ms more. NULL: the
	 * wait ends at once. */
	void (*cancel)(void *ctx, struct peer *p, double id);
	uint64_t grace_ms;
	/* Called in the task whenever it is woken meanwhile (task_wake()), to deal
	 * with what came. It does not wait. False: as if the task were cancelled.
	 * NULL: nothing. */
	bool (*meanwhile)(void *ctx);
	/* From the loop, as soon as the answer is there (no error), before what stands
	 * behind it is read. NULL: nothing. */
	void (*answered)(void *ctx, const cJSON *result);
	void *ctx;
};

/* In a task: sends a request and waits for its answer, which the caller frees.
 * params is taken over; NULL: none. NULL: ERR_TIMEOUT, ERR_CANCELLED (also when
 * an answer came in the grace), ERR_LIMIT, ERR_TOOL when the program ended, was
 * ended, or answered with an error; then *code (may be NULL) is the error's,
 * else 0. A late answer is ignored. */
cJSON *peer_call(struct peer *p, const char *method, cJSON *params, const struct peer_wait *wait,
		 int *code, struct err *err);

/* In a task: the same wait for something else that a notification brings: until
 * *done. cancel gets the id 0. */
bool peer_wait_until(struct peer *p, const bool *done, const struct peer_wait *wait,
		     struct err *err);

/* params, result are taken over; NULL: none. A program that has ended hears
 * nothing: the next call tells. */
void peer_tell(struct peer *p, const char *method, cJSON *params);
void peer_answer(struct peer *p, const cJSON *id, cJSON *result);
void peer_refuse(struct peer *p, const cJSON *id, int code, const char *text);

/* While a person is asked on its behalf, nothing is missed: the clock of
 * quiet_ms starts anew. */
void peer_excuse(struct peer *p);

/* Ends it for a reason of the caller's, which calls under way fail with. */
void peer_fail(struct peer *p, enum err_code code, const char *why);

#endif
