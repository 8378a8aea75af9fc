/* doc.h - a document of the session: a file, its undo tree, and its text.
 *
 * The undo tree is state: node 0 is the text as it was opened, each edit makes
 * a node below the current one, undo and redo go to a node. The text itself
 * follows from the base and the way to the current node; it is there (warm)
 * while somebody works on the document, and absent (cold) while a session is
 * only being replayed. Any bytes are text.
 */
#ifndef POSEDGE_DOC_H
#define POSEDGE_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/journal/event.h"

struct str;
struct text;

struct doc_change {
	/* bytes of its node; removed_text is known once it was warm, NULL when there is none */
	uint64_t off, removed;
	char *ins;
	size_t ins_len;
	char *removed_text;
};

struct doc_node {
	uint32_t parent;      /* below its own index; node 0 is its own */
	struct doc_change *v; /* applied in this order; after them a rename, and their bytes */
	size_t n;
	uint64_t suggestion; /* 0: by none */
	uint8_t source;	     /* enum edit_source */
	uint8_t kind;	     /* enum doc_kind */
	bool renamed;	     /* by a rename: see doc_move() */
};

enum doc_kind {
	DOC_EDIT,
	DOC_GONE, /* the file is deleted, or has another name from here on */
	DOC_CAME, /* it came from another name: the first change is all that it brings along */
};

struct doc_move {			  /* the other side of a rename */
	const char *path;		  /* of its document */
	uint32_t node;			  /* in the undo tree there */
	const struct author_run *authors; /* DOC_CAME: whose the lines are that it brings */
	size_t n_authors;
};

struct doc_step { /* what makes a node; all is copied */
	const struct change *v;
	size_t n;
	struct edit_by by;
	enum doc_kind kind;
	struct doc_move move; /* path NULL: by no rename */
};

struct doc {
	char *path;		      /* relative to the project, clean */
	uint64_t size, mtime_us;      /* of the file, when it was opened or last saved */
	char base_hash[HASH_HEX + 1]; /* "" until the first edit */
	uint64_t base_len;
	bool base_kept; /* false: too large, only its hash is known */
	struct doc_node *nodes;
	uint32_t n_nodes, cap_nodes;
	uint32_t current, saved; /* saved: the node whose text is in the file */
	bool open;
	uint64_t born;		  /* the event that opened it first; 0: not known */
	const struct doc *lender; /* whose nodes these are, see doc_copy(); NULL: its own */
	struct text *text;	  /* NULL while cold */
};

struct doc *doc_new(const char *path);
void doc_free(struct doc *d); /* NULL is fine */

/* A cold copy that is lent its undo tree, since a tree only grows: for looking
 * at what was. The nodes stay those of d, or of the one who lends them to d,
 * which must live longer and may not grow any more once a copy is used (a copy
 * of the copy, made then, may be). An edit that the lender has there, too, is
 * taken from it; any other gives the copy a tree of its own. */
struct doc *doc_copy(const struct doc *d);

bool doc_unsaved(const struct doc *d);

/* Takes text (from mem_*), which is that of node, over, and walks to the
 * current node. ERR_CONFLICT when an edit does not fit: it is another text. */
bool doc_warm(struct doc *d, uint32_t node, char *text, size_t len, struct err *err);

/* Adds a node. With a warm text, the changes must fit (else ERR_CONFLICT and
 * nothing changed). */
bool doc_step(struct doc *d, const struct doc_step *x, struct err *err);
bool doc_edit(struct doc *d, const struct change *v, size_t n, struct edit_by by, struct err *err);

/* Borrowed from the node; NULL: it is of no rename. */
const struct doc_move *doc_move(const struct doc *d, uint32_t node);

/* The suggestion that node is of; 0: none. */
uint64_t doc_suggestion(const struct doc *d, uint32_t node);

/* Walks the tree to node. ERR_USAGE: no such node. */
bool doc_goto(struct doc *d, uint32_t node, struct err *err);

/* Where undo and redo would go; the current node when there is nowhere. Redo
 * takes the youngest branch. Letters of a word typed one by one are one step,
 * and so are letters deleted one by one. */
uint32_t doc_undo_node(const struct doc *d);
uint32_t doc_redo_node(const struct doc *d);

/* The one change from a to b: from the first to the last byte that differs.
 * Its bytes are borrowed from b. */
void change_between(const char *a, size_t a_len, const char *b, size_t b_len, struct change *c);

#endif
