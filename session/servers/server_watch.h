/* server_watch.h - ends a server that exceeds its total limits.
 *
 * Polls the disk space and memory used by all its processes for as long as it lives;
 * the kernel's own limits are per process.
 */
#ifndef POSEDGE_SERVER_WATCH_H
#define POSEDGE_SERVER_WATCH_H

#include "session/tool/confine.h"

struct loop;
struct peer;
struct server_watch;

/* ops and p must outlive it. Does nothing if ops cannot measure. */
struct server_watch *server_watch_new(struct loop *l, const struct confine_ops *ops,
				      const char *folder, const struct confine_limits *limits,
				      struct peer *p);
/* Call in a task, or where the loop may turn; NULL is fine. */
void server_watch_end(struct server_watch *w);

#endif
