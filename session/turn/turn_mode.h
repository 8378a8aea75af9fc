/* turn_mode.h - the tools of a question, and the rules for the model about them.
 *
 * Three things decide: the mode (ask: none, assist: all, read: those that only read),
 * the ability of the backend's protocol, and the user's setting: `tools=` of the
 * backend, else the option tools.
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
struct workbench;

enum turn_tools {
	TURN_TOOLS_OFF,
	TURN_TOOLS_CALLS, /* by the protocol */
	TURN_TOOLS_TEXT,  /* as blocks of text, see text_call.h */
};

/* turn_tools_of(): for a question to that backend now. turn_tools_wanted(): the
 * same, ignoring that its server refused tools (no_tools.h). e NULL: none. */
enum turn_tools turn_tools_of(const struct workbench *w, const struct backend_entry *e);
enum turn_tools turn_tools_wanted(const struct workbench *w, const struct backend_entry *e);

/* Effects allowed by the mode. */
unsigned turn_effects(const struct options *options);

struct turn_offer {
	struct ask_offer offer;	   /* goes into a request */
	struct prompt_tool *tools; /* their strings are copied, as the toolbox may change */
	size_t n;
	struct strv texts;
	struct str rules;
};

/* What a question to that backend would be offered now; *given is NULL for nothing,
 * else what to put into its request. Call in a task: queries the servers that bring
 * tools. */
bool turn_offer_next(struct workbench *w, const char *backend, bool fix, struct turn_offer *o,
		     const struct ask_offer **given, struct err *err);

void turn_offer_fini(struct turn_offer *o);

#endif
