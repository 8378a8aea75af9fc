/* nested.h - modules within modules, for tools that do not know them.
 *
 * IEEE 1800-2017 23.4 allows a module in a module. Icarus 11 has no such module when it is
 * instantiated, Verilator 5.006 says "Unsupported: module decls within module decls". In
 * the copy that a tool gets, each stands by itself at the end of the file, after a `line
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

#define NESTED_MODULES 300u	   /* in one file */
#define NESTED_MORE    (64u << 10) /* bytes, see below */

/* Adds the copy to out; false, and nothing is added: there is none in the text, or too
 * much: more modules than that, or a copy more than twice as long as the text and so many
 * bytes. Then the tools get the text as it is, and say what they do not know. path: for
 * `line. */
bool nested_lift(const char *path, const char *text, size_t len, struct str *out);

#endif
