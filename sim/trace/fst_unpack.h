/* fst_unpack.h - the three compression formats used in FST files, and the one around them.
 *
 * Input is hostile: never reads past the input nor writes past the output. The output
 * length is known in advance; data of another length is damaged. Knows nothing else of
 * FST.
 */
#ifndef POSEDGE_FST_UNPACK_H
#define POSEDGE_FST_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

enum fst_packing {
	FST_ZLIB, /* or gzip */
	FST_LZ4,
	FST_FASTLZ,
	FST_ZLIB_OR_PLAIN, /* for callers: stored as is if not shorter */
};

/* False: damaged. */
bool fst_unpack(enum fst_packing how, const unsigned char *in, size_t n, unsigned char *out,
		size_t out_n);

/* Upper bound for the output of n bytes, so that a file cannot request memory that
 * it does not need. */
size_t fst_unpack_most(size_t n);

/* An FST file that is compressed as a whole, a mode of GTKWave's writer: its kind (254), its
 * length and the length of what is in it, eight bytes each, and gzip data. Passes the FST
 * file within to feed, piece by piece; of a file that is cut, what there is of it.
 * ERR_PARSE: the data is damaged; ERR_LIMIT: feed returned false. */
bool fst_unwrap(int fd, const char *name, bool (*feed)(void *ctx, const char *data, size_t len),
		void *ctx, struct err *err);

#endif
