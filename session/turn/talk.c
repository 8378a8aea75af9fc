/* A growing request: the original prompt, then calls, results and text of the model.
 * Parts of the base are borrowed, added parts are owned (`borrowed` is the boundary).
 * The last part is marked as stable, so that a provider caches everything up to it for
 * the next round; the previous mark is removed, because providers allow only a few.
 */
#include "config.h"

#include "session/turn/talk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"

struct talk_message {
	struct prompt_part *parts;
	size_t n, cap;
	size_t borrowed; /* number of leading parts that are borrowed */
};

static struct talk_message *add_message(struct talk *t, enum prompt_role role)
{
	size_t cap = t->cap;

	mem_grow((void **)&t->grown, cap, t->n + 1, sizeof(*t->grown));
	t->cap = mem_grow((void **)&t->messages, cap, t->n + 1, sizeof(*t->messages));
	t->messages[t->n] = (struct prompt_message){ .role = role };
	t->grown[t->n] = (struct talk_message){ 0 };
	return &t->grown[t->n++];
}

static struct prompt_part *add_part(struct talk_message *m)
{
	MEM_ROOM(m->parts, m->n, m->cap);
	return &m->parts[m->n++];
}

void talk_init(struct talk *t, const struct prompt *base, const struct prompt_tool *tools,
	       size_t n_tools, const char *rules)
{
	*t = (struct talk){ .p = *base, .base = base };
	for (size_t i = 0; i < base->n; i++) {
		const struct prompt_message *from = &base->messages[i];
		struct talk_message *m = add_message(t, from->role);

		for (size_t k = 0; k < from->n; k++)
			*add_part(m) = from->parts[k];
		m->borrowed = m->n;
	}
	t->p.tools = tools;
	t->p.n_tools = n_tools;
	assert(base->n && base->messages[0].role == ROLE_SYSTEM);
	if (rules[0]) {
		struct prompt_part *p = add_part(&t->grown[0]);

		*p = (struct prompt_part){ .text = mem_strdup(rules), .len = strlen(rules) };
		/* The stable mark must be on the last part. */
		p->stable = p > t->grown[0].parts && p[-1].stable;
		if (p->stable)
			p[-1].stable = false;
	}
}

static void free_part(struct prompt_part *p)
{
	free((char *)p->text);
	free((char *)p->id);
	free((char *)p->name);
}

void talk_fini(struct talk *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct talk_message *m = &t->grown[i];

		for (size_t k = m->borrowed; k < m->n; k++)
			free_part(&m->parts[k]);
		free(m->parts);
	}
	free(t->grown);
	free(t->messages);
	memset(t, 0, sizeof(*t));
}

void talk_add(struct talk *t, enum prompt_role role, const struct prompt_part *part)
{
	struct talk_message *m = &t->grown[t->n - 1];
	struct prompt_part *p;

	if (part->kind == PROMPT_TEXT && part->len == 0)
		return;
	if (t->messages[t->n - 1].role != role || m->borrowed)
		m = add_message(t, role);
	p = add_part(m);
	*p = *part;
	p->text = mem_strndup(part->text, part->len);
	p->id = mem_strdup(part->id);
	p->name = mem_strdup(part->name);
	p->stable = false;
	t->bytes += part->len;
}

void talk_say(struct talk *t, enum prompt_role role, const char *text, size_t len)
{
	talk_add(t, role, &(struct prompt_part){ .kind = PROMPT_TEXT, .text = text, .len = len });
}

void talk_drop_tools(struct talk *t)
{
	struct talk_message *m = &t->grown[0];

	while (m->n > m->borrowed)
		free_part(&m->parts[--m->n]);
	if (m->n)
		m->parts[m->n - 1].stable = t->base->messages[0].parts[m->n - 1].stable;
	t->p.tools = NULL;
	t->p.n_tools = 0;
	t->p.tokens = t->base->tokens;
}

/* Marks the last part as stable too, since the next request begins with all of this;
 * removes the previous mark, as providers allow few. */
const struct prompt *talk_prompt(struct talk *t)
{
	for (size_t i = t->base->n; i < t->n; i++)
		for (size_t k = 0; k < t->grown[i].n; k++)
			t->grown[i].parts[k].stable = i + 1 == t->n && k + 1 == t->grown[i].n;
	for (size_t i = 0; i < t->n; i++) {
		t->messages[i].parts = t->grown[i].parts;
		t->messages[i].n = t->grown[i].n;
	}
	t->p.messages = t->messages;
	t->p.n = t->n;
	return &t->p;
}

size_t talk_tokens(const struct talk *t)
{
	return t->p.tokens + t->bytes / 3;
}
