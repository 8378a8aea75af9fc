/* mem.h - memory that is always there.
 *
 * No memory left is not an error that anybody handles: the program says one
 * sentence and ends; the journal on disk holds the work. Before it ends, a
 * hook may put the terminal right.
 */
#ifndef POSEDGE_MEM_H
#define POSEDGE_MEM_H

#include <stddef.h>

/* For compilers and analyzers. */
#define MEM_NEVER_NULL __attribute__((returns_nonnull))

void *mem_alloc(size_t size) MEM_NEVER_NULL;		/* never NULL; size 0 is fine */
void *mem_zalloc(size_t size) MEM_NEVER_NULL;		/* the same, zeroed */
void *mem_calloc(size_t n, size_t size) MEM_NEVER_NULL; /* zeroed; checks the product */
void *mem_realloc(void *p, size_t size) MEM_NEVER_NULL;
void *mem_dup(const void *p, size_t len) MEM_NEVER_NULL;     /* len 0 is fine */
char *mem_strdup(const char *s);			     /* NULL gives NULL */
char *mem_strndup(const char *s, size_t len) MEM_NEVER_NULL; /* exactly len bytes and a NUL */

/* Makes room for at least want elements of size bytes in *p, which holds cap
 * of them; grows by doubling. Returns the new cap. */
size_t mem_grow(void **p, size_t cap, size_t want, size_t size);

/* Around a write that must be whole: a worker that finds no memory left waits
 * with the end of the program until the write is done. No allocation between
 * the two. */
void mem_hold_exit(void);
void mem_release_exit(void);

/* fn is called once, from any thread, when memory has run out and before the program
 * exits: it restores the terminal. It must not allocate. NULL: nothing. */
void mem_before_end(void (*fn)(void));
void mem_before_end_now(void); /* calls it; for crash.c */

/* Says the sentence and ends, as if an allocation had failed. */
_Noreturn void mem_no_memory(void);

/* For tests: the n-th allocation from now on fails; 0 switches that off. */
void mem_fail_at(unsigned long n);

#endif
