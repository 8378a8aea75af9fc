/* bound.h - bind statements as instances, for tools that read none. Pure.
 *
 *	bind fifo checks #(.W(W)) c (.clk(clk));
 *
 * outside of modules puts the instance into fifo, IEEE 1800-2017 23.11: so it is written
 * there, in front of `endmodule`. Lines stay where they are. A bind to instances by their
 * paths, or in a module, is left as it is.
 */
#ifndef POSEDGE_BOUND_H
#define POSEDGE_BOUND_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct strv;

#define BOUND_MAX 200u /* of one text; further ones are left as they are */

/* Blanks the bind statements of text; adds to targets the modules, to instances what is to
 * stand in each, in one line. False: there was none. */
bool bound_take(char *text, size_t len, struct strv *targets, struct strv *instances);

/* Adds text to out with the instance in that module. False: it has none of that name that
 * ends. */
bool bound_put(const char *text, size_t len, const char *module, const char *instance,
	       struct str *out);

#endif
