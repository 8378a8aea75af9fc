/* nested.h - modules within modules, for tools that do not know them.
 *
 * IEEE 1800-2017 23.4 allows a module in a module. Icarus 11 has no such module when it is
 * instantiated, Verilator 5.006 says "Unsupported: module decls within module decls". In
 * the copy that a tool gets, each stands by itself at the end of the file, behind a `line
 * that tells where it was; its own text is the same, and so are the lines of the others.
 * What it took from the module around it, it then lacks, which the tool says.
 *
 * Pure.
 */
#ifndef POSEDGE_NESTED_H
#define POSEDGE_NESTED_H

#include <stdbool.h>
#include <stddef.h>

struct str;

/* Adds the copy to out; false, and nothing is added: there is none in the text. path: for
 * `line. */
bool nested_lift(const char *path, const char *text, size_t len, struct str *out);

#endif
