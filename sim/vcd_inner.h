/* vcd_inner.h - what the files of the reader share. */
#ifndef POSEDGE_VCD_INNER_H
#define POSEDGE_VCD_INNER_H

#include "session/tool/wave.h"
#include "sim/vcd_scan.h"

#define VCD_HELD (4u << 20) /* changes that the rows of a large dump may take */

/* Puts events into a wave: those up to a time; when max_held is reached, drops
 * those that lie so far before that no row needs them. */
#define VCD_MARKS 8

struct vcd_builder {
	struct wave *w;
	uint64_t until;		   /* later changes are passed over */
	size_t max_held;	   /* 0: all are kept, as the wave itself is told */
	uint64_t marks[VCD_MARKS]; /* the time after each eighth of max_held */
	size_t next_mark;
};

struct vcd_events vcd_builder_events(struct vcd_builder *b); /* vcd_builder.c */

/* A part of a large file; what vcd.h says of wave_read(). False with *fits
 * false: the file is not written line by line, so it must be read from the
 * start. fd is at any place. */
bool vcd_read_window(int fd, uint64_t size, const struct wave_want *want, struct wave **out,
		     bool *fits, struct err *err);

enum wave_format {
	WAVE_VCD,
	WAVE_FST,
	WAVE_GHW,
	WAVE_GZIP,
	WAVE_ZSTD,
	WAVE_XZ,
	WAVE_BZIP2,
	WAVE_LXT,
	WAVE_VZT
};

/* By the first bytes of a file; anything unknown may be a VCD. */
enum wave_format wave_format_of(const char *data, size_t len);

struct err;
struct loop;
struct stat;
struct vcd;

/* In a task: gives feed the VCD that the tool for the format makes of path, piece by
 * piece; false from it ends the conversion with ERR_LIMIT. */
bool wave_convert(struct loop *l, enum wave_format format, const char *path,
		  bool (*feed)(void *ctx, const char *data, size_t len), void *ctx,
		  struct err *err);

/* A regular file, to be read; -1 with err. */
int vcd_open_dump(const char *path, struct stat *st, struct err *err);
enum wave_format wave_format_of_file(int fd);

#endif
