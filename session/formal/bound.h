/* bound.h - turns bind statements into instances, for tools that do not read
 * bind. Pure.
 *
 *     bind fifo checks #(.W(W)) c (.clk(clk));
 *
 * outside of modules puts the instance into fifo (IEEE 1800-2017 23.11), so it is
 * written there, before `endmodule`. Line numbers do not change. A bind inside a
 * module, or to instances by their paths, is left alone.
 */
#ifndef POSEDGE_BOUND_H
#define POSEDGE_BOUND_H

#include <stdbool.h>
#include <stddef.h>

struct str;
struct strv;

#define BOUND_MAX 200u /* per text; further ones are left alone */

/* Blanks the bind statements of text. Adds the target modules to targets and the
 * instances, one line each, to instances. False if there were none. */
bool bound_take(char *text, size_t len, struct strv *targets, struct strv *instances);

/* Adds text to out with the instance inserted into that module. False if text has
 * no complete module of that name. */
bool bound_put(const char *text, size_t len, const char *module, const char *instance,
	       struct str *out);

#endif
