/* patch_inner.h - line endings; private to patch*.c. */
#ifndef POSEDGE_PATCH_INNER_H
#define POSEDGE_PATCH_INNER_H

#include <stdbool.h>
#include <stddef.h>

struct str;

void patch_add_end(struct str *out, bool crlf);
bool patch_open_line(const struct str *out, size_t from); /* the part of out after from has no
							   * final newline */
void patch_drop_end(struct str *out);

#endif
