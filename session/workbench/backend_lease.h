/* backend_lease.h - an open backend that several hold at a time.
 *
 * A backend is opened by the first question and stays open: its connections
 * and its key serve all that follow. The entry that configured it and each
 * question under way hold it; the last one that lets go closes it, so `backend
 * add` can give an entry another backend in the middle of an answer.
 */
#ifndef POSEDGE_BACKEND_LEASE_H
#define POSEDGE_BACKEND_LEASE_H

struct backend;

struct backend_lease {
	struct backend *backend;
	unsigned holders;
};

struct backend_lease *backend_lease_new(struct backend *b); /* takes b over; the caller holds it */
struct backend_lease *backend_lease_hold(struct backend_lease *l);
void backend_lease_drop(struct backend_lease *l); /* NULL is fine */

#endif
