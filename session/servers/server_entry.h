/* server_entry.h - a server of tools as `mcp add` names it. Pure.
 *
 *	mcp add NAME cmd="npx some-server" [KEY=VALUE...]
 *
 *	cmd=COMMAND      words, with quotes as in an rc file; never a shell
 *	env.NAME=VALUE   in its environment, which is empty otherwise; env:OTHER is
 *	                 the value of that variable of ours
 *	read=PATH        a file or folder that it may read, as it is called here
 *	write=PATH       one that it may write
 *	project=on       it may read the project; off is the default
 *	network=on       it has the network; off is the default
 *	seconds=60       so long an answer is waited for, 1 to 3600
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
	struct strv given; /* the words after the name, for a line that says the same */
	struct strv argv;
	struct strv env; /* "NAME=VALUE", as given */
	struct strv reads, writes;
	bool project, network;
	unsigned seconds;
};

/* words: "KEY=VALUE", n of them. ERR_USAGE names what is wrong, and the keys. On
 * failure *e is empty. */
bool server_entry_init(struct server_entry *e, const char *name, char *const *words, size_t n,
		       struct err *err);
void server_entry_fini(struct server_entry *e);

/* "mcp add NAME ..." as a line of an rc file, without LF. */
void server_entry_line(const struct server_entry *e, struct str *out);

/* One row a key, for the help. */
void server_entry_help(struct str *out);

#endif
