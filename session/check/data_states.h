/* data_states.h - data files with x or z, which a simulator of two states cannot hold. */
#ifndef POSEDGE_DATA_STATES_H
#define POSEDGE_DATA_STATES_H

#include <stddef.h>

struct sim_file;

/* The first of the files that consists of nothing but the words of a memory, with comments, and
 * has one with x or z; NULL: none. Files that cannot be read, or are longer than a megabyte, do
 * not count. Borrowed from files. */
const char *data_with_x(const char *root, const struct sim_file *files, size_t n);

#endif
