/* Images named in a question with `@fsm.png`. The first bytes determine the type, not
 * the name, because servers reject a mismatch with an unhelpful message. An @ counts
 * only at the start of a word, so an e-mail address names no image.
 */
#include "config.h"

#include "session/ask/ask_image.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/ask/ask_at.h"
#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/model/backend.h"
#include "session/model/image.h"
#include "session/model/prompt.h"
#include "session/workbench/backend_list.h"

bool ask_is_image(const char *word)
{
	static const char *const ends[] = { ".png", ".jpg", ".jpeg", ".webp" };
	size_t len = strlen(word);

	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && strcasecmp(word + len - n, ends[i]) == 0)
			return true;
	}
	return false;
}

static bool read_image(const char *root, const char *word, struct str *out, struct err *err)
{
	char *rel = NULL, *full = path_inside(root, word, &rel, err) ? path_join(root, rel) : NULL;
	struct err why = { 0 };
	bool ok = full && file_read(full, IMAGE_MAX, out, &why);

	if (full && !ok && why.code == ERR_LIMIT)
		err_set(err, ERR_LIMIT, "@%s: larger than %u KB: make it smaller", word,
			IMAGE_MAX >> 10);
	else if (full && !ok && why.code == ERR_NOT_FOUND)
		err_set(err, ERR_NOT_FOUND, "@%s: the project has no such file", word);
	else if (full && !ok)
		err_set(err, why.code, "@%s: %s", word, why.text);
	else if (ok && !image_type(str_cstr(out), out->len))
		ok = err_set(err, ERR_PARSE, "@%s: no PNG, JPEG or WebP image, whatever its name",
			     word);
	free(full);
	free(rel);
	return ok;
}

static bool add(const char *root, const char *word, struct ask_images *l, struct err *err)
{
	struct str *bytes = &l->bytes[l->n];

	if (strv_has(&l->names, word))
		return true;
	if (l->n == IMAGES_MAX)
		return err_set(err, ERR_LIMIT, "@%s: at most %u images go along with a question",
			       word, IMAGES_MAX);
	if (!read_image(root, word, bytes, err)) {
		str_free(bytes);
		return false;
	}
	strv_add(&l->names, word);
	l->v[l->n++] = (struct prompt_image){ .type = image_type(bytes->data, bytes->len),
					      .bytes = bytes->data,
					      .len = bytes->len,
					      .tokens = image_tokens(bytes->data, bytes->len) };
	return true;
}

struct reader {
	const char *root;
	struct ask_images *out;
};

static bool read_word(void *ctx, const char *word, struct err *err)
{
	struct reader *r = ctx;

	return !ask_is_image(word) || add(r->root, word, r->out, err);
}

bool ask_images_read(const char *root, const char *question, struct ask_images *out,
		     struct err *err)
{
	struct reader r = { root, out };
	bool ok;

	memset(out, 0, sizeof(*out));
	out->v = mem_calloc(IMAGES_MAX, sizeof(*out->v));
	out->bytes = mem_calloc(IMAGES_MAX + 1, sizeof(*out->bytes));
	ok = ask_at_words(question, read_word, &r, err);
	for (size_t i = 0; i < out->n; i++)
		out->v[i].name = out->names.v[i];
	return ok;
}

void ask_images_fini(struct ask_images *l)
{
	for (size_t i = 0; i < l->n; i++)
		str_free(&l->bytes[i]);
	free(l->bytes);
	free(l->v);
	strv_free(&l->names);
	memset(l, 0, sizeof(*l));
}

bool ask_takes_images(const struct backend_entry *e, struct backend *b, struct err *err)
{
	struct backend_caps caps = { 0 };

	if (b->ops->asks_nobody || b->ops->edits)
		return err_set(err, ERR_USAGE, "backend %s takes no images: it speaks %s", e->name,
			       b->ops->protocol);
	if (b->ops->caps && b->ops->caps(b, &caps, NULL) && caps.images == CAN_NOT)
		return err_set(
			err, ERR_USAGE,
			"backend %s takes no images: its server says that %s cannot read them",
			e->name, e->model ? e->model : "its model");
	return true;
}
