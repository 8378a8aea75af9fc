/* no_tools.h - which models take no tools, remembered from one program to the next.
 *
 * A server says so by refusing a request, which costs one. So it is kept for
 * NO_TOOLS_DAYS in the cache folder, a small file for each backend: its name is a hash
 * of protocol, address, model, options and this version of posedge, so that whatever
 * changes is asked anew. A backend without `model=` is not kept: its server may have
 * another model tomorrow. Where there is no cache folder nothing is kept.
 */
#ifndef POSEDGE_NO_TOOLS_H
#define POSEDGE_NO_TOOLS_H

#include <stdbool.h>

struct backend_entry;

#define NO_TOOLS_DAYS 7

bool no_tools_known(const struct backend_entry *e);
bool no_tools_keep(const struct backend_entry *e); /* false: for this program alone */
bool no_tools_forget(struct backend_entry *e);	   /* true: it was known, or kept */

#endif
