/* tree_built.h - whether a folder named like a tool's output really is one. */
#ifndef POSEDGE_TREE_BUILT_H
#define POSEDGE_TREE_BUILT_H

#include <stdbool.h>

/* True for folders that hold no sources, whatever they contain: .git and other hidden
 * ones, node_modules. Among hidden files, only those that a server runs after a push
 * say something about the design. name: without a slash. */
bool tree_skips(const char *name);

/* True if folder (relative to root) is named obj_dir, build or work and holds no HDL,
 * or also what a tool left there, or a .gitignore beside it or in root names it; and for
 * a library of ModelSim, whatever its name. Reads at most a few hundred names. */
bool tree_is_built(const char *root, const char *folder);

#endif
