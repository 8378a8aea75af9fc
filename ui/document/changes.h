/* changes.h - gutter marks for the lines of a document that differ from its file.
 *
 * Owns a copy of the saved text; a text above CHANGES_LIMIT has no marks. An update
 * costs a diff, so it runs only when the document is at another node of its undo tree.
 * Knows no screen.
 */
#ifndef POSEDGE_CHANGES_H
#define POSEDGE_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"

struct text;

#define CHANGES_LIMIT (1u << 20) /* bytes */

struct changes {
	struct str saved;
	bool known;	     /* saved is the content of the file */
	uint32_t saved_node; /* the document's node at that save */
	uint32_t node;	     /* node that marks were made for; valid when fresh */
	bool fresh;
	/* one per line: ' ', '+' new, '~' changed, '_' lines above it were deleted */
	char *marks;
	size_t n;
};

void changes_fini(struct changes *c);

/* Sets the file's content as of save saved_node; copies. text NULL: not known. */
void changes_saved(struct changes *c, const char *text, size_t len, uint32_t saved_node);

void changes_update(struct changes *c, const struct text *t, uint32_t node);

char changes_mark(const struct changes *c, size_t line); /* ' ' if not known */

#endif
