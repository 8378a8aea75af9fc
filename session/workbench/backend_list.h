/* backend_list.h - the configured backends, by name.
 *
 * Owns a copy of each entry, and holds the lease of an entry's open backend. Knows
 * no protocol: names are looked up in the ports when a question is asked.
 */
#ifndef POSEDGE_BACKEND_LIST_H
#define POSEDGE_BACKEND_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct backend_lease;

struct backend_entry {
	char *name, *protocol, *url, *model, *key;
	char **options;		     /* NULL-terminated */
	struct backend_lease *lease; /* NULL until the first question */
	bool no_tools;		     /* its server refused tools since this entry was added: no
				      * tools are sent */
};

struct backend_list {
	struct backend_entry *v; /* in the order they were added */
	size_t n, cap;
};

struct backend_list *backend_list_new(void);
void backend_list_free(struct backend_list *l); /* NULL is fine */

/* Copies everything but the lease; free it with backend_entry_fini(). */
struct backend_entry backend_entry_copy(const struct backend_entry *b);
void backend_entry_fini(struct backend_entry *b); /* a zeroed one is fine */

/* Copies b without its lease. Replaces an entry of the same name, whose backend
 * stays open while a question holds it. */
void backend_list_add(struct backend_list *l, const struct backend_entry *b);

/* Borrowed until the list changes. NULL: no such name. */
struct backend_entry *backend_list_find(const struct backend_list *l, const char *name);

#endif
