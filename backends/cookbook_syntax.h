/* cookbook_syntax.h - which card explains a syntax error. Pure. */
#ifndef POSEDGE_COOKBOOK_SYNTAX_H
#define POSEDGE_COOKBOOK_SYNTAX_H

#include <stddef.h>

/* message: a finding with the line of source indented below it, as a request for
 * a repair has it; n its length. The name of a card, or NULL: it is no syntax
 * error nor another slip of the pen, or nothing can be told of it. */
const char *cookbook_syntax_card(const char *message, size_t n);

#endif
