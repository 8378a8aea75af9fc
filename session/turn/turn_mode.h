/* turn_mode.h - which tools a question has, and what the model is told of them.
 *
 * Three things decide: the mode (ask: none, assist: all, read: those that only
 * look), whether the backend's protocol can offer tools at all, and what the
 * person says of that backend: `tools=` after it, else the option tools.
 */
#ifndef POSEDGE_TURN_MODE_H
#define POSEDGE_TURN_MODE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/ask/flow_ask.h"
#include "session/base/str.h"
#include "session/model/prompt.h"

struct backend_entry;
struct options;
struct tool_use;
struct workbench;

enum turn_tools {
	TURN_TOOLS_OFF,
	TURN_TOOLS_CALLS, /* as the protocol has them */
	TURN_TOOLS_TEXT,  /* as blocks in the text, see text_call.h */
};

/* Of a question to that backend now, and what it would have if its server never refused
 * them (no_tools.h). e may be NULL: none. */
enum turn_tools turn_tools_of(const struct workbench *w, const struct backend_entry *e);
enum turn_tools turn_tools_wanted(const struct workbench *w, const struct backend_entry *e);

/* The effects that the mode allows. */
unsigned turn_effects(const struct options *options);

struct turn_offer {
	struct ask_offer offer;	   /* for a request */
	struct prompt_tool *tools; /* their texts are the toolbox's, copied: it may change */
	size_t n;
	struct strv texts;
	struct str rules;
};

/* What a question to that backend would be offered now; *given: NULL when it is nothing,
 * else what to put into its request. In a task: servers that bring tools are asked. */
bool turn_offer_next(struct workbench *w, const char *backend, bool fix, struct turn_offer *o,
		     const struct ask_offer **given, struct err *err);

void turn_offer_fini(struct turn_offer *o);

#endif
