/* mcp add, list, trust, remove, call, prompt, read: MCP servers.
 *
 * A server is a program that the user chose, so it is named in the user's own
 * configuration or for a session, never by a project, trusted or not. On the
 * command line `mcp add` adds a line to the user's posedgerc; on the screen it
 * lasts while the program runs.
 */
#include "config.h"

#include "session/command/commands.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/servers/server_entry.h"
#include "session/servers/server_tool.h"
#include "session/servers/servers.h"
#include "session/text/words.h"
#include "session/toolbox/toolbox.h"
#include "session/workbench/rc.h"
#include "session/workbench/workbench.h"

/* The user's file */

static bool names_server(const char *line, size_t len, const char *name)
{
	struct strv words = STRV_INIT;
	bool is = words_split(line, len, &words, NULL) && words.n > 2 &&
		  strcmp(words.v[0], "mcp") == 0 && strcmp(words.v[1], "add") == 0 &&
		  strcmp(words.v[2], name) == 0;

	strv_free(&words);
	return is;
}

/* Copies text without the lines that name the server, including continued lines. */
static bool without(const char *text, const char *name, struct str *out)
{
	bool any = false, drop = false, goes_on = false;

	while (*text) {
		size_t n = strcspn(text, "\n");

		drop = goes_on ? drop : names_server(text, n - (n && text[n - 1] == '\\'), name);
		goes_on = n && text[n - 1] == '\\';
		any |= drop;
		if (!drop) {
			str_add(out, text, n);
			str_addc(out, '\n');
		}
		text += n + (text[n] == '\n');
	}
	return any;
}

static bool save(const char *path, const struct str *text, struct err *err)
{
	char *dir = path_dir(path);
	bool ok = file_make_dirs(dir, 0700, err) &&
		  file_save(path, str_cstr(text), text->len, 0644, err);

	free(dir);
	return ok;
}

/* line NULL: removes it. *was: it existed before; may be NULL. */
static bool rewrite(const char *name, const char *line, bool *was, struct err *err)
{
	char *path = rc_user_path();
	struct str old = STR_INIT, text = STR_INIT;
	struct err why = { 0 };
	bool ok = path || err_set(err, ERR_IO, "mcp: there is no home folder to keep it in"), had;

	if (ok && !file_read(path, RC_MAX_BYTES, &old, &why) && why.code != ERR_NOT_FOUND)
		ok = err_copy(err, &why);
	had = ok && without(str_cstr(&old), name, &text);
	if (was)
		*was = had;
	if (line)
		str_addf(&text, "%s\n", line);
	ok = ok && ((!line && !had) || save(path, &text, err));
	str_free(&old);
	str_free(&text);
	free(path);
	return ok;
}

/* add -------------------------------------------------------------------------------- */

static bool is_of_project(const struct cmd_call *c)
{
	char *path = rc_project_path(c->w->place.root, NULL);
	bool is = path && str_starts(c->source, path) && c->source[strlen(path)] == ':';

	free(path);
	return is || !c->trusted;
}

static bool keep(const struct cmd_call *c, const struct server_entry *e, struct err *err)
{
	struct str line = STR_INIT;
	bool ok;

	server_entry_line(e, &line);
	ok = rewrite(e->name, str_cstr(&line), NULL, err);
	if (ok)
		report_note(&c->w->out, "kept in your posedgerc; `posedge mcp list %s` starts it",
			    e->name);
	str_free(&line);
	return ok;
}

static bool add(struct cmd_call *c, struct err *err)
{
	struct server_entry e;
	bool shell = !c->source[0] && !c->w->screen, ok;

	if (c->argc < 3)
		return err_set(err, ERR_USAGE,
			       "mcp add: NAME cmd=COMMAND or NAME url=ADDRESS was expected; "
			       "`posedge help mcp` has the rest");
	if (c->source[0] && is_of_project(c))
		return err_set(err, ERR_USAGE,
			       "mcp add %.40s: a server is named in your own posedgerc, not in a "
			       "project's",
			       c->argv[1]);
	if (!server_entry_init(&e, c->argv[1], c->argv + 2, c->argc - 2, err))
		return false;
	ok = (!shell || keep(c, &e, err)) && servers_add(c->w, &e, err);
	server_entry_fini(&e);
	return ok;
}

/* list, trust, remove ------------------------------------------------------------------ */

static void list_one(const struct report *out, const struct server_entry *e)
{
	struct str command = STR_INIT;

	for (size_t i = 0; i < e->argv.n; i++)
		str_addf(&command, "%s%s", i ? " " : "", e->argv.v[i]);
	if (e->url)
		str_addf(&command, "%s%s", e->url, e->key ? ", with a key" : "");
	report_text(out, "%-*s %s%s%s\n", (int)SERVER_NAME_MAX, e->name, str_cstr(&command),
		    e->network ? ", with the network" : "",
		    e->project ? ", reads the project" : "");
	str_free(&command);
}

static bool list(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct str out = STR_INIT;
	bool ok = true;

	if (c->argc > 1) {
		ok = servers_describe(w, c->argv[1], &out, err);
		if (ok)
			report_text(&w->out, "%s", str_cstr(&out));
		str_free(&out);
		return ok;
	}
	for (size_t i = 0; i < servers_count(w->tools.servers); i++)
		list_one(&w->out, servers_at(w->tools.servers, i));
	if (servers_count(w->tools.servers) == 0)
		report_text(&w->out,
			    "no servers of tools; `posedge help mcp` says how to add one\n");
	return true;
}

static bool trust(struct cmd_call *c, struct err *err)
{
	struct str out = STR_INIT;
	bool ok;

	if (c->argc != 2)
		return err_set(err, ERR_USAGE, "mcp trust: the NAME of a server was expected");
	ok = servers_trust(c->w, c->argv[1], err) && servers_describe(c->w, c->argv[1], &out, err);
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
	return ok;
}

static bool remove_server(struct cmd_call *c, struct err *err)
{
	bool here, kept = false;

	if (c->argc != 2)
		return err_set(err, ERR_USAGE, "mcp remove: the NAME of a server was expected");
	here = servers_remove(c->w, c->argv[1], err);
	if (!c->w->screen && !rewrite(c->argv[1], NULL, &kept, err))
		return false;
	return here || kept;
}

/* call ---------------------------------------------------------------------------------- */

static bool parse_args(const struct cmd_call *c, cJSON **args, struct err *err)
{
	*args = NULL;
	if (c->argc < 4)
		return true;
	*args = json_parse(c->argv[3], strlen(c->argv[3]), err);
	return *args ? true : err_prefix(err, "mcp call: the arguments");
}

/* Needs no consent: the user typed the command, and there is no turn. */
static bool call(struct cmd_call *c, struct err *err)
{
	struct workbench *w = c->w;
	struct tool_use use = { .w = w, .by = "mcp", .effects = TOOL_DOES(TOOL_FOREIGN) };
	struct str out = STR_INIT;
	cJSON *args = NULL;
	char *name;
	bool ok;

	if (c->argc < 3 || c->argc > 4)
		return err_set(err, ERR_USAGE, "mcp call: NAME TOOL [JSON] was expected");
	ok = servers_find(w->tools.servers, c->argv[1], err) && parse_args(c, &args, err) &&
	     toolbox_gather(w, err);
	/* A name as printed by `mcp list NAME`, or as used by the server. */
	name = toolbox_find(toolbox_of(&w->tools), c->argv[2])
		       ? mem_strdup(c->argv[2])
		       : server_tool_name(c->argv[1], c->argv[2]);
	ok = ok && toolbox_call(&use, name, args, &out, err);
	if (ok)
		report_text(&w->out, "%s", str_cstr(&out));
	cJSON_Delete(args);
	str_free(&out);
	free(name);
	return ok;
}

/* prompt, read ---------------------------------------------------------------------------- */

static bool prompt(struct cmd_call *c, struct err *err)
{
	struct str out = STR_INIT;
	bool ok;

	if (c->argc < 3)
		return err_set(err, ERR_USAGE,
			       "mcp prompt: NAME PROMPT [ARGUMENT=VALUE...] was expected");
	ok = servers_prompt(c->w, c->argv[1], c->argv[2], c->argv + 3, c->argc - 3, &out, err);
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
	return ok;
}

static bool read_it(struct cmd_call *c, struct err *err)
{
	struct str out = STR_INIT;
	bool ok;

	if (c->argc != 3)
		return err_set(err, ERR_USAGE, "mcp read: NAME ADDRESS was expected");
	ok = servers_read(c->w, c->argv[1], c->argv[2], &out, err);
	if (ok)
		report_text(&c->w->out, "%s", str_cstr(&out));
	str_free(&out);
	return ok;
}

/* All of it ------------------------------------------------------------------------------ */

static const struct {
	const char *word, *args, *help;
	bool (*run)(struct cmd_call *c, struct err *err);
} words[] = {
	{ "add", "NAME cmd=COMMAND|url=ADDRESS [KEY=VALUE...]",
	  "name a server: in your posedgerc; on the screen, for as long as that runs", add },
	{ "list", "[NAME]",
	  "all of them; of one, which is started, its tools, prompts and resources", list },
	{ "trust", "NAME", "let models read what it says of its tools, as it says it now", trust },
	{ "remove", "NAME", "forget it", remove_server },
	{ "call", "NAME TOOL [JSON]", "call a tool of it yourself", call },
	{ "prompt", "NAME PROMPT [ARGUMENT=VALUE...]",
	  "print a prompt of it; in the chat `/mcp:NAME:PROMPT` makes it the question", prompt },
	{ "read", "NAME ADDRESS", "print a resource of it; `@mcp:NAME:ADDRESS` in a question",
	  read_it },
};
#define WORDS (sizeof(words) / sizeof(words[0]))

void servers_help(struct str *out)
{
	str_adds(out, "\nAlone it is a server itself, on standard input and output. Servers of "
		      "tools:\n");
	for (size_t i = 0; i < WORDS; i++) {
		str_addf(out, "    mcp %s %s\n", words[i].word, words[i].args);
		str_addf(out, "        %s\n", words[i].help);
	}
	str_adds(out, "\nOptions of `mcp add`:\n");
	server_entry_help(out);
}

bool cmd_servers(struct cmd_call *c, struct err *err)
{
	if (c->source[0] && strcmp(c->argv[0], "add") != 0)
		return err_set(err, ERR_USAGE, "only `mcp add` is allowed in an rc file");
	for (size_t i = 0; i < WORDS; i++)
		if (strcmp(c->argv[0], words[i].word) == 0)
			return words[i].run(c, err);
	return err_set(err, ERR_USAGE,
		       "mcp %.40s: add, list, trust, remove, call, prompt or read was expected, or "
		       "nothing: then "
		       "posedge is a server itself",
		       c->argv[0]);
}
