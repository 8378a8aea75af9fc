/* backend_lease.h - an open backend with a reference count.
 *
 * The first question opens a backend and it stays open: its connections and its key
 * serve later questions. The entry that configured it and each question in progress
 * hold it; the last to drop it closes it, so `backend add` can replace an entry's
 * backend in the middle of an answer.
 */
#ifndef POSEDGE_BACKEND_LEASE_H
#define POSEDGE_BACKEND_LEASE_H

struct backend;

struct backend_lease {
	struct backend *backend;
	unsigned holders;
};

struct backend_lease *backend_lease_new(struct backend *b); /* takes over b; the caller holds the
							     * lease */
struct backend_lease *backend_lease_hold(struct backend_lease *l);
void backend_lease_drop(struct backend_lease *l); /* NULL is fine */

#endif
