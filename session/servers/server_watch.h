/* server_watch.h - ends a server that uses more in all than it may.
 *
 * What it has written and what its processes hold is looked at again and again,
 * as long as it lives; the kernel's own limits are for each process alone.
 */
#ifndef POSEDGE_SERVER_WATCH_H
#define POSEDGE_SERVER_WATCH_H

#include "session/tool/confine.h"

struct loop;
struct peer;
struct server_watch;

/* ops outlives it, and so does p. Where ops cannot look nothing is looked at. */
struct server_watch *server_watch_new(struct loop *l, const struct confine_ops *ops,
				      const char *folder, const struct confine_limits *limits,
				      struct peer *p);
void server_watch_end(
	struct server_watch *w); /* in a task, or where the loop may turn; NULL is fine */

#endif
