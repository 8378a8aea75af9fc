/* trace_vcd_inner.h - shared by the files of this reader: its state, see
 * trace_vcd.c. */
#ifndef POSEDGE_TRACE_VCD_INNER_H
#define POSEDGE_TRACE_VCD_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "sim/trace/trace_block.h"
#include "sim/trace/trace_held.h"

#define KEPT 48 /* cached blocks */

#define TRACE_VCD_CUT "the file ends in the middle of a word or a section"

struct place {
	uint64_t offset, time; /* of its first change */
};

struct trace_vcd_piece {
	uint64_t at;
	size_t len;
	char text[256];
};

struct kept {
	size_t block;
	uint64_t used; /* value of `uses` at the last use */
	struct trace_block b;
};

struct trace_vcd {
	struct trace_held held; /* first */
	int fd;
	char *name;
	uint64_t at;			    /* bytes indexed so far */
	struct trace_vcd_piece first, last; /* a file written anew has others there, or none */
	struct vcd_scan *index, *reader;
	bool header_read; /* reader has read the header */

	int magnitude, exponent;
	bool has_timescale;

	size_t n_streams;
	uint64_t *hashes; /* of each stream's last value; 0: none yet */
	bool *fires;	  /* stream is an event */
	struct place *blocks;
	size_t n_blocks, cap_blocks, block_bytes, words;
	uint64_t *bits; /* one bit per net: `words` words per block */
	bool bits_begun;
	bool kind_found; /* a net declared as bits has other values */

	struct kept kept[KEPT];
	uint64_t uses;
	struct trace_block *filling;
	uint64_t filling_time;
	bool too_much; /* for one block */
	bool restored; /* the index came from the cache: the scanner has seen the header only */
	uint64_t end;  /* if restored: the last time */

	char *chunk;
};

#endif
