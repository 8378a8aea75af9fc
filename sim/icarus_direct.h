/* icarus_direct.h - what iverilog would start, without starting it.
 *
 * iverilog compiles nothing. It writes three small files and lets a shell start two
 * programs, ivlpp and ivl, which takes as long again as ivlpp does. What it writes differs
 * from version to version, so it is asked, once for each set of flags, with stand-ins for
 * both programs, and what it answered is kept in the user's cache. Knows nothing about designs.
 */
#ifndef POSEDGE_ICARUS_DIRECT_H
#define POSEDGE_ICARUS_DIRECT_H

#include <stdbool.h>

struct engine_job;
struct strv;

/* In a task. argv: of iverilog, from -g*, -W*, -s TOP, -I*, -D*, -P*, -o FILE and files. Writes
 * into the stage what it would write; *pp piped into *ivl, both in the mirror, then do what
 * it would do. False: that is not known, both are empty, and iverilog has to be started. */
bool icarus_direct(const struct engine_job *j, const struct strv *argv, struct strv *pp,
		   struct strv *ivl);

#endif
