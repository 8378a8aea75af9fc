/* graph_cache.h - the folder of the graphs: one file per project, limited in size.
 *
 * The graphs are in the user's cache folder, CACHE/graph/HASH.db. A deleted project
 * leaves its graph behind, so the least recently used graphs are removed when there are
 * too many or they are too large in total. A graph that a program has open is kept.
 */
#ifndef POSEDGE_GRAPH_CACHE_H
#define POSEDGE_GRAPH_CACHE_H

#include <stddef.h>
#include <stdint.h>

#define GRAPH_CACHE_FILES 64u
#define GRAPH_CACHE_BYTES (1ull << 30) /* including their journals */

/* Path of the graph for the project in root; creates the folder. The caller frees it.
 * NULL: no usable cache folder. */
char *graph_cache_path(const char *root);

/* Marks the graph at path as used, and removes others until at most that many files
 * and bytes are left. Files that are not graphs are left alone. Failures are ignored;
 * the next call tries again. */
void graph_cache_prune(const char *path, size_t files, uint64_t bytes);

#endif
