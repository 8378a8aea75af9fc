/* The checks made in a turn so far, by tool. A new proposal drops them all: an earlier
 * lint says nothing about the new text. So `done` can show which claims are backed by a
 * check of the final text.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/toolbox/toolbox.h"

void tool_turn_fini(struct tool_turn *t)
{
	free(t->suggestions);
	strv_free(&t->checked);
	strv_free(&t->said);
	memset(t, 0, sizeof(*t));
}

void tool_turn_checked(struct tool_turn *t, const char *name, const char *said)
{
	for (size_t i = 0; i < t->checked.n; i++)
		if (strcmp(t->checked.v[i], name) == 0) {
			strv_drop(&t->checked, i);
			strv_drop(&t->said, i);
			break;
		}
	strv_add(&t->checked, name);
	strv_addn(&t->said, said, strcspn(said, "\n"));
}

void tool_turn_changed(struct tool_turn *t)
{
	t->changes++;
	strv_free(&t->checked);
	strv_free(&t->said);
}
