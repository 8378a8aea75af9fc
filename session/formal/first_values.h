/* first_values.h - whether a module is used as it is proved: with its parameters' first values.
 *
 * A proof is of one set of values. What is proved of W = 8 says nothing of an instance with
 * #(.W(16)), so before a proof stands for the design the instances are looked at. */
#ifndef POSEDGE_FIRST_VALUES_H
#define POSEDGE_FIRST_VALUES_H

#include <stdbool.h>

struct project;
struct strv;
struct vmodule;

/* True: the module has no parameters, or each instance in the project gives none, or the very
 * text of the default, by itself or as the value of a localparam. False: one gives another
 * one, or it cannot be told (defparam, an expression). Reads files. */
bool first_values(const struct project *p, const char *module);

/* The values that a proof of the module is of, as a sentence; "" where it has no parameters, m
 * NULL too. set: "NAME=VALUE", NULL-terminated; may be NULL. To be freed. */
char *first_values_say(const struct vmodule *m, const char *const *set);

#endif
