/* runtime_old.h - removes run-time libraries that are no longer used.
 *
 * Each version of Verilator, g++ and of posedge itself makes folders of 75 MB
 * (runtime.h). Of those in the cache some stay: those used within 30 days, and of
 * these at most RUNTIME_KEPT, apart from those of the last two days.
 */
#ifndef POSEDGE_RUNTIME_OLD_H
#define POSEDGE_RUNTIME_OLD_H

#include <stdbool.h>

#define RUNTIME_PREFIX "verilated-"
#define RUNTIME_DIGITS 16 /* of the hash behind it */
#define RUNTIME_KEPT   8

/* True if dir is there. It then stays for a day at least, whatever other programs do;
 * call it before each use. */
bool runtime_use(const char *dir);

/* Removes folders from cache, and leftovers of programs that were killed. Blocks.
 * Folders that cannot be removed stay. */
void runtime_remove_old(const char *cache);

#endif
