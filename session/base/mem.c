/* Allocation that never fails softly. Code to handle a NULL from every malloc()
 * would be a second, untested program; here the whole session is in the journal, so
 * exiting at once with one sentence loses nothing. The exit takes the lock `whole`,
 * which the journal holds while it writes a line: a line is on disk entirely or not
 * at all. before_end() restores the terminal.
 *
 * mem_fail_at() makes the n-th allocation fail, for a test that sweeps n.
 */
#include "config.h"

#include "session/base/mem.h"

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Used only when an allocation fails. Global because malloc is. */
static pthread_mutex_t whole = PTHREAD_MUTEX_INITIALIZER;
static unsigned long fail_at;
static void (*before_end)(void);

_Noreturn void mem_no_memory(void)
{
	static const char text[] = "posedge: no memory left; the session is on disk\n";
	ssize_t ignored;

	pthread_mutex_lock(&whole);
	if (before_end)
		before_end();
	ignored = write(STDERR_FILENO, text, sizeof(text) - 1);
	(void)ignored;
	_exit(2);
}

void mem_set_exit_hook(void (*fn)(void))
{
	before_end = fn;
}

void mem_run_exit_hook(void)
{
	if (before_end)
		before_end();
}

void mem_hold_exit(void)
{
	pthread_mutex_lock(&whole);
}

void mem_release_exit(void)
{
	pthread_mutex_unlock(&whole);
}

void mem_fail_at(unsigned long n)
{
	fail_at = n;
}

static void *checked(void *p)
{
	if (!p || (fail_at && --fail_at == 0))
		mem_no_memory();
	return p;
}

void *mem_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *mem_calloc(size_t n, size_t size)
{
	return checked(calloc(n ? n : 1, size ? size : 1));
}

void *mem_zalloc(size_t size)
{
	return mem_calloc(1, size);
}

void *mem_realloc(void *p, size_t size)
{
	return checked(realloc(p, size ? size : 1));
}

void *mem_dup(const void *p, size_t len)
{
	void *copy = mem_alloc(len);

	if (len)
		memcpy(copy, p, len);
	return copy;
}

char *mem_strndup(const char *s, size_t len)
{
	char *copy = mem_alloc(len + 1);

	if (len)
		memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *mem_strdup(const char *s)
{
	return s ? mem_strndup(s, strlen(s)) : NULL;
}

size_t mem_grow(void **p, size_t cap, size_t want, size_t size)
{
	if (want <= cap)
		return cap;
	if (cap < 8)
		cap = 8;
	while (cap < want) {
		if (cap > SIZE_MAX / 2)
			mem_no_memory();
		cap *= 2;
	}
	if (cap > SIZE_MAX / size)
		mem_no_memory();
	*p = mem_realloc(*p, cap * size);
	return cap;
}
