/* configs.h - configurations (IEEE 1800-2017, clause 33), which choose the libraries
 * that modules come from.
 *
 * No tool here has libraries. Icarus 11 skips a configuration, Verilator 5.006 stops at
 * it. Pure.
 */
#ifndef POSEDGE_CONFIGS_H
#define POSEDGE_CONFIGS_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Appends the text with blanks for each "config NAME; ... endconfig" outside of
 * modules; lines and columns stay. False, with nothing appended: there are none. */
bool configs_blank(const char *text, size_t len, struct str *out);

#endif
