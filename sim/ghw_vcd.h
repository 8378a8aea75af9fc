/* ghw_vcd.h - a run that GHDL recorded (a GHW file) as VCD.
 *
 * std_ulogic, bit and boolean, and vectors of them, are bits with VHDL's nine states; other
 * enums are strings with the names of their values, integers and physical types integers,
 * reals reals. Records are scopes, elements of other arrays signals of their own, "m[2]". Delta
 * cycles of one time are one. Limits are those of ghw_file.h.
 */
#ifndef POSEDGE_GHW_VCD_H
#define POSEDGE_GHW_VCD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

/* Reads fd from where it stands; gives put the VCD piece by piece. False from put ends it with
 * ERR_LIMIT. ERR_PARSE: the file is not as it should be. One that ends too early gives a VCD that
 * does, too. Waits for nothing but the file, so a thread of the pool can run it. */
bool ghw_to_vcd(int fd, const char *path, bool (*put)(void *ctx, const char *data, size_t len),
		void *ctx, struct err *err);

#endif
