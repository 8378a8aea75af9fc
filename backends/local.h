/* local.h - model servers on this machine, on the ports where they usually are.
 *
 * Only what shows by an exact sign of its own what it is counts: such ports
 * often belong to something else. No key is sent and nothing is asked of a
 * model. Nothing that is found is used by itself.
 */
#ifndef POSEDGE_LOCAL_H
#define POSEDGE_LOCAL_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

struct local_server {	  /* a place to look at */
	const char *name; /* of the program and, for `backend add`, of the backend */
	int port;
	enum local_kind { LOCAL_OLLAMA, LOCAL_LLAMA, LOCAL_LM_STUDIO, LOCAL_VLLM } kind;
};

/* In a task. Adds two lines for each that answers: what it is and in which
 * state, and the line that adds it. Takes at most two seconds for each place. */
bool local_find(struct loop *l, const struct local_server *places, size_t n, struct strv *out,
		struct err *err);

/* The usual places. */
bool local_find_usual(struct loop *l, struct strv *out, struct err *err);

#endif
