/* The table, and the one way through it.
 *
 * A model writes arguments freely: a name that the schema lacks is an error,
 * since a model that is told so asks again, and one whose argument is ignored
 * believes an answer to another question.
 */
#include "config.h"

#include "session/toolbox/toolbox.h"

#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/model/redact.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"

/* clang-format off */
#define OBJECT(properties, required)                                                                                   \
	"{\"type\":\"object\",\"properties\":{" properties "},\"required\":[" required "],\"additionalProperties\":false}"
#define TEXT_ARG(name, about) "\"" name "\":{\"type\":\"string\",\"description\":\"" about "\"}"
#define NUMBER_ARG(name, about) "\"" name "\":{\"type\":\"integer\",\"description\":\"" about "\"}"

static const struct tool tools[] = {
	{ "read_file", "Lines of a file of the project, numbered, as they are on the screen. At most 400 at a time.",
	  OBJECT(TEXT_ARG("path", "relative to the project") "," NUMBER_ARG("from", "first line, 1") "," NUMBER_ARG("to", "last line"),
		 "\"path\""),
	  TOOL_READS, tool_read_file },
	{ "search", "Lines of the project's files that match a regular expression: path:line: text. At most 100.",
	  OBJECT(TEXT_ARG("regex", "PCRE, within one line; a capital makes case count") "," TEXT_ARG("path", "only files whose path has this in it"), "\"regex\""),
	  TOOL_READS, tool_search },
	{ "design", "What the design is made of: its hierarchy of instances, or the ports and parameters of a module.",
	  OBJECT("\"what\":{\"type\":\"string\",\"enum\":[\"hierarchy\",\"ports\"]}," TEXT_ARG("module", "for ports; for hierarchy the top"),
		 "\"what\""),
	  TOOL_READS, tool_design },
	{ "lint", "What the linter says of the whole design, or of one file: errors first, at most 40 findings.",
	  OBJECT(TEXT_ARG("path", "one file and its modules"), ""), TOOL_RUNS, tool_lint },
	{ "simulate", "Builds and runs a testbench: the verdict, the first failure, the last cycles before it.",
	  OBJECT(TEXT_ARG("testbench", "a module, or its file; not needed when there is one"), ""), TOOL_RUNS, tool_simulate },
	{ "wave", "Signals of the last simulation: their names, values at a time, changes, or a table of cycles.",
	  OBJECT("\"op\":{\"type\":\"string\",\"enum\":[\"signals\",\"value\",\"changes\",\"table\"]},"
		 TEXT_ARG("signal", "full name, tb.dut.q; for signals a part of one") "," NUMBER_ARG("from", "time, in the dump's unit") ","
		 NUMBER_ARG("to", "time, in the dump's unit"),
		 "\"op\""),
	  TOOL_READS, tool_wave },
	{ "propose_edit", "Proposes a change to a file. Nothing is written: a person decides line by line. The result says "
			  "what the linter would say.",
	  OBJECT(TEXT_ARG("path", "relative to the project; a new file is made") ","
		 TEXT_ARG("text", "the whole new file; or else search and replace") "," TEXT_ARG("search", "lines that stand there once") ","
		 TEXT_ARG("replace", "what stands in their place") "," TEXT_ARG("reason", "one sentence for the person"),
		 "\"path\",\"reason\""),
	  TOOL_PROPOSES, tool_propose_edit },
};
/* clang-format on */
#define TOOLS (sizeof(tools) / sizeof(tools[0]))

const struct tool *toolbox_at(size_t i)
{
	return i < TOOLS ? &tools[i] : NULL;
}

const struct tool *toolbox_find(const char *name)
{
	for (size_t i = 0; name && i < TOOLS; i++)
		if (strcmp(tools[i].name, name) == 0)
			return &tools[i];
	return NULL;
}

/* Checking ----------------------------------------------------------------------- */

static bool is_known(const struct tool *t, const char *name)
{
	cJSON *schema = json_parse(t->schema, strlen(t->schema), NULL);
	bool known = json_get(json_object(schema, "properties"), name) != NULL;

	cJSON_Delete(schema);
	return known;
}

static bool check(const struct tool *t, const cJSON *args, struct err *err)
{
	if (args && !cJSON_IsObject(args))
		return err_set(err, ERR_USAGE, "the arguments must be an object");
	for (const cJSON *a = args ? args->child : NULL; a; a = a->next)
		if (!is_known(t, a->string))
			return err_set(err, ERR_USAGE, "%s has no argument \"%.40s\"", t->name,
				       a->string);
	return true;
}

/* Calling ------------------------------------------------------------------------ */

static void cut(struct str *s)
{
	size_t at = TOOLBOX_RESULT_MAX, left;

	if (s->len <= at)
		return;
	while (at > 0 && ((unsigned char)s->data[at] & 0xc0) == 0x80)
		at--;
	left = s->len - at;
	str_cut(s, at);
	str_addf(s, "\n[cut: %zu more bytes]\n", left);
}

bool toolbox_call(struct workbench *w, const struct tool *t, const cJSON *args, struct str *out,
		  struct err *err)
{
	struct str raw = STR_INIT;
	bool ok = check(t, args, err) && t->call(w, args, &raw, err);

	if (ok) {
		cut(&raw);
		redact_text(w->redact, str_cstr(&raw), raw.len, out);
	}
	str_free(&raw);
	return ok;
}
