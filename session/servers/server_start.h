/* server_start.h - runs the program of a tool server in a sandbox and watches its
 * resource use, or opens the link to one behind a URL (tool/remote.h).
 *
 * It runs in an empty folder of its own (tool/confine.h), with only the environment and
 * the user's files that its entry names; its limits are those of simulations. Knows no
 * protocol.
 */
#ifndef POSEDGE_SERVER_START_H
#define POSEDGE_SERVER_START_H

#include <stdbool.h>

#include "session/base/err.h"

struct peer;
struct peer_events;
struct server_entry;
struct server_watch;
struct workbench;

struct server_program { /* zeroed: not running */
	char *folder;	/* its own, kept between two starts; NULL: no program of ours */
	struct peer *peer;
	struct server_watch *watch;
};

/* Call in a task. who: "server NAME", for error messages; borrowed while it runs.
 * False with err: nothing runs, but the caller must still end p. */
bool server_start(struct workbench *w, const char *who, const struct server_entry *e,
		  const struct peer_events *events, struct server_program *p, struct err *err);

/* Call in a task, or where the loop may turn. p can be started again. */
void server_program_end(struct server_program *p);
void server_program_fini(struct server_program *p); /* also removes the folder */

#endif
