/* cookbook_syntax.h - which card explains a syntax error. Pure. */
#ifndef POSEDGE_COOKBOOK_SYNTAX_H
#define POSEDGE_COOKBOOK_SYNTAX_H

#include <stddef.h>

/* message: a finding followed by its indented source line, as in a request for a
 * repair; n: its length. Returns the name of a card; NULL: not a syntax error or
 * similar slip, or nothing can be said about it. */
const char *cookbook_syntax_card(const char *message, size_t n);

#endif
