/* search_list.h - descriptions of places in a design, each with the place it
 * describes. Pure.
 *
 * Both layouts are a JSON array, and their objects may be mixed:
 *
 *	{"description": "...", "module": "fifo", "signal": "count"}	posedge's own; or "block"
 *	{"module_id": "fifo", "module_description": "...",		HDLSearch, of HDLxGraph
 *	 "block_descriptions": [{"code": "always ...", "description": "..."}],
 *	 "signal_descriptions": [{"signal": "fifo::count", "description": "..."}]}
 */
#ifndef POSEDGE_SEARCH_LIST_H
#define POSEDGE_SEARCH_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

#define SEARCH_LIST_MAX	 2000u	/* descriptions per file; the file is read again for each */
#define SEARCH_CODE_MAX	 20000u /* bytes of a block's code */
#define SEARCH_WORDS_MAX 4000u	/* bytes of a description */

/* At most one of signal, block and code is set; with none the item is the module.
 * Strings may be NULL. */
struct search_item {
	char *words, *module, *signal, *block, *code;
};

struct search_list {
	struct search_item *v;
	size_t n;
};

/* ERR_PARSE, ERR_LIMIT: *out is empty. An unusable object becomes an empty item, so
 * the numbers of the others do not depend on it. */
bool search_list_read(const char *text, size_t len, struct search_list *out, struct err *err);
void search_list_fini(struct search_list *l);

const char *search_item_kind(const struct search_item *i); /* "module", "block", "signal" */

/* True if the line (1-based) of text is part of an occurrence of code, ignoring blanks. */
bool search_code_has(const char *code, const char *text, size_t len, int line);

#endif
