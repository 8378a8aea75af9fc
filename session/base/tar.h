/* tar.h - packs files into a ustar archive and unpacks them; regular files only.
 *
 * Writing: names that ustar can split, 255 bytes at the most, no owner, no time, mode
 * 0600, so that equal contents give equal bytes. Reading trusts nobody: anything but a
 * regular file with a clean relative name is an error, nothing is written outside the
 * given folder, and nothing is overwritten. Every call that opens an archive fails with
 * ERR_TOOL where libarchive is not installed.
 */
#ifndef POSEDGE_TAR_H
#define POSEDGE_TAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct tar; /* an archive being written */

struct tar *tar_new(int fd, struct err *err); /* fd stays the caller's; NULL: see err */

/* ERR_LIMIT: ustar has no room for the name or the size. */
bool tar_add(struct tar *t, const char *name, const char *data, size_t len, struct err *err);
bool tar_add_file(struct tar *t, const char *name, const char *path,
		  struct err *err); /* ERR_CONFLICT: the file changed meanwhile */

/* Writes the end. Without it the archive is torn. */
bool tar_end(struct tar *t, struct err *err);
void tar_free(struct tar *t); /* NULL is fine */

struct tar_limits {
	size_t entries;
	uint64_t bytes; /* of all files together */
};

/* Unpacks the archive at path into the folder into, which must belong to the caller
 * alone. wanted: returns false for a name that must not be in the archive
 * (ERR_PARSE); NULL accepts all. Files written before a failure stay. */
bool tar_unpack(const char *path, const char *into, const struct tar_limits *l,
		bool (*wanted)(const char *name), struct err *err);

#endif
