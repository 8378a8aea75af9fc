/* text_call.h - tool calls written as text, for models without a tool protocol. Pure.
 *
 * A call is a fenced block with the info string "tool" and one JSON object:
 *
 *	```tool
 *	{"name": "read_file", "arguments": {"path": "rtl/fifo.sv"}}
 *	```
 *
 * The block ends at a line of three or more backquotes, or at the end of the text.
 * Results are text in the next message. This is posedge's own convention.
 */
#ifndef POSEDGE_TEXT_CALL_H
#define POSEDGE_TEXT_CALL_H

#include <stddef.h>

struct str;

void text_call_describe(const char *name, const char *about, const char *schema, struct str *out);
void text_call_rules(struct str *out);

/* Calls fn for each call in order and returns their number. args is JSON if the
 * block parses, else the block's content, with the name "". *start, which may be NULL,
 * is the bytes of text before the calls that end it; len if words end it. */
size_t text_calls(const char *text, size_t len,
		  void (*fn)(void *ctx, const char *name, const char *args, size_t len), void *ctx,
		  size_t *start);

#endif
