/* cookbook_name.h - the name that a request gives to its module. Pure.
 *
 * "an up counter, module blink", "a FIFO called `rx_buffer`": the design comes from the
 * library, its name from the person. English only.
 */
#ifndef POSEDGE_COOKBOOK_NAME_H
#define POSEDGE_COOKBOOK_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Byte ranges in a request for "called `rx_buffer`". */
struct cookbook_name {
	size_t from, end; /* the whole phrase */
	size_t at, len;	  /* the name alone */
};

/* False: none. Something that only might be a name ("a module that counts") is not one. */
bool cookbook_name(const char *request, struct cookbook_name *name);

/* True if name occurs in the code of text, outside of comments. */
bool cookbook_uses(const char *text, const char *name);

/* Appends text with the module renamed, and its testbench to TO_tb. Comments are left
 * alone, since the name is often an ordinary word there. */
void cookbook_rename(const char *text, const char *name, const char *to, struct str *out);

#endif
