/* remember.h - small values that one command leaves for the next.
 *
 * ROOT/.posedge/remembered.json: the testbench used last, the waves of the last
 * run. A convenience, not a part of the session: the journal has all of this, but
 * `sim` and `wave` must not read a whole journal for a name.
 */
#ifndef POSEDGE_REMEMBER_H
#define POSEDGE_REMEMBER_H

#include <stddef.h>

/* The caller frees; NULL: no such value. */
char *remember_get(const char *root, const char *name);
void remember_set(const char *root, const char *name, const char *value);

struct remembered {
	const char *name, *value;
};

/* Sets several at once. Neither function waits for the disk: losing a value is harmless. */
void remember_set_all(const char *root, const struct remembered *v, size_t n);

#endif
