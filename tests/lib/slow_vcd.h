/* slow_vcd.h - reads a value change dump completely into memory: slow and obvious. */
#ifndef POSEDGE_TEST_SLOW_VCD_H
#define POSEDGE_TEST_SLOW_VCD_H

#include <stdbool.h>
#include <stddef.h>

struct wave;

/* Feeds pieces of at most piece bytes; 0: all at once. NULL: it is not a dump. */
struct wave *slow_vcd_text(const char *text, size_t len, size_t piece);
/* Reads a file; also NULL if it cannot be read. */
struct wave *slow_vcd_file(const char *path);

#endif
