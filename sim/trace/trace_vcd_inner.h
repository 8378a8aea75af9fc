/* trace_vcd_inner.h - shared by the files of this reader: its state, see
 * trace_vcd.c. */
#ifndef POSEDGE_TRACE_VCD_INNER_H
#define POSEDGE_TRACE_VCD_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/trace/trace.h"
#include "sim/trace/trace_block.h"
#include "sim/trace/trace_held.h"
#include "sim/trace/vcd_scan.h"

#define KEPT	    48		 /* cached blocks */
#define CHUNK	    (1u << 20)	 /* bytes read at once */
#define BLOCK_LEAST (128u << 10) /* minimum size of a block in bytes */

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
	unsigned odd;	 /* VCD_ODD_* of what an earlier scanner read */
	/* See trace_vcd_half.c. */
	struct trace_vcd *half;
	struct trace *(*again)(int fd, const char *name); /* trace_vcd_new() */
	bool half_tried;

	struct kept kept[KEPT];
	uint64_t uses;
	struct trace_block *filling;
	uint64_t filling_time;
	bool too_much; /* for one block */
	bool restored; /* the index came from the cache: the scanner has seen the header only */
	uint64_t end;  /* if restored: the last time */

	char *chunk;
};

/* trace_vcd_blocks.c. read_until: indexes up to that place in the file, or its end. */
bool trace_vcd_read_until(struct trace_vcd *me, uint64_t until, bool *any, struct err *err);
/* The index begins when all signals are known. */
void trace_vcd_begin_index(struct trace_vcd *me, uint64_t time);
void trace_vcd_on_index(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
			const char *value, size_t len);
/* Parses "#TIME\n" at s; false: not one, or truncated at end. */
bool trace_vcd_time_at(const char *s, const char *end, uint64_t *time);
/* Removes leading bits that VCD would extend again. */
void trace_vcd_cut(const struct trace_signal *s, const char **value, size_t *len);
char trace_vcd_small(char c); /* tolower() of the C locale, independent of the current one */
unsigned trace_vcd_odd(const struct trace_vcd *me);

/* trace_vcd_half.c. begin: reads the header first if it is time for that. more: reads about
 * `most` bytes, half of them in each half, and takes the second over when the first is done. */
bool trace_vcd_half_begin(struct trace_vcd *me, size_t most, bool *any, struct err *err);
bool trace_vcd_half_more(struct trace_vcd *me, size_t most, bool *any, struct err *err);
void trace_vcd_half_end(struct trace_vcd *me); /* drops it, if there is one */

#endif
