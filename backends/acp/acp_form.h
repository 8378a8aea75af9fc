/* acp_form.h - shows the person a form from the agent while its turn runs. One at a time. */
#ifndef POSEDGE_ACP_FORM_H
#define POSEDGE_ACP_FORM_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/task.h"

struct loop;
struct peer;

struct acp_person { /* who can be asked during a turn */
	/* As in struct prompt; NULL: nobody. */
	cJSON *(*form)(void *ctx, const char *from, const cJSON *params);
	void *ctx;
	const char *from; /* shown as the asker: "backend NAME" */
};

struct acp_form { /* set loop, zero the rest */
	struct loop *loop;
	struct peer *peer;
	const struct acp_person *person;
	struct task *task;
	struct task_queue over;
};

/* On a request "elicitation/create": starts to ask, and answers the request when the
 * person is done. False: answered at once, declined or, if a form is open, cancelled.
 * person is borrowed until the form is closed. */
bool acp_form_begin(struct acp_form *f, const struct acp_person *person, struct peer *p,
		    const cJSON *id, const cJSON *params);

/* Closes the person's form; the request is answered soon after. */
void acp_form_cancel(struct acp_form *f);

/* The same, and waits for the answer to be sent; in a task. */
void acp_form_end(struct acp_form *f);

#endif
