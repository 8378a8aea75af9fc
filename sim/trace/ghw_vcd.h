/* ghw_vcd.h - converts a GHW file, GHDL's record of a run, to VCD.
 *
 * std_ulogic, bit, boolean and vectors of them become bits with VHDL's nine states, other
 * enums strings with the names of their values, integers and physical types integers, reals
 * reals. A record becomes a scope, and each element of another array a signal, "m[2]". The
 * delta cycles of one time are merged. The limits are those of ghw_file.h.
 */
#ifndef POSEDGE_GHW_VCD_H
#define POSEDGE_GHW_VCD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

/* Reads fd from its current position and passes the VCD to put in pieces; false from put ends
 * the conversion with ERR_LIMIT. ERR_PARSE: the file is damaged. A file that ends too early
 * gives a VCD that does so too. Waits for nothing but the file, so a thread of the pool can
 * run it. */
bool ghw_to_vcd(int fd, const char *path, bool (*put)(void *ctx, const char *data, size_t len),
		void *ctx, struct err *err);

#endif
