/* Parses the words of an `mcp add` line with a table of keys. A server gets only what
 * its line says: its environment has only the `env.` keys, and it has no network,
 * project or files by default.
 */
#include "config.h"

#include "session/servers/server_entry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/words.h"

#define SECONDS 60u

struct key {
	const char *name, *value, *help; /* a name ending in a dot is a prefix */
	bool (*take)(struct server_entry *e, const char *value, struct err *err);
};

static bool wrong(const struct server_entry *e, struct err *err, const char *what)
{
	return err_set(err, ERR_USAGE, "mcp add %s: %s", e->name, what);
}

static bool take_cmd(struct server_entry *e, const char *value, struct err *err)
{
	if (!words_split(value, strlen(value), &e->argv, err))
		return err_prefix(err, "mcp add %s: cmd=", e->name);
	return e->argv.n || wrong(e, err, "cmd= names no program");
}

/* value: "NAME=VALUE" */
static bool take_env(struct server_entry *e, const char *value, struct err *err)
{
	size_t n = strcspn(value, "=");

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)value[i]) && value[i] != '_')
			n = 0;
	if (n == 0 || value[n] != '=' || isdigit((unsigned char)value[0]))
		return wrong(e, err, "env.NAME=VALUE was expected");
	if (str_starts(value + n + 1, "cmd:"))
		return wrong(e, err, "a value by cmd: is taken for backends only; use env:NAME");
	strv_add(&e->env, value);
	return true;
}

static bool take_path(const struct server_entry *e, struct strv *to, const char *value,
		      struct err *err)
{
	if (value[0] != '/')
		return wrong(e, err, "read= and write= take a path from the root");
	strv_add(to, value);
	return true;
}

static bool take_read(struct server_entry *e, const char *value, struct err *err)
{
	return take_path(e, &e->reads, value, err);
}

static bool take_write(struct server_entry *e, const char *value, struct err *err)
{
	return take_path(e, &e->writes, value, err);
}

static bool take_flag(const struct server_entry *e, bool *to, const char *value, struct err *err)
{
	*to = strcmp(value, "on") == 0;
	return *to || strcmp(value, "off") == 0 ||
	       wrong(e, err, "project= and network= are on or off");
}

static bool take_project(struct server_entry *e, const char *value, struct err *err)
{
	return take_flag(e, &e->project, value, err);
}

static bool take_network(struct server_entry *e, const char *value, struct err *err)
{
	return take_flag(e, &e->network, value, err);
}

static bool take_seconds(struct server_entry *e, const char *value, struct err *err)
{
	char *end;
	unsigned long n = strtoul(value, &end, 10);

	if (!isdigit((unsigned char)value[0]) || *end || n < 1 || n > SERVER_SECONDS_MAX)
		return wrong(e, err, "seconds= is a number from 1 to 3600");
	e->seconds = (unsigned)n;
	return true;
}

static const struct key keys[] = {
	{ "cmd", "COMMAND", "the program with its arguments; needed", take_cmd },
	{ "env.", "NAME=VALUE",
	  "in its environment, which is empty otherwise; env:OTHER is a variable of yours",
	  take_env },
	{ "network", "on|off", "whether it has the network; off unless said", take_network },
	{ "project", "on|off", "whether it may read the project; off unless said", take_project },
	{ "read", "PATH", "a file or folder that it may read; may be given again", take_read },
	{ "seconds", "N", "so long an answer is waited for; 60", take_seconds },
	{ "write", "PATH", "one that it may write; may be given again", take_write },
};
#define KEYS (sizeof(keys) / sizeof(keys[0]))

static bool is_family(const struct key *k)
{
	return str_ends(k->name, ".");
}

/* The value if word has this key; else NULL. */
static const char *value_of(const struct key *k, const char *word)
{
	size_t n = strlen(k->name);

	if (!str_starts(word, k->name))
		return NULL;
	if (is_family(k))
		return word + n;
	return word[n] == '=' ? word + n + 1 : NULL;
}

static bool take_word(struct server_entry *e, const char *word, struct err *err)
{
	struct str known = STR_INIT;

	for (size_t i = 0; i < KEYS; i++) {
		const char *value = value_of(&keys[i], word);

		if (value)
			return keys[i].take(e, value, err);
	}
	for (size_t i = 0; i < KEYS; i++)
		str_addf(&known, "%s%s%s", i ? ", " : "", keys[i].name,
			 is_family(&keys[i]) ? "NAME=" : "=");
	err_set(err, ERR_USAGE, "mcp add %s: '%.60s' is none of %s", e->name, word,
		str_cstr(&known));
	str_free(&known);
	return false;
}

static bool is_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && n <= SERVER_NAME_MAX && !name[n] && islower((unsigned char)name[0]);
}

bool server_entry_init(struct server_entry *e, const char *name, char *const *words, size_t n,
		       struct err *err)
{
	bool ok = true;

	*e = (struct server_entry){ .seconds = SECONDS };
	if (!is_name(name))
		return err_set(err, ERR_USAGE,
			       "mcp add %.40s: a name begins with a small letter and has a-z, 0-9 "
			       "and _, at most %u of them",
			       name, SERVER_NAME_MAX);
	e->name = mem_strdup(name);
	for (size_t i = 0; ok && i < n; i++) {
		strv_add(&e->given, words[i]);
		ok = !strpbrk(words[i], "\r\n") || wrong(e, err, "a word has a line feed in it");
		ok = ok && take_word(e, words[i], err);
	}
	if (ok && !e->argv.n)
		ok = wrong(e, err, "cmd=COMMAND is missing");
	if (!ok)
		server_entry_fini(e);
	return ok;
}

void server_entry_fini(struct server_entry *e)
{
	free(e->name);
	strv_free(&e->given);
	strv_free(&e->argv);
	strv_free(&e->env);
	strv_free(&e->reads);
	strv_free(&e->writes);
	memset(e, 0, sizeof(*e));
}

void server_entry_line(const struct server_entry *e, struct str *out)
{
	str_addf(out, "mcp add %s", e->name);
	for (size_t i = 0; i < e->given.n; i++) {
		str_adds(out, " \"");
		for (const char *p = e->given.v[i]; *p; p++) {
			if (*p == '"' || *p == '\\')
				str_addc(out, '\\');
			str_addc(out, *p);
		}
		str_addc(out, '"');
	}
}

void server_entry_help(struct str *out)
{
	for (size_t i = 0; i < KEYS; i++)
		str_addf(out, "    %s%s%-*s %s\n", keys[i].name, is_family(&keys[i]) ? "" : "=",
			 (int)(24 - strlen(keys[i].name) - !is_family(&keys[i])), keys[i].value,
			 keys[i].help);
}
