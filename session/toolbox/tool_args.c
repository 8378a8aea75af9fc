/* Checked arguments of a tool call. A model wrote them, so each has a type and a range,
 * and a path must not be hidden: `.posedge`, `.git` and `.env` are not part of a
 * design.
 */
#include "config.h"

#include "session/toolbox/tool_args.h"

#include "session/base/json.h"
#include "session/base/path.h"
#include "session/manifest/tree.h"

bool arg_text(const cJSON *args, const char *name, bool needed, const char **value, struct err *err)
{
	const cJSON *v = json_get(args, name);

	*value = cJSON_IsString(v) ? v->valuestring : NULL;
	if (v && !cJSON_IsNull(v) && !*value)
		return err_set(err, ERR_USAGE, "\"%s\" must be a string", name);
	return *value || !needed || err_set(err, ERR_USAGE, "\"%s\" is missing", name);
}

bool arg_number(const cJSON *args, const char *name, uint64_t least, uint64_t most,
		uint64_t otherwise, uint64_t *value, struct err *err)
{
	const cJSON *v = json_get(args, name);
	unsigned long long n = json_uint(args, name, UINT64_MAX);

	*value = v && !cJSON_IsNull(v) ? n : otherwise;
	if (!v || cJSON_IsNull(v) || (n != UINT64_MAX && n >= least && n <= most))
		return true;
	return err_set(err, ERR_USAGE, "\"%s\" must be a whole number from %llu to %llu", name,
		       (unsigned long long)least, (unsigned long long)most);
}

bool arg_path(const char *root, const cJSON *args, char **rel, struct err *err)
{
	const char *path;

	*rel = NULL;
	if (!arg_text(args, "path", true, &path, err) || !tree_name(root, path, rel, err))
		return false;
	return !path_is_hidden(*rel) ||
	       err_set(err, ERR_USAGE, "%s: hidden files are not part of the design", *rel);
}
