/* What a server runs after each push: .github/workflows/NAME.yml, .gitlab-ci.yml and
 * others in YAML; a Taskfile.yml and VS Code's tasks.json, which are like them.
 *
 *   jobs:                                GitHub; `working-directory` also in
 *     sim:                               `defaults: run:` of the file or the job
 *       steps:
 *         - name: simulate
 *           working-directory: sim
 *           run: |
 *             iverilog -g2012 -o tb ../rtl/alu.v alu_tb.v
 *
 * Whatever the server, the commands are the text or the lines of `run`, of `script`
 * (GitLab, Travis, Azure), of `cmds` (Task) or of `command` in a `run` (CircleCI), or `command`
 * with `args` in a task (VS Code), and start in the repository's folder. A value that only
 * the server knows, `${{ matrix.seed }}`, is as a variable that is not set. Sources:
 * docs.github.com, "Workflow syntax"; docs.gitlab.com, ".gitlab-ci.yml reference".
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/text/yaml.h"

struct place {
	const char *name;   /* of the step, else of its job; NULL */
	const char *folder; /* where it runs; NULL: in the repository's */
	bool task;	    /* of VS Code */
};

/* Adds the text, and SHELL_UNKNOWN for each `${{ ... }}` or, in a Taskfile, `{{ ... }}`. */
static void add_text(struct str *out, const char *text)
{
	for (const char *at; *text;) {
		at = strstr(text, "{{");
		str_add(out, text,
			at ? (size_t)(at - text) - (at > text && at[-1] == '$') : strlen(text));
		if (!at)
			break;
		str_addc(out, SHELL_UNKNOWN);
		at = strstr(at, "}}");
		text = at ? at + 2 : "";
	}
	str_addc(out, '\n');
}

/* A text, or a list of lines, in which a list may be one that an alias stands for. */
static void add_lines(struct str *out, const cJSON *lines, int depth)
{
	const cJSON *one;

	if (cJSON_IsString(lines))
		add_text(out, lines->valuestring);
	cJSON_ArrayForEach(one, (cJSON_IsArray(lines) && depth < 4 ? lines : NULL))
		add_lines(out, one, depth + 1);
}

/* The command of a task, which may have its words in `args`, as texts or with a way to quote. */
static void add_task(struct str *out, const cJSON *task)
{
	const cJSON *args = json_get(task, "args"), *one;
	struct str line = STR_INIT;

	str_adds(&line, json_string(task, "command"));
	cJSON_ArrayForEach(one, (cJSON_IsArray(args) ? args : NULL)) {
		const char *arg =
			cJSON_IsString(one) ? one->valuestring : json_string(one, "value");

		if (arg)
			str_addf(&line, strpbrk(arg, " ;&|'") ? " \"%s\"" : " %s", arg);
	}
	add_text(out, str_cstr(&line));
	str_free(&line);
}

static const char *folder_of(const cJSON *node)
{
	static const char *const names[] = { "working-directory", "working_directory",
					     "workingDirectory", "dir" };
	const char *folder = json_string(json_get(node, "options"), "cwd");

	for (size_t i = 0; i < 4 && !folder; i++)
		folder = json_string(node, names[i]);
	return folder && !strpbrk(folder, "'\n") ? folder : NULL;
}

static void run(struct reading *r, const struct str *lines, const struct place *at)
{
	struct str text = STR_LIMIT(MANIFEST_MAX_TEXT);
	char *part = at->name ? str_fmt("%.80s", at->name) : NULL;

	if (at->folder) {
		struct str folder = STR_INIT;

		add_text(&folder, at->folder);
		str_cut(&folder, folder.len - 1);
		str_addf(&text, "cd '%s'\n", str_cstr(&folder));
		str_free(&folder);
	}
	str_add(&text, str_cstr(lines), lines->len);
	r->part = part;
	reading_command(r, str_cstr(&text));
	r->part = NULL;
	free(part);
	str_free(&text);
}

/* Commands of a mapping; those of all its children follow. */
static void walk(struct reading *r, const cJSON *node, struct place at)
{
	const cJSON *defaults = json_get(json_get(node, "defaults"), "run"), *one;
	const cJSON *commands = json_get(node, "run");
	struct str lines = STR_LIMIT(MANIFEST_MAX_TEXT);
	bool map = cJSON_IsObject(node);

	if (map && json_string(node, "name"))
		at.name = json_string(node, "name");
	if (defaults && folder_of(defaults))
		at.folder = folder_of(defaults);
	if (map && folder_of(node))
		at.folder = folder_of(node);
	if (map) {
		add_lines(&lines, json_get(node, "before_script"), 0);
		add_lines(&lines, json_get(node, "script"), 0);
		add_lines(&lines, commands, 0);
		add_lines(&lines, json_get(node, "cmds"), 0);
		if (node->string && strcmp(node->string, "run") == 0)
			add_lines(&lines, json_get(node, "command"), 0);
		else if (at.task && json_string(node, "command"))
			add_task(&lines, node);
	}
	if (lines.len)
		run(r, &lines, &at);
	str_free(&lines);
	cJSON_ArrayForEach(one, node) {
		struct place below = at;

		if (map && cJSON_IsObject(one) && one != commands)
			below.name = one->string;
		walk(r, one, below);
	}
}

bool manifest_read_ci(struct reading *r, const char *text, size_t len, struct err *err)
{
	const char *hidden = str_starts(r->path, ".") ? r->path : strstr(r->path, "/.");
	bool task = str_ends(r->path, ".json");
	cJSON *all = task ? reading_vscode(text, err) : yaml_parse(text, len, err);

	if (!all)
		return err_prefix(err, "%s", r->path);
	free(r->base);
	r->base = hidden && hidden != r->path ? mem_strndup(r->path, (size_t)(hidden - r->path))
					      : mem_strdup(hidden ? "." : r->folder);
	walk(r, all, (struct place){ .task = task });
	reading_commands_end(r);
	cJSON_Delete(all);
	return true;
}
