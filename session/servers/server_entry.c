/* Parses the words of an `mcp add` line with a table of keys. A server gets only what
 * its line says: its environment has only the `env.` keys, and it has no network,
 * project or files by default. A server behind a URL gets nothing but what is sent to
 * it, so the keys for a program are refused beside it.
 */
#include "config.h"

#include "session/servers/server_entry.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/header.h"
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

static bool take_once(const struct server_entry *e, char **to, const char *value, struct err *err)
{
	if (*to || !value[0])
		return wrong(e, err, "url=, key= and ca= are given once, and not empty");
	*to = mem_strdup(value);
	return true;
}

/* A password in the address would stand in every message about it. */
static bool take_url(struct server_entry *e, const char *value, struct err *err)
{
	const char *host = strstr(value, "://");
	bool web = str_starts(value, "http://") || str_starts(value, "https://");

	if (!web || !host[3] || strchr(value, ' '))
		return wrong(e, err, "url= is an address that begins with http:// or https://");
	if (memchr(host + 3, '@', strcspn(host + 3, "/?#")))
		return wrong(e, err,
			     "a name or password has no place in url=; "
			     "header.Authorization=env:NAME holds one");
	return take_once(e, &e->url, value, err);
}

static bool take_secret(struct server_entry *e, const char *value, struct err *err)
{
	if (!str_starts(value, "env:") && !str_starts(value, "cmd:"))
		return wrong(e, err, "key= is env:NAME or cmd:PROGRAM, not the key itself");
	return take_once(e, &e->key, value, err);
}

static bool take_ca(struct server_entry *e, const char *value, struct err *err)
{
	if (value[0] != '/')
		return wrong(e, err, "ca= takes a path from the root");
	return take_once(e, &e->ca, value, err);
}

/* The protocol's own headers follow from the messages. */
static bool take_header(struct server_entry *e, const char *value, struct err *err)
{
	static const char *const ours[] = { "accept=",	      "content-", "host=",
					    "last-event-id=", "mcp-",	  "transfer-encoding=" };

	if (!header_check(value, err))
		return err_prefix(err, "mcp add %s", e->name);
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (strncasecmp(value, ours[i], strlen(ours[i])) == 0)
			return wrong(e, err, "a header of the protocol itself cannot be given");
	strv_add(&e->headers, value);
	return true;
}

static const struct key keys[] = {
	{ "ca", "FILE", "certificates to trust for url= besides the system's", take_ca },
	{ "cmd", "COMMAND", "the program with its arguments", take_cmd },
	{ "env.", "NAME=VALUE",
	  "in its environment, which is empty otherwise; env:OTHER is a variable of yours",
	  take_env },
	{ "header.", "NAME=VALUE", "sent along to url=; its value may be env:NAME or cmd:PROGRAM",
	  take_header },
	{ "key", "env:NAME|cmd:PROGRAM", "where the key for url= is found, a bearer token",
	  take_secret },
	{ "network", "on|off", "whether it has the network; off unless said", take_network },
	{ "project", "on|off", "whether it may read the project; off unless said", take_project },
	{ "read", "PATH", "a file or folder that it may read; may be given again", take_read },
	{ "seconds", "N", "so long an answer is waited for; 60", take_seconds },
	{ "url", "ADDRESS", "a server that runs somewhere, in place of a program", take_url },
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

/* A program or an address, and what belongs to it. */
static bool agrees(const struct server_entry *e, struct err *err)
{
	bool program =
		e->argv.n || e->env.n || e->reads.n || e->writes.n || e->project || e->network;

	if (e->url)
		return !program ||
		       wrong(e, err, "what a program may use has no meaning beside url=");
	if (!e->argv.n)
		return wrong(e, err, "cmd=COMMAND or url=ADDRESS is missing");
	return (!e->key && !e->ca && !e->headers.n) ||
	       wrong(e, err, "key=, header. and ca= belong to url=");
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
	ok = ok && agrees(e, err);
	if (!ok)
		server_entry_fini(e);
	return ok;
}

void server_entry_fini(struct server_entry *e)
{
	free(e->name);
	strv_free(&e->given);
	strv_free(&e->headers);
	strv_free(&e->argv);
	free(e->url);
	free(e->key);
	free(e->ca);
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
