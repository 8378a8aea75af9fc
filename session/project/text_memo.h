/* text_memo.h - a cache of tool results, keyed by the content of overlays.
 *
 * A review asks about the same texts again and again: the base, the base with one
 * hunk taken, the state before a decision was undone. The cache holds the last
 * few results. Its key covers the overlays but not the files below them: whoever
 * changes those counts a generation on, and results of an older one are dropped.
 */
#ifndef POSEDGE_TEXT_MEMO_H
#define POSEDGE_TEXT_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/hash.h"
#include "session/project/overlay.h"

struct text_memo;

struct text_memo *text_memo_new(size_t size, void (*free_value)(void *value));
void text_memo_free(struct text_memo *m); /* NULL is fine */

/* The generation of the files, counted by their owner; borrowed. Without one the
 * results never become stale. */
void text_memo_follow(struct text_memo *m, const unsigned *generation);
/* As it is now. A result computed under an older one must not be put in. */
unsigned text_memo_generation(const struct text_memo *m);

void text_memo_key(const struct overlay *v, size_t n, char key[HASH_HEX + 1]);

/* NULL if not cached. Owned by the memo; not evicted before the next call. */
void *text_memo_get(struct text_memo *m, const char *key);

/* Keeps two tasks from computing the same result. True: the caller must compute
 * it and then call text_memo_made(), also if it failed. False: another task has
 * computed it, or failed to; look it up again. Waits; ignores cancellation. */
bool text_memo_make(struct text_memo *m, const char *key);
void text_memo_made(struct text_memo *m, const char *key);

/* Takes ownership of value and evicts the oldest entry. */
void text_memo_put(struct text_memo *m, const char *key, void *value);

#endif
