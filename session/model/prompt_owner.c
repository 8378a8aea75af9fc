/* Owns the messages of a request and their texts. */
#include "config.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/model/prompt_inner.h"

#define FIRST_LINE 60u /* bytes of a question used as its name */

struct owner *owner_new(size_t messages)
{
	struct owner *o = mem_zalloc(sizeof(*o));

	o->cap = messages;
	o->messages = mem_calloc(o->cap, sizeof(*o->messages));
	o->texts = mem_calloc(o->cap, sizeof(*o->texts));
	return o;
}

struct str *owner_message(struct owner *o, enum prompt_role role)
{
	assert(o->n < o->cap);
	o->messages[o->n].role = role;
	return &o->texts[o->n++];
}

/* By position; entries that are not sent come last, in the order noted. */
static bool stands_before(const struct prompt_entry *a, const struct prompt_entry *b)
{
	if (entry_is_sent(a) != entry_is_sent(b))
		return entry_is_sent(a);
	if (!entry_is_sent(a))
		return false;
	return a->message != b->message ? a->message < b->message : a->from < b->from;
}

static void sort(struct entries *l)
{
	for (size_t i = 1; i < l->n; i++) {
		struct prompt_entry e = l->v[i];
		size_t at = i;

		for (; at > 0 && stands_before(&e, &l->v[at - 1]); at--)
			l->v[at] = l->v[at - 1];
		l->v[at] = e;
	}
}

/* Images follow the text of the last message, so the cache mark moves to the last image. */
static void add_images(struct owner *o, const struct prompt_input *in)
{
	size_t last = o->n - 1;

	if (in->n_images == 0)
		return;
	o->images = mem_calloc(2 * in->n_images, sizeof(*o->images));
	o->n_images = in->n_images;
	for (size_t i = 0; i < in->n_images; i++) {
		const struct prompt_image *v = &in->images[i];
		struct str *bytes = &o->images[i], *type = &o->images[in->n_images + i];

		str_add(bytes, v->bytes, v->len);
		str_adds(type, v->type);
		o->parts[o->n + i] = (struct prompt_part){ .kind = PROMPT_IMAGE,
							   .text = bytes->data,
							   .len = bytes->len,
							   .name = type->data };
		entries_add(&o->p.entries, &(struct prompt_entry){ .kind = ENTRY_IMAGE,
								   .name = (char *)v->name,
								   .message = last,
								   .from = o->parts[last].len,
								   .len = v->len,
								   .tokens = v->tokens });
	}
	o->messages[last].n = 1 + in->n_images;
	o->parts[last].stable = false;
	o->parts[o->n + in->n_images - 1].stable = true;
}

size_t prompt_images_cost(const struct prompt_input *in)
{
	size_t tokens = 0;

	for (size_t i = 0; i < in->n_images; i++)
		tokens += in->images[i].tokens;
	return tokens;
}

/* Marks where to cache, for providers that need to be told: after the instructions,
 * after all of the previous request, and after this one, which the next continues. */
struct prompt *owner_finish(struct owner *o, const struct prompt_input *in, size_t before)
{
	o->parts = mem_calloc(o->n + in->n_images, sizeof(*o->parts));
	for (size_t i = 0; i < o->n; i++) {
		o->parts[i] = (struct prompt_part){ .text = str_cstr(&o->texts[i]),
						    .len = o->texts[i].len,
						    .stable = i == 0 || i + 1 == before ||
							      i + 1 == o->n };
		o->messages[i].parts = &o->parts[i];
		o->messages[i].n = 1;
	}
	add_images(o, in);
	o->question = mem_strdup(in->question);
	o->p.messages = o->messages;
	o->p.n = o->n;
	o->p.question = o->question;
	o->p.lang = in->lang;
	sort(&o->p.entries);
	return &o->p;
}

void prompt_note_entry(struct prompt *p, const struct prompt_entry *e)
{
	entries_add(&p->entries, e);
}

void prompt_free(struct prompt *p)
{
	struct owner *o = (struct owner *)p;

	if (!o)
		return;
	for (size_t i = 0; i < o->n; i++)
		str_free(&o->texts[i]);
	free(o->texts);
	free(o->messages);
	free(o->parts);
	free(o->question);
	for (size_t i = 0; i < 2 * o->n_images; i++)
		str_free(&o->images[i]);
	free(o->images);
	entries_fini(&o->p.entries);
	free(o);
}

char *prompt_first_line(const char *text)
{
	size_t n = strcspn(text, "\n"), cut = n;

	if (n > FIRST_LINE)
		cut = FIRST_LINE - utf8_partial_tail(text, FIRST_LINE);
	return str_fmt("%.*s%s", (int)cut, text, cut < n ? " ..." : "");
}
