/* local.h - finds model servers on the usual ports of this machine.
 *
 * A server is reported only if a response identifies it for certain: such ports often
 * belong to something else. No key is sent and no model is asked. Nothing found is used
 * automatically.
 */
#ifndef POSEDGE_LOCAL_H
#define POSEDGE_LOCAL_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct loop;

struct local_server {	  /* a port to probe */
	const char *name; /* of the program, and of the backend in `backend add` */
	int port;
	enum local_kind { LOCAL_OLLAMA, LOCAL_LLAMA, LOCAL_LM_STUDIO, LOCAL_VLLM } kind;
};

/* In a task. Adds two lines for each server that answers: its name and state, and the
 * command that adds it. Takes at most two seconds for each place. */
bool local_find(struct loop *l, const struct local_server *places, size_t n, struct strv *out,
		struct err *err);

/* The same for the usual ports. */
bool local_find_usual(struct loop *l, struct strv *out, struct err *err);

#endif
