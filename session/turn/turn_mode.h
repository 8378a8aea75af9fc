/* turn_mode.h - which tools a question has, and what the model is told of them.
 *
 * Three things decide: the mode (ask: none, assist: all, read: those that only
 * look), whether the backend's protocol can offer tools at all, and what the
 * person says of that backend: `tools=` behind it, else the option tools.
 */
#ifndef POSEDGE_TURN_MODE_H
#define POSEDGE_TURN_MODE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/model/prompt.h"
#include "session/base/str.h"

struct backend_entry;
struct tool_use;
struct workbench;

enum turn_tools {
	TURN_TOOLS_OFF,
	TURN_TOOLS_CALLS, /* as the protocol has them */
	TURN_TOOLS_TEXT,  /* as blocks in the text, see text_call.h */
};

/* Of a question to that backend now. */
enum turn_tools turn_tools_of(const struct workbench *w, const struct backend_entry *e);

/* The effects that the mode allows. */
unsigned turn_effects(const struct workbench *w);

struct turn_offer {
	struct prompt_tool *tools; /* their texts are the toolbox's, copied: it may change */
	size_t n;
	struct strv texts;
	struct str rules;
};

void turn_offer_init(struct turn_offer *o, const struct tool_use *u, enum turn_tools how);
void turn_offer_fini(struct turn_offer *o);

#endif
