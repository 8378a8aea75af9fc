/* design_include.h - fixes includes that a tool would find in the wrong folder.
 *
 * A tool looks up `include "defs.vh" in one list of folders, whichever file
 * includes it (Verilator has --relative-includes, but searches the including
 * file's folder last). If two folders have a defs.vh, some file would get the
 * wrong one. The tool then gets that file with the path from the root instead of
 * the name; line numbers do not change. Paths of another machine are replaced as
 * well.
 */
#ifndef POSEDGE_DESIGN_INCLUDE_H
#define POSEDGE_DESIGN_INCLUDE_H

struct design;
struct project;

/* Changes the texts of d's sources and adds notes; d's files and include_dirs
 * must be filled in. */
void design_settle_includes(struct design *d, const struct project *p);

#endif
