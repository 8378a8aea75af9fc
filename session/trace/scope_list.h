/* scope_list.h - the scopes of a trace as a reader finds them: each once, by parent
 * and name. Parents come first. A look-up takes constant time. */
#ifndef POSEDGE_SCOPE_LIST_H
#define POSEDGE_SCOPE_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/trace/trace.h"

struct scope_list {
	struct trace_scope *scopes; /* owns the names */
	size_t n, cap;
	uint32_t *slots; /* hash table: index + 1; 0: free */
	size_t n_slots;
	uint64_t salt;
	struct str last; /* the last path looked up; last_scope is its result */
	size_t last_scope;
};

/* The scope of a dotted path such as "tb.dut", created if necessary; "": TRACE_NONE. */
size_t scope_list_of(struct scope_list *l, const char *path);
void scope_list_free(struct scope_list *l);

#endif
