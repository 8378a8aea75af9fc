/* trace_vcd_inner.h - what the files of this reader share: its state, see trace_vcd.c. */
#ifndef POSEDGE_TRACE_VCD_INNER_H
#define POSEDGE_TRACE_VCD_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/trace/scope_list.h"
#include "session/trace/trace.h"
#include "sim/trace_block.h"
#include "sim/trace_held.h"

#define KEPT 48 /* blocks that are kept */

#define TRACE_VCD_CUT "the file ends in the middle of a word or a section"

struct place {
	uint64_t offset, time; /* of its first change */
};

struct kept {
	size_t block;
	uint64_t used; /* when, by count */
	struct trace_block b;
};

struct trace_vcd {
	struct trace_held held; /* first */
	int fd;
	char *name;
	uint64_t at; /* bytes that the index has */
	struct vcd_scan *index, *reader;
	bool header_read; /* by the reader */

	int magnitude, exponent;
	bool has_timescale;

	size_t n_streams;
	uint64_t *hashes; /* of each stream's value; 0: none yet */
	bool *fires;	  /* it is an event */
	struct place *blocks;
	size_t n_blocks, cap_blocks, block_bytes, words;
	uint64_t *bits; /* words for each block */
	bool bits_begun;

	struct kept kept[KEPT];
	uint64_t uses;
	struct trace_block *filling;
	uint64_t filling_time;
	bool too_much; /* for a block */
	bool restored; /* the index was kept: what the scanner saw is the header alone */
	uint64_t end;  /* then: the last time */

	char *chunk;
};

#endif
