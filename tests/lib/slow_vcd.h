/* slow_vcd.h - a value change dump, all of it in memory: the slow and obvious way. */
#ifndef POSEDGE_TEST_SLOW_VCD_H
#define POSEDGE_TEST_SLOW_VCD_H

#include <stdbool.h>
#include <stddef.h>

struct wave;

/* In pieces of at most piece bytes; 0: at once. NULL: it is no dump. */
struct wave *slow_vcd_text(const char *text, size_t len, size_t piece);
/* A file; NULL also when it cannot be read. */
struct wave *slow_vcd_file(const char *path);

#endif
