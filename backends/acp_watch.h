/* acp_watch.h - ends an agent that uses more in all than it may.
 *
 * As long as it lives, also between two questions: every so often what it has
 * written and what its processes hold is measured on the pool of threads.
 */
#ifndef POSEDGE_ACP_WATCH_H
#define POSEDGE_ACP_WATCH_H

#include "session/tool/confine.h"

struct acp_watch;
struct loop;
struct peer;

/* ops and limits outlive it; the peer lives until acp_watch_end(). */
struct acp_watch *acp_watch_new(struct loop *l, const struct confine_ops *ops, const char *folder,
				const struct confine_limits *limits, struct peer *p);
void acp_watch_end(struct acp_watch *w); /* NULL is fine */

#endif
