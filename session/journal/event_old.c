/* Converts events of earlier journal versions. A rename used to be two edits whose
 * `by` was `suggestion 12 moved 12b 1u`; their connection cannot be recovered, so
 * they stay an edit and a removal that are undone one by one.
 */
#include "config.h"

#include "session/journal/event_old.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"

static cJSON *as(const cJSON *object, const char *type)
{
	cJSON *now = cJSON_Duplicate(object, true);

	cJSON_ReplaceItemInObjectCaseSensitive(now, "type", cJSON_CreateString(type));
	return now;
}

/* A decision on a replaced line used to split it. */
static cJSON *split(const cJSON *object)
{
	cJSON *now = as(object, "split");

	cJSON_AddNumberToObject(now, "unit", json_number(object, "first", -1));
	return now;
}

/* An edit by "suggestion 12"; with " gone" appended it was a removal. "suggestion
 * 12 moved 3b 1u" was the edit that added a renamed file's text, and a separate
 * edit removed the old file. Neither names the other, so they become an edit and a
 * removal, undone one by one. */
static cJSON *edit(const cJSON *object)
{
	static const char of[] = "suggestion ";
	const char *by = json_string(object, "by");
	bool gone = by && str_ends(by, " gone");
	cJSON *now;

	if (!by || !str_starts(by, of))
		return NULL;
	now = as(object, gone ? "remove" : "edit");
	cJSON_DeleteItemFromObjectCaseSensitive(now, "by");
	cJSON_AddNumberToObject(now, gone ? "suggestion" : "by",
				(double)strtoull(by + strlen(of), NULL, 10));
	return now;
}

cJSON *event_old(const cJSON *object)
{
	if (json_is(object, "type", "decide") && json_is(object, "decision", "split"))
		return split(object);
	return json_is(object, "type", "edit") ? edit(object) : NULL;
}
