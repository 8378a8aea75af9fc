/* backend_list.h - the backends that the configuration named, by name.
 *
 * Owns a copy of each entry, and holds the backend that an entry has open. Knows
 * no protocol: what a name means is looked up in the ports when it is asked.
 */
#ifndef POSEDGE_BACKEND_LIST_H
#define POSEDGE_BACKEND_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct backend_lease;

struct backend_entry {
	char *name, *protocol, *url, *model, *key;
	char **options;		     /* NULL-terminated */
	struct backend_lease *lease; /* NULL until it is first asked */
	bool no_tools;		     /* its server said so since this was added: it is given none */
};

struct backend_list {
	struct backend_entry *v; /* in the order in which they were added */
	size_t n, cap;
};

void backend_list_fini(struct backend_list *l);

/* Without the lease, and freed by backend_entry_fini(). */
struct backend_entry backend_entry_copy(const struct backend_entry *b);
void backend_entry_fini(struct backend_entry *b); /* a zeroed one is fine */

/* Copies b without its lease; takes the place of one of that name, whose backend stays
 * open for as long as a question holds it. */
void backend_list_add(struct backend_list *l, const struct backend_entry *b);

/* Borrowed, until the list next changes. NULL: there is none of that name. */
struct backend_entry *backend_list_find(const struct backend_list *l, const char *name);

#endif
