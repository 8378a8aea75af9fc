/* looks.h - characters that look like ASCII ones and are not: blanks that do
 * not break, dashes, curly quotes, full-width letters. Word processors and
 * models put them in; a compiler takes none of them. Pure.
 */
#ifndef POSEDGE_LOOKS_H
#define POSEDGE_LOOKS_H

#include <stddef.h>

#include "session/text/slice.h"

struct str;

/* Adds text with the ASCII characters in their place; zero-width ones go.
 * How many there were. Line ends stay, so lines do. */
size_t looks_plain(struct slice text, struct str *out);

#endif
