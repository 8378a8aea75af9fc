/* acp_watch.h - ends an agent that exceeds its total limits.
 *
 * For as long as the agent lives, also between questions, its disk usage and the memory
 * of its processes are measured at intervals on the thread pool.
 */
#ifndef POSEDGE_ACP_WATCH_H
#define POSEDGE_ACP_WATCH_H

#include "session/tool/confine.h"

struct acp_watch;
struct loop;
struct peer;

/* ops and limits must outlive it, and the peer must live until acp_watch_end(). */
struct acp_watch *acp_watch_new(struct loop *l, const struct confine_ops *ops, const char *folder,
				const struct confine_limits *limits, struct peer *p);
void acp_watch_end(struct acp_watch *w); /* NULL is fine */

#endif
