/* trace_open.h - opens a recording of any format as a session/trace.
 *
 * Map of sim/trace: the formats of recorded runs. Knows no design.
 *
 *   trace_open       any format
 *   trace_convert    other formats and compressed files, through their tools
 *   vcd_scan         parses a dump into events
 *   vcd_ids vcd_words        its identifiers; single words, oddities
 *   trace_vcd trace_vcd_inner        a dump of any size, with an index
 *   trace_vcd_blocks trace_vcd_half  making the index, two at once
 *   trace_block      a part of it in memory
 *   trace_keep trace_vcd_index       the index, cached
 *   trace_fst        an FST file
 *   trace_seek       queries on traces stored in blocks
 *   trace_held       the part common to both
 *   fst_file fst_names fst_value fst_unpack fst_enum
 *                    structure, names, values, compression and enums of an FST file
 *   ghw_file ghw_vcd a GHW file's strings and types, and all of it as VCD
 */
#ifndef POSEDGE_TRACE_OPEN_H
#define POSEDGE_TRACE_OPEN_H

#include <stdbool.h>

#include "session/base/err.h"

struct loop;
struct trace;
struct trace_part;

/* Detects the format by the first bytes, not by the name. Call in a task of l; l may
 * be NULL if there is none. ERR_PARSE: no such format; ERR_TOOL names the format and
 * the missing tool. The caller closes *out. */
bool trace_open(struct loop *l, const char *path, struct trace **out, struct err *err);

/* Likewise; of a dump that has no index in the cache only that part is read. */
bool trace_open_part(struct loop *l, const char *path, const struct trace_part *part,
		     struct trace **out, struct err *err);

#endif
