/* answer_hidden.h - code that an answer has in a form that nobody reads: within a
 * sentence, a table, a string of another language, JSON that is broken. Only seen, so
 * that it is not passed over in silence. Pure.
 */
#ifndef POSEDGE_ANSWER_HIDDEN_H
#define POSEDGE_ANSWER_HIDDEN_H

#include <stdbool.h>

#include "session/text/slice.h"

/* The name of a module that has a head and an end somewhere in text, whatever stands
 * between its words: tags, line ends written as \n. Empty: none, or one that only shows
 * how one is written, "module m(...); ... endmodule". */
struct slice hidden_module(struct slice text);

enum hidden_json {
	HIDDEN_NONE,
	HIDDEN_BROKEN, /* an object that would be a file or an edit, and could not be read */
	HIDDEN_CUT,    /* one that text ends in */
};
enum hidden_json hidden_json(struct slice text);

/* A Verilog file's name, and a long word that is text in base64. */
bool hidden_base64(struct slice text);

#endif
