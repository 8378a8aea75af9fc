/* design_parameters.h - values of a top module's parameters, as literals for
 * tools.
 *
 * The user types "set parameters W=16 ROM=boot.hex"; a tool needs literals, W=16
 * and ROM="boot.hex". On ROM=boot.hex Verilator 5.006 stops with an error about a
 * decimal constant, and Icarus 11 continues with the default. Knows modules by
 * their outline, runs nothing.
 */
#ifndef POSEDGE_DESIGN_PARAMETERS_H
#define POSEDGE_DESIGN_PARAMETERS_H

#include "session/base/str.h"

struct diag_list;
struct vmodule;

/* Adds to out the items of said (NAME=VALUE) that top declares, with literals as
 * values. A value that is not a number becomes a string if the parameter's default
 * is one, or if it has no type and its default is no literal; otherwise it is
 * dropped. top: NULL has no parameters. */
void design_parameters(const struct vmodule *top, const struct strv *said, struct strv *out);

/* Adds a sentence for each item of set that top does not declare. top is not NULL. */
void design_parameters_lost(const struct vmodule *top, const struct strv *set, struct strv *notes);

/* Adds a sentence for each string parameter of top with an empty default that
 * given (NAME=VALUE) does not set; it often names a file. */
void design_parameters_empty(const struct vmodule *top, const struct strv *given,
			     struct strv *notes);

/* Adds a sentence for each parameter of top, except types, that according to
 * found never gets a value. found may be NULL. */
void design_parameters_unset(const struct vmodule *top, const struct diag_list *found,
			     struct strv *notes);

/* True if the module has the parameter of "NAME=VALUE". top: NULL has none. */
bool design_parameters_has(const struct vmodule *top, const char *word);

#endif
