/* graph_cache.h - the folder of the graphs: one file for each project, and not without end.
 *
 * The graphs stand in the person's cache folder, CACHE/graph/HASH.db. A project that is gone
 * leaves its graph behind, so the ones that were not used for longest are removed when there
 * are too many of them or they are too large together. One that a program has open stays.
 */
#ifndef POSEDGE_GRAPH_CACHE_H
#define POSEDGE_GRAPH_CACHE_H

#include <stddef.h>
#include <stdint.h>

#define GRAPH_CACHE_FILES 64u
#define GRAPH_CACHE_BYTES (1ull << 30) /* with their journals */

/* Where the graph of the project in that folder stands; the folder is made. NULL: there is no
 * place for it. */
char *graph_cache_path(const char *root);

/* Says that the graph at path is in use, and removes others until no more than so many files
 * of so many bytes are left. Files that are not graphs are left alone. Failures are
 * ignored: the next call tries again. */
void graph_cache_prune(const char *path, size_t files, uint64_t bytes);

#endif
