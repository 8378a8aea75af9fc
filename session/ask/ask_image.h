/* ask_image.h - images named in a question: "@fsm.png" is sent as an image.
 *
 * Files of the project, or below it, of the types of image.h; a file's first bytes
 * determine the type, not its name.
 */
#ifndef POSEDGE_ASK_IMAGE_H
#define POSEDGE_ASK_IMAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct backend;
struct backend_entry;
struct prompt_image;

struct ask_images { /* zeroed: empty */
	struct prompt_image *v;
	struct str *bytes; /* one per image */
	struct strv names;
	size_t n;
};

/* True if the word after an @ names an image. */
bool ask_is_image(const char *word);

/* Reads all images named in question. ERR_NOT_FOUND: no such file; ERR_LIMIT: too
 * large; ERR_PARSE: not an image. The caller must finish *out in any case. */
bool ask_images_read(const char *root, const char *question, struct ask_images *out,
		     struct err *err);
void ask_images_fini(struct ask_images *l);

/* Call in a task: asks the server if the model takes images. False with a sentence:
 * it does not. True if the server does not tell. */
bool ask_takes_images(const struct backend_entry *e, struct backend *b, struct err *err);

#endif
