#include "config.h"

#include "session/journal/event_old.h"

#include <string.h>

#include "session/base/json.h"

static bool is(const cJSON *object, const char *name, const char *value)
{
	const char *s = json_string(object, name);

	return s && strcmp(s, value) == 0;
}

static cJSON *as(const cJSON *object, const char *type)
{
	cJSON *now = cJSON_Duplicate(object, true);

	cJSON_ReplaceItemInObjectCaseSensitive(now, "type", cJSON_CreateString(type));
	return now;
}

/* A pair of lines was split by a decision on it. */
static cJSON *split(const cJSON *object)
{
	cJSON *now = as(object, "split");

	cJSON_AddNumberToObject(now, "unit", json_number(object, "first", -1));
	return now;
}

bool event_old(const struct cJSON *object, struct cJSON **now, struct err *err)
{
	*now = NULL;
	if (is(object, "type", "decide") && is(object, "decision", "split"))
		*now = split(object);
	return true;
}
