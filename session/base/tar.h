/* tar.h - files put into one file and taken out again: ustar, and no more of
 * it than regular files.
 *
 * Writing: names up to 255 bytes that ustar can split, no owner, no time, mode
 * 0600, so that equal contents give equal bytes. Reading takes an archive from
 * anybody: whatever is not a regular file with a clean relative name ends it,
 * nothing is written outside of the folder given, nothing is overwritten.
 */
#ifndef POSEDGE_TAR_H
#define POSEDGE_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

bool tar_add(int fd, const char *name, const char *data, size_t len, struct err *err);
bool tar_add_file(int fd, const char *name, const char *path,
		  struct err *err); /* ERR_CONFLICT: it changed meanwhile */
bool tar_end(int fd, struct err *err);

struct tar_limits {
	size_t entries;
	uint64_t bytes; /* of all files together */
};

/* Takes all of the archive at path out into the folder into, which must be the
 * caller's own. wanted: false for a name that has no place there (ERR_PARSE);
 * NULL: all have. What was written before a failure stays. */
bool tar_unpack(const char *path, const char *into, const struct tar_limits *l,
		bool (*wanted)(const char *name), struct err *err);

#endif
