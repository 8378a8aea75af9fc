/* moved.h - documents whose file is gone: deleted, or renamed.
 *
 * What a suggestion did to a file's name stands at the nodes of the undo trees
 * (doc.h): at a node where a file is gone it is no file, and so is a file that a
 * suggestion made, before that. A rename is a node in each of two documents, which
 * name each other. Reads only.
 */
#ifndef POSEDGE_MOVED_H
#define POSEDGE_MOVED_H

#include <stdbool.h>
#include <stdint.h>

struct doc;
struct state;

/* Whether the current node of d, which is warm, is one at which there is no
 * file: saving it removes what is there. */
bool moved_no_file(const struct state *st, const struct doc *d);

/* Whether the file of d is deleted or has another name, at its current node. */
bool moved_gone(const struct doc *d);

/* The document that d became, or came from, by the rename that its node is of, and
 * the node of the same rename there (there may be NULL). NULL: by none, or that
 * document was opened anew since. */
struct doc *moved_partner(const struct state *st, const struct doc *d, uint32_t node,
			  uint32_t *there);

#endif
