/* no_tools.h - models that take no tools, cached across runs of the program.
 *
 * A server reports that by refusing a request, which costs one. So it is remembered for
 * NO_TOOLS_DAYS in the cache folder, as a small file per backend, named by a hash of
 * protocol, address, model, options and this version of posedge; a change of any of
 * them means asking again. A backend without `model=` is not cached: its server may
 * have another model tomorrow. Without a cache folder nothing is cached.
 */
#ifndef POSEDGE_NO_TOOLS_H
#define POSEDGE_NO_TOOLS_H

#include <stdbool.h>

struct backend_entry;

#define NO_TOOLS_DAYS 7

bool no_tools_known(const struct backend_entry *e);
bool no_tools_keep(const struct backend_entry *e); /* false: not cached */
bool no_tools_forget(struct backend_entry *e);	   /* true: there was an entry */

#endif
