/* server_start.h - the program of a server: a child, shut in, and what it uses watched.
 *
 * It runs in an empty folder of its own (tool/confine.h), with the environment that its
 * entry names and nothing of the person's but what the entry names; its limits are those
 * of simulations. Knows no protocol.
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

struct server_program { /* a zeroed one does not run */
	char *folder;	/* its own; it stays between two starts */
	struct peer *peer;
	struct server_watch *watch;
};

/* In a task. who: "server NAME", for sentences; borrowed for as long as it runs. False:
 * err, and nothing runs; p is to be ended all the same. */
bool server_start(struct workbench *w, const char *who, const struct server_entry *e,
		  const struct peer_events *events, struct server_program *p, struct err *err);

/* In a task, or where the loop may turn. It may be started again. */
void server_program_end(struct server_program *p);
void server_program_fini(struct server_program *p); /* and removes the folder */

#endif
