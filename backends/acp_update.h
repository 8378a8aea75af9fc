/* acp_update.h - what an agent tells while it works, as pieces of an answer. Pure.
 *
 * Both versions of the Agent Client Protocol: in 1 texts come in chunks and a
 * tool is a call and its updates; in 2 there are chunks and whole messages that
 * stand for what was sent so far under their id, tools are told by updates
 * alone, and a state says when the turn is over. Kinds that are not known are
 * ignored, as the protocol wants it.
 *
 * What the agent says is TEXT; its thoughts, its tools and its plan are
 * REASONING, a line for each step; notices are NOTE.
 *
 * Source: the schemas of both versions in the npm package
 * @agentclientprotocol/sdk 2.4.0, agentclientprotocol.com.
 */
#ifndef POSEDGE_ACP_UPDATE_H
#define POSEDGE_ACP_UPDATE_H

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/model/backend.h"

#define ACP_TOOLS_MAX 256u /* of a turn, told apart; of later ones only the beginning is shown */
#define ACP_SHOWN_MAX (64u << 10) /* bytes of what calls would change, in a turn */
#define ACP_TITLE_MAX 300u	  /* bytes of a tool's title, a plan's entry, a notice */

struct acp_tool {
	char *id, *title;
	bool ended;
	bool shown; /* what it would change */
};

struct acp_turn { /* { 0 }: nothing was told yet */
	struct acp_tool *tools;
	size_t n_tools, cap_tools;
	char *message;	   /* the id of the last message; NULL: none */
	struct str said;   /* all of that message, as it was shown */
	int last;	   /* the piece kind that was shown last; -1: none yet */
	size_t changes;	   /* bytes that were shown of what calls would change */
	bool open[2];	   /* TEXT, REASONING: what was shown of it ends in no LF */
	struct usage used; /* tokens */
	size_t window;	   /* tokens of the model's context; 0: not told */
	double cost;
	char currency[8]; /* "": no cost was told */
	bool accepted;	  /* version 2: the prompt was answered; an end before is another turn's */
	bool running;	  /* version 2 */
	bool idle;	  /* version 2: the turn is over */
	char *stop;	  /* version 2: why; NULL: it does not say */
	char *error;	  /* version 2: what failed; NULL: nothing */
};

void acp_turn_init(struct acp_turn *t);
void acp_turn_fini(struct acp_turn *t);

/* One session/update's params.update. show: gets the pieces. */
void acp_update(struct acp_turn *t, const cJSON *update, piece_fn *show, void *ctx);

/* A line of what goes on, as for a tool. */
void acp_say_step(struct acp_turn *t, const char *what, const char *title, piece_fn *show,
		  void *ctx);

/* What a call of a tool would change, or where, unless that was shown of it before; when a
 * permission is asked for, too. */
void acp_say_change(struct acp_turn *t, const cJSON *call, piece_fn *show, void *ctx);

/* From a stop reason of either version; NULL: none was told. */
enum finish_reason acp_finish(const char *stop);

#endif
