/* server_entry.h - a tool server as given to `mcp add`. Pure.
 *
 *	mcp add NAME cmd="npx some-server" [KEY=VALUE...]
 *
 *	mcp add NAME url=https://tools.example/mcp [KEY=VALUE...]
 *
 *	url=ADDRESS      a server that runs somewhere, in place of a program
 *	key=SOURCE       env:NAME or cmd:PROGRAM, sent to it as a bearer token
 *	header.NAME=VALUE  a further header; its value may be such a source
 *	ca=FILE          certificates to trust besides the system's
 *
 *	cmd=COMMAND      words, quoted as in an rc file; never run by a shell
 *	env.NAME=VALUE   adds to its environment, which is empty otherwise; env:OTHER
 *	                 is the value of our variable OTHER
 *	read=PATH        a file or folder that it may read, under the same path
 *	write=PATH       one that it may write
 *	project=on       it may read the project; default off
 *	network=on       it may use the network; default off
 *	seconds=60       time limit for an answer, 1 to 3600
 */
#ifndef POSEDGE_SERVER_ENTRY_H
#define POSEDGE_SERVER_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

#define SERVER_NAME_MAX	   20u /* bytes of a name: [a-z][a-z0-9_]* */
#define SERVER_SECONDS_MAX 3600u

struct server_entry {
	char *name;
	struct strv given;    /* the words after the name, to print the same line */
	char *url, *key, *ca; /* NULL: not given; a program has none of these */
	struct strv headers;  /* "NAME=VALUE", as given */
	struct strv argv;
	struct strv env; /* "NAME=VALUE", as given */
	struct strv reads, writes;
	bool project, network;
	unsigned seconds;
};

/* words: n times "KEY=VALUE". ERR_USAGE names the mistake and the valid keys. *e is
 * empty on failure. */
bool server_entry_init(struct server_entry *e, const char *name, char *const *words, size_t n,
		       struct err *err);
void server_entry_fini(struct server_entry *e);

/* Appends "mcp add NAME ..." as a line for an rc file, without LF. */
void server_entry_line(const struct server_entry *e, struct str *out);

/* One row per key, for the help. */
void server_entry_help(struct str *out);

#endif
