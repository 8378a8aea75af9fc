/* Variables of project descriptions, by name. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

#define MAX_VALUES 20000

const char *vars_get(const struct manifest_vars *v, const char *name, size_t len)
{
	size_t i;

	return name_map_get(&v->places, name, len, &i) ? v->values.v[i] : NULL;
}

void vars_set(struct manifest_vars *v, const char *name, const char *value)
{
	size_t i;
	char *copy = mem_strdup(value); /* value may point into v */

	if (name_map_get(&v->places, name, strlen(name), &i)) {
		free(v->values.v[i]);
		v->values.v[i] = copy;
	} else if (v->names.n < MAX_VALUES) {
		strv_add(&v->names, name);
		strv_give(&v->values, copy);
		name_map_put(&v->places, v->names.v[v->names.n - 1], strlen(name), v->names.n - 1);
	} else {
		free(copy);
	}
}

void vars_fini(struct manifest_vars *v)
{
	name_map_fini(&v->places);
	strv_free(&v->names);
	strv_free(&v->values);
}
