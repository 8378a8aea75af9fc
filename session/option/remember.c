/* Small facts about a project that only save time or a question, in one JSON file.
 * A missing or damaged file counts as empty, and a failed write is ignored: nothing
 * depends on it.
 */
#include "config.h"

#include "session/option/remember.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"

#define MAX_BYTES (64u << 10)

static char *file_of(const char *root)
{
	return str_fmt("%s/.posedge/remembered.json", root);
}

static cJSON *load(const char *path)
{
	struct str text = STR_INIT;
	cJSON *o = file_read(path, MAX_BYTES, &text, NULL) ? json_parse(text.data, text.len, NULL)
							   : NULL;

	str_free(&text);
	if (!cJSON_IsObject(o)) {
		cJSON_Delete(o);
		o = NULL;
	}
	return o;
}

char *remember_get(const char *root, const char *name)
{
	char *path = file_of(root);
	cJSON *o = load(path);
	char *value = mem_strdup(json_string(o, name));

	cJSON_Delete(o);
	free(path);
	return value;
}

/* Skips unchanged values: every changed file has to be synced to disk some time. */
static bool is_known(const cJSON *o, const struct remembered *v)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(o, v->name);

	return cJSON_IsString(item) && strcmp(item->valuestring, v->value) == 0;
}

void remember_set_all(const char *root, const struct remembered *v, size_t n)
{
	char *path = file_of(root);
	cJSON *o = load(path);
	struct str text = STR_INIT;
	bool new = !o;

	for (size_t i = 0; i < n; i++)
		new = new || !is_known(o, &v[i]);
	if (!o)
		o = cJSON_CreateObject();
	for (size_t i = 0; new &&i < n; i++) {
		cJSON_DeleteItemFromObjectCaseSensitive(o, v[i].name);
		cJSON_AddStringToObject(o, v[i].name, v[i].value);
	}
	if (new) {
		json_print(&text, o);
		file_put(path, text.data, text.len, 0600, NULL);
	}
	str_free(&text);
	cJSON_Delete(o);
	free(path);
}

void remember_set(const char *root, const char *name, const char *value)
{
	remember_set_all(root, &(struct remembered){ name, value }, 1);
}
