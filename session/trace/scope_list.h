/* scope_list.h - the scopes of a trace, as a reader meets them: each once, by
 * its parent and its name. Parents come first. A look-up takes the same time
 * however many there are. */
#ifndef POSEDGE_SCOPE_LIST_H
#define POSEDGE_SCOPE_LIST_H

#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/trace/trace.h"

struct scope_list {
	struct trace_scope *scopes; /* names are owned */
	size_t n, cap;
	uint32_t *slots; /* by hash: number + 1; 0: free */
	size_t n_slots;
	uint64_t salt;
	struct str last; /* the path that was asked for last, and what it was */
	size_t last_scope;
};

/* The scope of a dotted path such as "tb.dut", made if it does not exist; "": TRACE_NONE. */
size_t scope_list_of(struct scope_list *l, const char *path);
void scope_list_free(struct scope_list *l);

#endif
