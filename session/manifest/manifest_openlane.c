/* OpenLane's configuration of a design: config.json, config.yaml, and the array
 * `env` that a config.tcl sets.
 *
 * The variables have the same names in all three, so there is one table. A value
 * is a list, or a text of words; `dir::` before a path is the folder of the
 * configuration, and so is $DESIGN_DIR. Sections for one PDK (`pdk::sky130*`)
 * concern cells and timing and are not read. Sources: openlane.readthedocs.io,
 * "Design Configuration Files" and "Flow Configuration Variables";
 * openlane2.readthedocs.io, "Universal Flow Configuration Variables".
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

static void add_source(struct reading *r, const char *text, size_t len)
{
	char *name = mem_strndup(text, len);

	reading_add(r, name, reading_role(name));
	free(name);
}

static const struct {
	const char *name;
	void (*fn)(struct reading *r, const char *text, size_t len);
} variables[] = {
	{ "VERILOG_FILES", add_source },
	{ "VERILOG_INCLUDE_DIRS", reading_add_folder },
	{ "VERILOG_DEFINES", reading_add_define },
	{ "SYNTH_DEFINES", reading_add_define },
	{ "SYNTH_PARAMETERS", reading_add_parameter },
};

/* Handles one word of a value, without the prefix for its folder. */
static void word(struct reading *r, size_t variable, const char *text, size_t len)
{
	static const char *const here[] = { "dir::", "refg::$DESIGN_DIR/", "ref::$DESIGN_DIR/",
					    "$DESIGN_DIR/", "./" };

	for (size_t i = 0; i < sizeof(here) / sizeof(*here); i++) {
		size_t n = strlen(here[i]);

		if (len > n && strncmp(text, here[i], n) == 0) {
			text += n;
			len -= n;
		}
	}
	variables[variable].fn(r, text, len);
}

static void value(struct reading *r, size_t variable, const char *text)
{
	while (*(text += strspn(text, " \t\r\n"))) {
		size_t n = strcspn(text, " \t\r\n");

		word(r, variable, text, n);
		text += n;
	}
}

void reading_openlane(struct reading *r, const char *(*get)(void *ctx, const char *name), void *ctx)
{
	const char *top = get(ctx, "DESIGN_NAME");

	if (!top || !get(ctx, "VERILOG_FILES"))
		return;
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const char *v = get(ctx, variables[i].name);

		if (v)
			value(r, i, v);
	}
	reading_add_top(r, top);
}

static void of_object(struct reading *r, const cJSON *config)
{
	const char *top = json_string(config, "DESIGN_NAME");

	if (!top || !json_get(config, "VERILOG_FILES"))
		return; /* the file of another program */
	reading_from_folder(r);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++) {
		const cJSON *v = json_get(config, variables[i].name), *one;

		if (cJSON_IsString(v))
			value(r, i, v->valuestring);
		cJSON_ArrayForEach(one, (cJSON_IsArray(v) ? v : NULL))
			if (cJSON_IsString(one))
				word(r, i, one->valuestring, strlen(one->valuestring));
	}
	reading_add_top(r, top);
}

/* Many programs have a file of this name, so a parse error is only reported if
 * the text mentions OpenLane's variables. */
bool manifest_read_openlane(struct reading *r, const char *text, size_t len, struct err *err)
{
	cJSON *config;

	if (!memmem(text, len, "VERILOG_FILES", 13) || !memmem(text, len, "DESIGN_NAME", 11))
		return true;
	config = str_ends(r->path, ".json") ? json_parse(text, len, err)
					    : yaml_parse(text, len, err);
	if (!config)
		return err_prefix(err, "%s", r->path);
	of_object(r, config);
	cJSON_Delete(config);
	return true;
}
