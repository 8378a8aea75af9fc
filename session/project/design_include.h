/* design_include.h - includes that a tool would find in the wrong folder.
 *
 * A tool looks for `include "defs.vh" in one list of folders, whoever says it
 * (Verilator has --relative-includes, but looks beside the file last). Where two
 * folders have a defs.vh, some file would get that of the other. Such a file is
 * given to the tool with the path from the root in place of the name: the line
 * numbers stay. The same is done for a path of another machine.
 */
#ifndef POSEDGE_DESIGN_INCLUDE_H
#define POSEDGE_DESIGN_INCLUDE_H

struct design;
struct project;

/* Changes the texts of d's sources, and adds to its notes; files and include_dirs must be
 * there. */
void design_settle_includes(struct design *d, const struct project *p);

#endif
