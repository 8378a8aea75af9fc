/* icarus_direct.h - runs the programs behind iverilog without iverilog.
 *
 * iverilog itself compiles nothing. It writes three small files and has a shell start
 * two programs, ivlpp and ivl, which takes as long again as ivlpp. The files differ
 * between versions, so iverilog is run once per set of flags, with stand-ins for both
 * programs, and the result is kept in the user's cache. Knows nothing about designs.
 */
#ifndef POSEDGE_ICARUS_DIRECT_H
#define POSEDGE_ICARUS_DIRECT_H

#include <stdbool.h>

struct engine_job;
struct strv;

/* Call in a task. argv: for iverilog, with -g*, -W*, -s TOP, -I*, -D*, -P*, -o FILE
 * and files. Writes the files to the stage; *pp piped into *ivl, both run in the
 * mirror, then do what iverilog would. False: not known; both are empty, and
 * iverilog must be run. */
bool icarus_direct(const struct engine_job *j, const struct strv *argv, struct strv *pp,
		   struct strv *ivl);

#endif
