/* fst_unpack.h - the three compressions that occur in an FST file.
 *
 * Input is hostile: nothing is read past its end, nothing written past the output's.
 * The length of the output is known in advance; what does not give exactly that
 * many bytes is damaged. Knows nothing else about FST.
 */
#ifndef POSEDGE_FST_UNPACK_H
#define POSEDGE_FST_UNPACK_H

#include <stdbool.h>
#include <stddef.h>

enum fst_packing {
	FST_ZLIB, /* or gzip */
	FST_LZ4,
	FST_FASTLZ,
	FST_ZLIB_OR_PLAIN, /* for callers: what became no shorter is stored as it is */
};

/* False: damaged. */
bool fst_unpack(enum fst_packing how, const unsigned char *in, size_t n, unsigned char *out,
		size_t out_n);

/* More than this no compression of the three makes of n bytes, so that a file
 * cannot ask for memory that it has no use for. */
size_t fst_unpack_most(size_t n);

#endif
