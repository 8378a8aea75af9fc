/* trace_vcd_index.h - serialises the index of a dump, for trace_keep. */
#ifndef POSEDGE_TRACE_VCD_INDEX_H
#define POSEDGE_TRACE_VCD_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;
struct trace;

/* Identity of the file. */
struct trace_vcd_key {
	uint64_t size, seconds, ns, inode, device;
	uint64_t parts; /* a hash of some of its bytes */
};

/* t was read up to size. False: it has no index, or one of more than `most` bytes. */
bool trace_vcd_index_write(const struct trace *t, const struct trace_vcd_key *k, size_t most,
			   struct str *out);

/* True if the data is complete and belongs to that file. */
bool trace_vcd_index_fits(const char *data, size_t len, const struct trace_vcd_key *k);

/* Reads the header of the dump, and the rest from data, which must fit. t is new.
 * False: data does not match this dump; t must not be used any more. */
bool trace_vcd_index_read(struct trace *t, const char *data, size_t len);

#endif
