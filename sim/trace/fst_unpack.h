/* fst_unpack.h - the three compression formats used in FST files.
 *
 * Input is hostile: never reads past the input nor writes past the output. The output
 * length is known in advance; data of another length is damaged. Knows nothing else of
 * FST.
 */
#ifndef POSEDGE_FST_UNPACK_H
#define POSEDGE_FST_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

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

#endif
