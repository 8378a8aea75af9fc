/* chat_call.h - a model's calls of tools, as rows of the transcript.
 *
 * A call is one row: the tool, its arguments, what came of it; unfolded also all
 * of the arguments and of the result. What the person said meanwhile stands among
 * them as theirs. Claims are shown one by one, those that nothing showed in grey.
 */
#ifndef POSEDGE_CHAT_CALL_H
#define POSEDGE_CHAT_CALL_H

#include <stdbool.h>
#include <stddef.h>

struct chat_writer;
struct exchange;
struct exchange_part;

bool chat_call_shows(const struct exchange_part *p); /* results stand with their calls */
void chat_call(struct chat_writer *w, const struct exchange *x, size_t part, bool unfolded);

/* Text between calls is shown without the line feeds around it: the offset of its first
 * other byte, and the offset after its last. */
size_t chat_text_start(const char *text, size_t len);
size_t chat_text_end(const char *text, size_t len);

#endif
