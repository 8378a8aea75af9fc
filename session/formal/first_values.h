/* first_values.h - checks that a module is used with the parameter values of its
 * proof.
 *
 * A proof is for one set of values: a proof for W = 8 says nothing about an
 * instance with #(.W(16)). So the instances are checked before a proof is applied
 * to the design.
 */
#ifndef POSEDGE_FIRST_VALUES_H
#define POSEDGE_FIRST_VALUES_H

#include <stdbool.h>

struct project;
struct vmodule;

/* True if the module has no parameters, or if each instance in the project either
 * sets none or sets the text of the default, directly or through a localparam.
 * False if one differs or that is unknown (defparam, an expression). Reads files. */
bool first_values(const struct project *p, const char *module);

/* A sentence with the parameter values that a proof of the module is for; "" if m
 * is NULL or has none. set: "NAME=VALUE" strings, NULL-terminated; may be NULL.
 * The caller frees. */
char *first_values_say(const struct vmodule *m, const char *const *set);

#endif
