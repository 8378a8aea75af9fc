/* moved.h - documents whose file is gone: deleted, or renamed.
 *
 * Nodes of the undo trees (doc.h) record what suggestions did to a file's name. At a
 * node DOC_GONE the document has no file, and a file that a suggestion created does
 * not exist before that suggestion's node. A rename is one node in each of two
 * documents, which refer to each other. Read-only.
 */
#ifndef POSEDGE_MOVED_H
#define POSEDGE_MOVED_H

#include <stdbool.h>
#include <stdint.h>

struct doc;
struct state;

/* True if d, which is warm, has no file at its current node: saving it removes the
 * file on disk. */
bool moved_no_file(const struct state *st, const struct doc *d);

/* True if the file of d is deleted or renamed at its current node. */
bool moved_gone(const struct doc *d);

/* The document on the other side of the rename that made `node`, with its node of
 * the same rename in *there (may be NULL). NULL: the node is not part of a rename,
 * or that document was opened anew since. */
struct doc *moved_partner(const struct state *st, const struct doc *d, uint32_t node,
			  uint32_t *there);

#endif
