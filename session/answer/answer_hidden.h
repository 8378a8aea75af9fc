/* answer_hidden.h - code in a form that is not read: within a sentence, a table, a
 * string of another language, or broken JSON. It is only detected, so that it is
 * reported. Pure.
 */
#ifndef POSEDGE_ANSWER_HIDDEN_H
#define POSEDGE_ANSWER_HIDDEN_H

#include <stdbool.h>

#include "session/text/slice.h"

/* Name of a module whose header and end occur in text, whatever is between its
 * words: tags, line ends written as \n. Empty: none, or one that only shows the
 * syntax, "module m(...); ... endmodule". */
struct slice hidden_module(struct slice text);

enum hidden_json {
	HIDDEN_NONE,
	HIDDEN_BROKEN, /* an object that looks like a file or an edit and could not be read */
	HIDDEN_CUT,    /* such an object that is cut off at the end of text */
};
enum hidden_json hidden_json(struct slice text);

/* True if text contains the name of a Verilog file and a long word that decodes
 * from base64 to text. */
bool hidden_base64(struct slice text);

#endif
