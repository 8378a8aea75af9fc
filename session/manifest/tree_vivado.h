/* tree_vivado.h - which folders of a project Vivado wrote. */
#ifndef POSEDGE_TREE_VIVADO_H
#define POSEDGE_TREE_VIVADO_H

#include <stdbool.h>

struct tree;

/* True if path lies in a folder that Vivado wrote: `lab.sim`, `lab.cache` and the like
 * beside `lab.xpr` or another such folder, or `lab.srcs`. A folder of that ending alone is
 * somebody's own. */
bool tree_is_vivado(const struct tree *t, const char *path);

#endif
