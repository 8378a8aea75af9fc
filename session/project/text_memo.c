/* A small cache from the hash of some texts to a result. The table is a ring; a
 * hit swaps places with the oldest entry and becomes the newest, so the least
 * recently used entry is overwritten. Tables are small (at most a few hundred
 * entries), so comparing every key is cheap.
 *
 * text_memo_make() lets one task compute a result while others that want it wait;
 * when woken they look it up again, because the result may already be stale.
 */
#include "config.h"

#include "session/project/text_memo.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"

struct known {
	char key[HASH_HEX + 1]; /* "": unused */
	void *value;
};

struct text_memo {
	struct known *known;
	size_t size;
	size_t next;		    /* the oldest entry; 0: empty */
	const unsigned *generation; /* of the files; NULL: they do not change */
	unsigned known_of;	    /* the generation of the results */
	struct strv making;	    /* keys being computed */
	struct task_queue waiting;
	void (*free_value)(void *value);
};

struct text_memo *text_memo_new(size_t size, void (*free_value)(void *value))
{
	struct text_memo *m = mem_zalloc(sizeof(*m));

	m->known = mem_calloc(size, sizeof(*m->known));
	m->size = size;
	m->free_value = free_value;
	return m;
}

static void clear(struct text_memo *m)
{
	for (size_t i = 0; m->next && i < m->size; i++) {
		if (m->known[i].value)
			m->free_value(m->known[i].value);
		m->known[i] = (struct known){ 0 };
	}
	m->next = 0;
}

void text_memo_free(struct text_memo *m)
{
	if (!m)
		return;
	clear(m);
	strv_free(&m->making);
	free(m->known);
	free(m);
}

void text_memo_follow(struct text_memo *m, const unsigned *generation)
{
	m->generation = generation;
}

unsigned text_memo_generation(const struct text_memo *m)
{
	return m->generation ? *m->generation : 0;
}

/* Before each use, so that an edit has nothing to do but count. */
static void drop_stale(struct text_memo *m)
{
	unsigned now = text_memo_generation(m);

	if (m->known_of != now)
		clear(m);
	m->known_of = now;
}

/* Lengths are included so that two texts cannot run together. */
void text_memo_key(const struct overlay *v, size_t n, char key[HASH_HEX + 1])
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		str_addf(&all, "%zu %s %zu ", strlen(v[i].path), v[i].path, v[i].text.len);
		str_add(&all, v[i].text.data, v[i].text.len);
	}
	hash_text(str_cstr(&all), all.len, key);
	str_free(&all);
}

void *text_memo_get(struct text_memo *m, const char *key)
{
	struct known *oldest;

	drop_stale(m);
	oldest = &m->known[m->next % m->size];
	for (size_t i = 0; i < m->size; i++) {
		if (strcmp(m->known[i].key, key) == 0) { /* becomes the newest */
			struct known hit = m->known[i];

			m->known[i] = *oldest;
			*oldest = hit;
			m->next++;
			return hit.value;
		}
	}
	return NULL;
}

bool text_memo_make(struct text_memo *m, const char *key)
{
	if (!strv_has(&m->making, key)) {
		strv_add(&m->making, key);
		return true;
	}
	while (strv_has(&m->making, key))
		task_queue_wait(&m->waiting);
	return false;
}

void text_memo_made(struct text_memo *m, const char *key)
{
	for (size_t i = 0; i < m->making.n; i++)
		if (strcmp(m->making.v[i], key) == 0) {
			strv_drop(&m->making, i);
			break;
		}
	task_queue_wake(&m->waiting);
}

void text_memo_put(struct text_memo *m, const char *key, void *value)
{
	struct known *k;

	drop_stale(m);
	k = &m->known[m->next++ % m->size];
	if (k->value)
		m->free_value(k->value);
	k->value = value;
	memcpy(k->key, key, sizeof(k->key));
}
