/* design_parameters.h - values of a top module's parameters, as tools take them.
 *
 * "set parameters W=16 ROM=boot.hex" is typed; a tool wants a literal of the language,
 * W=16 and ROM="boot.hex". Verilator 5.006 ends at ROM=boot.hex with an error about a
 * decimal constant, Icarus 11 goes on with the first value. Knows modules by their
 * outline, runs nothing.
 */
#ifndef POSEDGE_DESIGN_PARAMETERS_H
#define POSEDGE_DESIGN_PARAMETERS_H

#include "session/base/str.h"

struct diag_list;
struct vmodule;

/* Adds to out those of said (NAME=VALUE) that top has, each with a literal for its
 * value. A value that is no number becomes a string when the parameter's first value is
 * one, or when it has no type and its first value is no literal; of others it is left
 * out. top: NULL has none. */
void design_parameters(const struct vmodule *top, const struct strv *said, struct strv *out);

/* A sentence for each of set that does not reach top, which is known. */
void design_parameters_lost(const struct vmodule *top, const struct strv *set, struct strv *notes);

/* A sentence for each string of top that is empty at first and that given (NAME=VALUE)
 * does not set: such a one often names a file. */
void design_parameters_empty(const struct vmodule *top, const struct strv *given,
			     struct strv *notes);

/* A sentence for each parameter of top, but types, of which found says that nothing gives
 * it a value. found: NULL says nothing. */
void design_parameters_unset(const struct vmodule *top, const struct diag_list *found,
			     struct strv *notes);

#endif
