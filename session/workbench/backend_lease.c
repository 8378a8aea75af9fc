/* Counts the users of an open backend. It is closed when the last one has finished,
 * so configuring a backend again does not interrupt an answer.
 */
#include "config.h"

#include "session/workbench/backend_lease.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/model/backend.h"

struct backend_lease *backend_lease_new(struct backend *b)
{
	struct backend_lease *l = mem_zalloc(sizeof(*l));

	*l = (struct backend_lease){ b, 1 };
	return l;
}

struct backend_lease *backend_lease_hold(struct backend_lease *l)
{
	l->holders++;
	return l;
}

void backend_lease_drop(struct backend_lease *l)
{
	if (!l || --l->holders)
		return;
	l->backend->ops->close(l->backend);
	free(l);
}
