/* nested.h - lifts nested modules to the top level, for tools without support.
 *
 * IEEE 1800-2017 23.4 allows modules in modules. Icarus 11 does not find them when they
 * are instantiated; Verilator 5.006 says "Unsupported: module decls within module
 * decls". In the copy for the tools each one is moved to the end of the file, after a
 * `line that gives its old position; its own text and the other line numbers do not
 * change. If it uses names of the enclosing module, the tool reports them as missing.
 *
 * Pure.
 */
#ifndef POSEDGE_NESTED_H
#define POSEDGE_NESTED_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define NESTED_MODULES 300u	   /* per file */
#define NESTED_MORE    (64u << 10) /* bytes, see below */

/* Appends the copy to out. False, with nothing appended: there are no nested
 * modules, more than NESTED_MODULES, or the copy would exceed twice the text plus
 * NESTED_MORE bytes; then the tools get the original and report what they do not
 * support. path: for `line. */
bool nested_lift(const char *path, const char *text, size_t len, struct str *out);

#endif
