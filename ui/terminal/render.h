/* render.h - the bytes that make a terminal show a frame.
 *
 * Remembers what the terminal shows and writes what changes that: rows that moved are
 * scrolled, then the cells that differ are written. What the terminal understands comes
 * from terminfo, which knows one terminal per process. Knows no descriptor: bytes go to
 * the end of a string.
 */
#ifndef POSEDGE_RENDER_H
#define POSEDGE_RENDER_H

#include <stdbool.h>

#include "session/base/err.h"
#include "ui/look/theme.h"

struct frame;
struct render;
struct str;

/* name: of the terminal, as in TERM; may be NULL. ERR_TOOL: it is not known, or cannot
 * move the cursor. */
struct render *render_new(const char *name, struct err *err);
void render_free(struct render *r); /* NULL is fine */

void render_begin(struct render *r, struct str *out); /* takes the screen */
void render_end(struct render *r, struct str *out);   /* the screen as it was before */

/* Both make the next frame be written whole. */
void render_theme(struct render *r, enum theme t);
void render_forget(struct render *r); /* something else wrote to the terminal */

/* Only the rows from f->from to f->to are looked at, unless the frame is written whole.
 * Adds nothing if the terminal shows f already. */
void render_frame(struct render *r, const struct frame *f, struct str *out);

/* The bytes that restore the terminal after a crash; owned by r. */
const char *render_rescue(const struct render *r);

#endif
