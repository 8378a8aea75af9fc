/* trace_convert.h - which format a file that records a run has, and those that are read
 * through a tool that turns them into VCD.
 */
#ifndef POSEDGE_TRACE_CONVERT_H
#define POSEDGE_TRACE_CONVERT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct loop;

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
enum wave_format wave_format_of_file(int fd);

/* In a task: gives feed the VCD that the tool for the format makes of path, piece by
 * piece; false from it ends the conversion with ERR_LIMIT. ERR_TOOL names the format
 * and the tool that is missing, or did not read it. */
bool wave_convert(struct loop *l, enum wave_format format, const char *path,
		  bool (*feed)(void *ctx, const char *data, size_t len), void *ctx,
		  struct err *err);

#endif
