/* find: listed and allowed like a flow. It asks no model, suggests nothing and is not
 * recorded; command/cmd_find.c implements it. */
#include "config.h"

#include "session/flow/flow_rows.h"

static const struct flow_step steps[] = {
	{ "graph", "modules, signals, who drives and reads them, of files that changed", 0, NULL },
	{ "answer", "where a name, a path or words are meant", 0, NULL },
	{ NULL, NULL, 0, NULL },
};

const struct flow_row flow_where = {
	.name = "find",
	.about = "where something of the design is, what drives, reads and resets it",
	.steps = steps,
};
