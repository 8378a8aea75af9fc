/* acp_form.h - a form of an agent, put to the person while its turn runs. One at a time. */
#ifndef POSEDGE_ACP_FORM_H
#define POSEDGE_ACP_FORM_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#include "session/base/task.h"

struct loop;
struct peer;

struct acp_person { /* who can be asked, in a turn */
	/* As in struct prompt; NULL: nobody. */
	cJSON *(*form)(void *ctx, const char *from, const cJSON *params);
	void *ctx;
	const char *from; /* who asks: "backend NAME" */
};

struct acp_form { /* loop set, the rest { 0 }: none is open */
	struct loop *loop;
	struct peer *peer;
	const struct acp_person *person;
	struct task *task;
	struct task_queue over;
};

/* On a request "elicitation/create": begins to ask, and answers it when that is over. False:
 * it is declined, or cancelled because one is open. person: borrowed until the form is over. */
bool acp_form_begin(struct acp_form *f, const struct acp_person *person, struct peer *p,
		    const cJSON *id, const cJSON *params);

/* Takes it from the person; it is answered soon. */
void acp_form_cancel(struct acp_form *f);

/* The same, and waits until it is answered; in a task. */
void acp_form_end(struct acp_form *f);

#endif
