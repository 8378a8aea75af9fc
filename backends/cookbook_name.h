/* cookbook_name.h - the name that a request gives to its module. Pure.
 *
 * "an up counter, module blink", "a FIFO called `rx_buffer`": the design is the
 * library's, its name is the person's. English only.
 */
#ifndef POSEDGE_COOKBOOK_NAME_H
#define POSEDGE_COOKBOOK_NAME_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* "called `rx_buffer`" in a request, in bytes. */
struct cookbook_name {
	size_t from, end; /* all of it */
	size_t at, len;	  /* the name alone */
};

/* False: there is none. What only might be a name ("a module that counts") is none. */
bool cookbook_name(const char *request, struct cookbook_name *name);

/* Whether a word stands in the code of a text, beside its comments. */
bool cookbook_uses(const char *text, const char *name);

/* Adds the text with the module, and its testbench NAME_tb, called otherwise. Comments
 * stay, since there the name is often a plain word. */
void cookbook_rename(const char *text, const char *name, const char *to, struct str *out);

#endif
