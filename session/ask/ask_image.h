/* ask_image.h - images that a question names: "@fsm.png" goes along as an image.
 *
 * Files of the project, or below it, of the types that image.h knows; what a file is, its
 * first bytes tell and not its name.
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
struct workbench;

struct ask_images { /* a zeroed one is empty */
	struct prompt_image *v;
	struct str *bytes; /* of each */
	struct strv names;
	size_t n;
};

/* Whether a word that follows an @ names an image. */
bool ask_is_image(const char *word);

/* All that question names. ERR_NOT_FOUND, ERR_LIMIT, ERR_PARSE: there is no such file, it is
 * too large, it is no image. To be finished in either case. */
bool ask_images_read(const char *root, const char *question, struct ask_images *out,
		     struct err *err);
void ask_images_fini(struct ask_images *l);

/* In a task: whether the backend takes images; asks its server what the model can do. False
 * with a sentence: it does not. One that does not tell is asked all the same. */
bool ask_takes_images(const struct backend_entry *e, struct backend *b, struct err *err);

#endif
