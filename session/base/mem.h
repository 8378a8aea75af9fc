/* mem.h - allocation that never fails softly.
 *
 * No caller handles a lack of memory: the program prints one sentence and exits;
 * the journal on disk holds the work. A hook may restore the terminal before that.
 */
#ifndef POSEDGE_MEM_H
#define POSEDGE_MEM_H

#include <stddef.h>

/* Tells compilers and analyzers that the result is never NULL. */
#define MEM_NEVER_NULL __attribute__((returns_nonnull))

void *mem_alloc(size_t size) MEM_NEVER_NULL;		/* never NULL; size 0 is fine */
void *mem_zalloc(size_t size) MEM_NEVER_NULL;		/* zeroed */
void *mem_calloc(size_t n, size_t size) MEM_NEVER_NULL; /* zeroed; checks the product */
void *mem_realloc(void *p, size_t size) MEM_NEVER_NULL;
void *mem_dup(const void *p, size_t len) MEM_NEVER_NULL;     /* len 0 is fine */
char *mem_strdup(const char *s);			     /* NULL gives NULL */
char *mem_strndup(const char *s, size_t len) MEM_NEVER_NULL; /* exactly len bytes and a NUL */

/* Grows *p, which has room for cap elements of size bytes, to at least want
 * elements, by doubling. Returns the new capacity. */
size_t mem_grow(void **p, size_t cap, size_t want, size_t size);

/* For a list of n elements with room for cap: room for one more, and one appended. */
#define MEM_ROOM(list, n, cap) ((cap) = mem_grow((void **)&(list), (cap), (n) + 1, sizeof(*(list))))
#define MEM_PUSH(list, n, cap, ...)          \
	do {                                 \
		MEM_ROOM(list, n, cap);      \
		(list)[(n)++] = __VA_ARGS__; \
	} while (0)

/* Bracket a write that must be whole: if a worker thread runs out of memory
 * meanwhile, the program exits only after mem_release_exit(). Do not allocate
 * between the two. */
void mem_hold_exit(void);
void mem_release_exit(void);

/* fn is called once, from any thread, when memory has run out and before the
 * program exits: it restores the terminal. It must not allocate. NULL: none. */
void mem_set_exit_hook(void (*fn)(void));
void mem_run_exit_hook(void); /* calls it; for crash.c */

/* Prints the sentence and exits, as if an allocation had failed. */
_Noreturn void mem_no_memory(void);

/* For tests: makes the n-th allocation from now on fail; 0 disables it. */
void mem_fail_at(unsigned long n);

#endif
