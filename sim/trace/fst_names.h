/* fst_names.h - the names in an FST file, converted to a VCD header.
 *
 * Both have the same content, so the VCD scanner (sim/trace/vcd_scan.h), with its limits,
 * reads both, and signals have the same names in either format.
 */
#ifndef POSEDGE_FST_NAMES_H
#define POSEDGE_FST_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fst_variable {
	size_t net;	      /* counted from 0 */
	uint32_t width;	      /* as in fst_file.h */
	bool is_event, alias; /* alias: its net already has a name */
	char direction;	      /* as in session/trace/trace.h */
	uint64_t enums;	      /* number of the table of value names; 0: none */
};

struct fst_enums;

/* Receives pieces of VCD in order. v: the variable if the piece is a $var; else
 * NULL. False: stop. */
typedef bool fst_names_fn(void *ctx, const struct fst_variable *v, const char *text, size_t len);

/* Converts the names; enum tables are added to enums on the way. False: damaged; the
 * pieces so far are valid. */
bool fst_names(const unsigned char *names, size_t len, struct fst_enums *enums, fst_names_fn *fn,
	       void *ctx);

#endif
