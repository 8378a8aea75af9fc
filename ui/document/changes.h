/* changes.h - which lines of a document differ from its file, for the gutter.
 *
 * Owns a copy of what was last saved; texts above CHANGES_LIMIT have no marks.
 * The comparison costs a diff and is made anew only for another node of the
 * undo tree. Knows no screen.
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
	bool known;	     /* saved is what the file holds */
	uint32_t saved_node; /* as of which save */
	uint32_t node;	     /* what marks are for; valid when fresh */
	bool fresh;
	/* one for each line: ' ', '+' new, '~' changed, '_' lines before it are gone */
	char *marks;
	size_t n;
};

void changes_fini(struct changes *c);

/* That is what the file holds as of save saved_node; NULL: it is not known. */
void changes_saved(struct changes *c, const char *text, size_t len, uint32_t saved_node);

void changes_update(struct changes *c, const struct text *t, uint32_t node);

char changes_mark(const struct changes *c, size_t line); /* ' ' where nothing is known */

#endif
