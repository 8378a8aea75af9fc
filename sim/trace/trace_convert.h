/* trace_convert.h - detects the format of a recording; converts some formats to VCD, and
 * unpacks compressed files, with external tools.
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
	WAVE_FST_PACKED, /* compressed as a whole */
	WAVE_GHW,
	WAVE_GZIP,
	WAVE_ZSTD,
	WAVE_XZ,
	WAVE_BZIP2,
	WAVE_LXT,
	WAVE_VZT
};

/* By the first bytes; anything unknown may be a VCD. */
enum wave_format wave_format_of(const char *data, size_t len);
enum wave_format wave_format_of_file(int fd);

const char *wave_format_name(enum wave_format format); /* "a GHW file" */

/* Compression around a file of any other format. */
bool wave_format_is_packed(enum wave_format format);

/* Call in a task: converts path with the format's tool and passes the VCD, or what was
 * compressed, to feed, piece by piece; false from feed ends it with ERR_LIMIT. ERR_TOOL
 * names the format and the tool that is missing or failed. */
bool wave_convert(struct loop *l, enum wave_format format, const char *path,
		  bool (*feed)(void *ctx, const char *data, size_t len), void *ctx,
		  struct err *err);

#endif
