/* launcher.h - the program of launch.c: compiled in, and kept as a file for bubblewrap.
 *
 * It is bound into a sandbox at LAUNCHER_AT. How it is talked to is in launch.h.
 */
#ifndef POSEDGE_LAUNCHER_H
#define POSEDGE_LAUNCHER_H

#include <stdbool.h>
#include <stddef.h>

#define LAUNCHER_AT "/launch"

/* Made when posedge is built, from launch.c. No bytes: it was built without musl. */
extern const unsigned char launch_bytes[];
extern const size_t launch_len;
extern const char launch_name[]; /* of its file; of these bytes only */

bool launcher_known(void);

/* Its file in the user's cache, which is written if it is not there as it should be; the
 * caller frees it. NULL: there is none. */
char *launcher_file(void);

#endif
