/* Variables of project descriptions, by name. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"

#define MAX_VALUES 20000

static bool vars_find(const struct manifest_vars *v, const char *name, size_t len, size_t *i)
{
	for (*i = 0; *i < v->names.n; (*i)++)
		if (strncmp(v->names.v[*i], name, len) == 0 && v->names.v[*i][len] == '\0')
			return true;
	return false;
}

const char *vars_get(const struct manifest_vars *v, const char *name, size_t len)
{
	size_t i;

	return vars_find(v, name, len, &i) ? v->values.v[i] : NULL;
}

void vars_set(struct manifest_vars *v, const char *name, const char *value)
{
	size_t i;
	char *copy = mem_strdup(value); /* value may point into v */

	if (vars_find(v, name, strlen(name), &i)) {
		free(v->values.v[i]);
		v->values.v[i] = copy;
	} else if (v->names.n < MAX_VALUES) {
		strv_add(&v->names, name);
		strv_give(&v->values, copy);
	} else {
		free(copy);
	}
}

void vars_fini(struct manifest_vars *v)
{
	strv_free(&v->names);
	strv_free(&v->values);
}
