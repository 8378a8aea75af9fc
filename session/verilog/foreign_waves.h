/* foreign_waves.h - tasks that write waves in other vendors' formats: $fsdbDumpvars,
 * $shm_open, $vcdpluson and the like.
 *
 * No tool here has them, and they do not affect what a design does. Verilator takes
 * the scope among their arguments for an unknown variable. Pure.
 */
#ifndef POSEDGE_FOREIGN_WAVES_H
#define POSEDGE_FOREIGN_WAVES_H

#include <stdbool.h>
#include <stddef.h>

struct str;

bool foreign_waves_task(const char *name, size_t len); /* name: with its `$` */

/* Appends the text with each call of such a task blanked, up to its `;`. Length and
 * line ends stay. False, with nothing appended: there is none. */
bool foreign_waves_blank(const char *text, size_t len, struct str *out);

#endif
