/* chat_call.h - a model's tool calls, as rows of the transcript.
 *
 * A call is one row: the tool, its arguments, its outcome; unfolded, also the full
 * arguments and result. Messages that the user sent meanwhile are shown between
 * them, marked as such. Claims are listed one by one; unsupported ones are grey.
 */
#ifndef POSEDGE_CHAT_CALL_H
#define POSEDGE_CHAT_CALL_H

#include <stdbool.h>
#include <stddef.h>

struct chat_writer;
struct exchange;
struct exchange_part;

/* false for a result: it is shown with its call */
bool chat_call_shows(const struct exchange_part *p);
void chat_call(struct chat_writer *w, const struct exchange *x, size_t part, bool unfolded);

/* Text between calls is shown without the line feeds around it: offset of its first
 * other byte, and the offset after its last. */
size_t chat_text_start(const char *text, size_t len);
size_t chat_text_end(const char *text, size_t len);

#endif
