/* patch_inner.h - ends of lines; private to patch*.c. */
#ifndef POSEDGE_PATCH_INNER_H
#define POSEDGE_PATCH_INNER_H

#include <stdbool.h>
#include <stddef.h>

struct str;

void patch_add_end(struct str *out, bool crlf);
bool patch_open_line(const struct str *out, size_t from); /* what was added since lacks its end */
void patch_drop_end(struct str *out);

#endif
