/* Bender.yml, the package description of the PULP platform.
 *
 *   sources:                      strings, and groups within groups
 *     - src/a_pkg.sv
 *     - target: any(simulation, test)
 *       include_dirs: [include]
 *       defines: { WIDTH: 4 }
 *       files: [tb/a_tb.sv]
 *
 * A group whose target holds for linting the design belongs to the design; one
 * that only holds for a simulation is for tests; one for a board or another tool
 * is left out. A dependency is included if its path is inside the project.
 * Source: pulp-platform.github.io/bender, "Manifest", "Sources", "Targets".
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

#define MAX_DEPTH 16 /* nesting of expressions and of groups */

/* Targets ----------------------------------------------------------------------------- */

static bool target_is_on(const char *name, size_t len, bool test)
{
	static const char *const names[] = { "*", "rtl", "verilator", "simulation", "test", "tb" };

	for (size_t i = 0; i < (test ? 6 : 3); i++)
		if (strlen(names[i]) == len && strncasecmp(names[i], name, len) == 0)
			return true;
	return false;
}

static bool holds(const char **p, bool test, int depth);

/* Evaluates `(a, b)` after `all`, `any` or `not`, or after none of them. */
static bool operands(const char **p, char form, bool test, int depth)
{
	bool all = true, any = false;

	while (**p && **p != ')') {
		bool one = holds(p, test, depth + 1);

		all = all && one;
		any = any || one;
		*p += strspn(*p, " \t\n");
		if (**p == ',')
			++*p;
		else if (**p && **p != ')')
			++*p; /* syntax error: skip it */
	}
	*p += **p == ')';
	return form == 'n' ? !any : form == 'o' ? any : all;
}

static bool holds(const char **p, bool test, int depth)
{
	const char *name;
	size_t n;

	*p += strspn(*p, " \t\n");
	name = *p;
	n = strcspn(name, "(), \t\n");
	*p += n;
	*p += strspn(*p, " \t\n");
	if (**p != '(' || depth > MAX_DEPTH)
		return n > 0 && target_is_on(name, n, test);
	++*p;
	return operands(p,
			n == 3 && strncasecmp(name, "not", 3) == 0   ? 'n'
			: n == 3 && strncasecmp(name, "any", 3) == 0 ? 'o'
								     : 'a',
			test, depth);
}

static bool target_holds(const char *text, bool test)
{
	return holds(&text, test, 0);
}

/* Groups ---------------------------------------------------------------------------------- */

static void add_dirs(struct reading *r, const cJSON *dirs)
{
	const cJSON *d;

	cJSON_ArrayForEach(d, (cJSON_IsArray(dirs) ? dirs : NULL)) {
		const char *name = cJSON_IsString(d) ? d->valuestring : json_string(d, "dir");

		if (name)
			reading_add_include(r, name);
	}
}

static void add_defines(struct reading *r, const cJSON *defines)
{
	const cJSON *d;

	cJSON_ArrayForEach(d, (cJSON_IsObject(defines) ? defines : NULL)) {
		const char *v =
			cJSON_IsString(d) && strcmp(d->valuestring, "~") != 0 ? d->valuestring : "";
		char *both = v[0] ? str_fmt("%s=%s", d->string, v) : mem_strdup(d->string);

		reading_add_define(r, both, strlen(both));
		free(both);
	}
}

static void add_sources(struct reading *r, const cJSON *sources, int depth)
{
	const cJSON *s;

	cJSON_ArrayForEach(s, (cJSON_IsArray(sources) ? sources : NULL)) {
		const char *target = json_string(s, "target");
		bool was = r->test;

		if (cJSON_IsString(s)) {
			reading_add(r, s->valuestring, reading_role(s->valuestring));
			continue;
		}
		if (target && !target_holds(target, false)) {
			if (!target_holds(target, true)) {
				reading_note(r,
					     "the sources for %s are not taken: for a board or "
					     "another tool",
					     target);
				continue;
			}
			r->test = true;
		}
		add_dirs(r, json_get(s, "include_dirs"));
		if (!r->test)
			add_defines(r, json_get(s, "defines"));
		if (depth < MAX_DEPTH)
			add_sources(r, json_get(s, "files"), depth + 1);
		r->test = was;
	}
}

/* Includes dependencies given by path; others would be fetched by Bender. */
static void add_needed(struct reading *r, const cJSON *needed)
{
	const cJSON *d;

	cJSON_ArrayForEach(d, (cJSON_IsObject(needed) ? needed : NULL)) {
		const char *path = json_string(d, "path");
		char *name = path ? str_fmt("%s/Bender.yml", path) : NULL,
		     *found = name ? reading_file(r, name) : NULL;

		if (found)
			reading_include(r, found, MANIFEST_BENDER, NULL);
		else if (!path)
			reading_note(r, "it needs the package %s, which Bender fetches", d->string);
		free(found);
		free(name);
	}
}

bool manifest_read_bender(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *all = yaml_parse(text, len, err);

	if (!all)
		return err_prefix(err, "%s", r->path);
	reading_from_folder(r);
	add_needed(r, json_get(all, "dependencies"));
	add_dirs(r, json_get(all, "export_include_dirs"));
	add_sources(r, json_get(all, "sources"), 0);
	cJSON_Delete(all);
	return true;
}
