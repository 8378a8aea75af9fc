/* text_memo.h - a cache of tool results, keyed by the content of overlays.
 *
 * A review asks the same of the same texts again and again: the base, the base
 * with one place taken, what was there before a decision was taken back. The
 * cache holds the last few results. Its key covers the overlays and not the
 * files below them, so whoever sees one of those change clears it.
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
void text_memo_clear(struct text_memo *m);

/* Generation, bumped on every clear. Results computed under an older one are
 * dropped. */
unsigned text_memo_age(const struct text_memo *m);

void text_memo_key(const struct overlay *v, size_t n, char key[HASH_HEX + 1]);

/* NULL: not known. Owned by the memory, and its newest until the next call. */
void *text_memo_get(struct text_memo *m, const char *key);

/* So that two tasks do not make the same at once: true is for the caller to make
 * it, and to say text_memo_made() whatever came of it. False: another task made
 * it meanwhile, or could not; look again. Waits; ignores cancellation. */
bool text_memo_make(struct text_memo *m, const char *key);
void text_memo_made(struct text_memo *m, const char *key);

/* Takes value over; the oldest goes. */
void text_memo_put(struct text_memo *m, const char *key, void *value);

#endif
