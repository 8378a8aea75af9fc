/* fst_names.h - the names in an FST file, as the header of a VCD.
 *
 * Both say the same things, so that what reads the one (sim/vcd_scan.h), with its
 * limits, reads the other, and signals have the same names whatever the format.
 */
#ifndef POSEDGE_FST_NAMES_H
#define POSEDGE_FST_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fst_variable {
	size_t net;	      /* counted from 0 */
	uint32_t width;	      /* as in fst_file.h */
	bool is_event, alias; /* alias: its net had a name before */
	char direction;	      /* as in session/trace/trace.h */
	uint64_t enums;	      /* number of the table with the names of its values; 0: none */
};

struct fst_enums;

/* Pieces of VCD, in order. v: the piece is the $var of that; NULL: it is not one.
 * False: that is enough. */
typedef bool fst_names_fn(void *ctx, const struct fst_variable *v, const char *text, size_t len);

/* The names of values go into enums, as they come. False: the names are damaged; what
 * came before is good. */
bool fst_names(const unsigned char *names, size_t len, struct fst_enums *enums, fst_names_fn *fn,
	       void *ctx);

#endif
