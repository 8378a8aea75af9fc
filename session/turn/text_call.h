/* text_call.h - calls written in text, for models that have no others. Pure.
 *
 * A call is a fenced block whose info string is "tool", with one JSON object:
 *
 *	```tool
 *	{"name": "read_file", "arguments": {"path": "rtl/fifo.sv"}}
 *	```
 *
 * The block ends at a line of three backquotes or more, or with the text. Results
 * come as text of the next message. A convention of posedge's own.
 */
#ifndef POSEDGE_TEXT_CALL_H
#define POSEDGE_TEXT_CALL_H

#include <stddef.h>

struct str;

void text_call_describe(const char *name, const char *about, const char *schema, struct str *out);
void text_call_rules(struct str *out);

/* Tells of each call in order; args is JSON when the model wrote some, else what stood in
 * the block, with the name "". Returns how many there are. */
size_t text_calls(const char *text, size_t len,
		  void (*fn)(void *ctx, const char *name, const char *args, size_t len), void *ctx);

#endif
