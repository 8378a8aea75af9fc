/* doc.h - a document of the session: a file, its undo tree, and its text.
 *
 * The undo tree is part of the state: node 0 is the text as it was opened, each
 * edit adds a node below the current one, and undo and redo move to a node. The
 * text follows from the base and the path to the current node. It exists (the
 * document is warm) while somebody works on the document, and does not (it is cold)
 * while a session is only replayed. Any bytes are allowed.
 */
#ifndef POSEDGE_DOC_H
#define POSEDGE_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/journal/event.h"

struct text;

struct doc_change {
	/* off and removed count bytes of the node's text; removed_text is known
	 * once the document was warm, NULL if nothing was removed */
	uint64_t off, removed;
	char *ins;
	size_t ins_len;
	char *removed_text;
};

struct doc_node {
	uint32_t parent;      /* lower than its own index; node 0 is its own parent */
	struct doc_change *v; /* applied in this order; a rename and the bytes of the changes are
			       * stored after them */
	size_t n;
	uint64_t suggestion; /* the suggestion that made it; 0: none */
	uint8_t source;	     /* enum edit_source */
	uint8_t kind;	     /* enum doc_kind */
	bool renamed;	     /* made by a rename: see doc_move() */
};

enum doc_kind {
	DOC_EDIT,
	DOC_GONE, /* the file is deleted or renamed here */
	DOC_CAME, /* it was renamed from another path: the first change adds all of its text */
};

struct doc_move {			  /* the other side of a rename */
	const char *path;		  /* of the other document */
	uint32_t node;			  /* in the undo tree of that document */
	const struct author_run *authors; /* DOC_CAME: authors of the lines it brings */
	size_t n_authors;
};

struct doc_step { /* data for a new node; everything is copied */
	const struct change *v;
	size_t n;
	struct edit_by by;
	enum doc_kind kind;
	struct doc_move move; /* path NULL: not a rename */
};

struct doc {
	char *path;		      /* relative to the project, clean */
	uint64_t size, mtime_us;      /* of the file when it was opened or last saved */
	char base_hash[HASH_HEX + 1]; /* "" until the first edit */
	uint64_t base_len;
	bool base_kept; /* false: the base is too large, only its hash is known */
	struct doc_node *nodes;
	uint32_t n_nodes, cap_nodes;
	uint32_t current, saved; /* saved: the node whose text is on disk */
	bool open;
	uint64_t born;		  /* number of the event that first opened it; 0: unknown */
	const struct doc *lender; /* owner of the nodes, see doc_copy(); NULL: this document */
	struct text *text;	  /* NULL while cold */
};

struct doc *doc_new(const char *path);
void doc_free(struct doc *d); /* NULL is fine */

/* Makes a cold copy that borrows d's undo tree, to look at the past; a tree only
 * grows. The nodes still belong to d, or to the document that d borrows them from,
 * which must outlive the copy. When that owner grows, its copies become invalid; a
 * copy of such a copy, made afterwards, is valid. An edit of the copy that the owner
 * has too is shared; any other gives the copy a tree of its own. */
struct doc *doc_copy(const struct doc *d);

bool doc_unsaved(const struct doc *d);
bool doc_has_file(const struct doc *d); /* there was one when it was opened or last saved */

/* Takes over text (from mem_*), the text at `node`, and moves to the current node.
 * ERR_CONFLICT when an edit does not fit, because it is another text. */
bool doc_load_text(struct doc *d, uint32_t node, char *text, size_t len, struct err *err);

/* Adds a node. If the document is warm, the changes must fit its text, otherwise
 * ERR_CONFLICT and nothing changes. */
bool doc_step(struct doc *d, const struct doc_step *x, struct err *err);

/* Borrowed from the node; NULL: the node is not part of a rename. */
const struct doc_move *doc_move(const struct doc *d, uint32_t node);

/* The suggestion that made the node; 0: none. */
uint64_t doc_suggestion(const struct doc *d, uint32_t node);

/* Moves to another node of the tree. ERR_USAGE: it does not exist. */
bool doc_goto(struct doc *d, uint32_t node, struct err *err);

/* The nodes that undo and redo would move to; the current node if there is none.
 * Redo takes the youngest branch. Letters typed one by one within a word are one
 * step, and so are letters deleted one by one. */
uint32_t doc_undo_node(const struct doc *d);
uint32_t doc_redo_node(const struct doc *d);

/* The single change from a to b, from the first to the last byte that differs. Its
 * bytes are borrowed from b. */
void change_between(const char *a, size_t a_len, const char *b, size_t b_len, struct change *c);

#endif
