/* acp_update.h - updates from a working agent, as pieces of an answer. Pure.
 *
 * Handles both versions of the Agent Client Protocol. In 1, texts come in chunks, and a
 * tool is a call followed by updates; in 2, a whole message may replace the chunks sent
 * under its id, tools come as updates only, and a state says when the turn is over.
 * Unknown kinds are ignored, as the protocol requires.
 *
 * Messages become TEXT; thoughts, tools and the plan become REASONING, one line a step;
 * notices become NOTE.
 *
 * Source: the schemas of both versions in the npm package @agentclientprotocol/sdk
 * 2.4.0, agentclientprotocol.com.
 */
#ifndef POSEDGE_ACP_UPDATE_H
#define POSEDGE_ACP_UPDATE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/model/backend.h"

#define ACP_TOOLS_MAX 256u /* tools tracked in a turn; of later ones only the first line is shown */
#define ACP_SHOWN_MAX (64u << 10) /* bytes of announced changes in a turn */
#define ACP_TITLE_MAX 300u	  /* bytes of a tool's title, a plan's entry, a notice */

struct acp_tool {
	char *id, *title;
	bool ended;
	bool shown; /* its change was shown */
};

struct acp_turn { /* set up by acp_turn_init() */
	struct acp_tool *tools;
	size_t n_tools, cap_tools;
	char *message;	   /* id of the last message; NULL: none */
	struct str said;   /* text of that message so far, as shown */
	int last;	   /* kind of the last piece shown; -1: none yet */
	size_t changes;	   /* bytes of announced changes shown */
	bool open[2];	   /* TEXT, REASONING: the last text shown does not end in LF */
	struct usage used; /* tokens */
	size_t window;	   /* the model's context in tokens; 0: not reported */
	double cost;
	char currency[8]; /* "": no cost reported */
	/* version 2: the prompt was answered; an earlier end belongs to another turn */
	bool accepted;
	bool running; /* version 2 */
	bool idle;    /* version 2: the turn is over */
	char *stop;   /* version 2: the reason; NULL: none given */
	char *error;  /* version 2: the error; NULL: none */
};

void acp_turn_init(struct acp_turn *t);
void acp_turn_fini(struct acp_turn *t);

/* Handles params.update of one session/update; show receives the pieces. */
void acp_update(struct acp_turn *t, const cJSON *update, piece_fn *show, void *ctx);

/* Shows a line for a step, as for a tool. */
void acp_say_step(struct acp_turn *t, const char *what, const char *title, piece_fn *show,
		  void *ctx);

/* Shows what a tool call would change, or where, unless its change was shown before.
 * Also for a request for permission. */
void acp_say_change(struct acp_turn *t, const cJSON *call, piece_fn *show, void *ctx);

/* From a stop reason of either version; NULL: none was given. */
enum finish_reason acp_finish(const char *stop);

#endif
