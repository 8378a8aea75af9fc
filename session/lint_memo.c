#include "config.h"

#include "session/lint_memo.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/diag.h"

struct known {
	char key[HASH_HEX + 1];	/* "": free */
	struct diag_list *found;
};

struct lint_memo {
	struct known known[LINT_MEMO_SIZE];
	size_t next;		/* the oldest */
	unsigned age;		/* of what is laid over; an answer of before is not kept */
};

struct lint_memo *lint_memo_new(void)
{
	return mem_zalloc(sizeof(struct lint_memo));
}

void lint_memo_clear(struct lint_memo *m)
{
	for (size_t i = 0; i < LINT_MEMO_SIZE; i++) {
		diag_list_free(m->known[i].found);
		m->known[i] = (struct known){ 0 };
	}
	m->age++;
}

void lint_memo_free(struct lint_memo *m)
{
	if (!m)
		return;
	lint_memo_clear(m);
	free(m);
}

/* Lengths keep one text from running into the next. */
static void key_of(const struct text_if *v, size_t n, char key[HASH_HEX + 1])
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		str_addf(&all, "%zu %s %zu ", strlen(v[i].path), v[i].path, v[i].text.len);
		str_add(&all, v[i].text.data, v[i].text.len);
	}
	hash_text(str_cstr(&all), all.len, key);
	str_free(&all);
}

const struct diag_list *lint_memo_ask(struct lint_memo *m, struct workbench *w, const struct text_if *v, size_t n,
				      struct err *err)
{
	struct diag_list *found = NULL;
	char key[HASH_HEX + 1];
	unsigned age = m->age;
	struct known *k;

	key_of(v, n, key);
	k = &m->known[m->next % LINT_MEMO_SIZE];
	for (size_t i = 0; i < LINT_MEMO_SIZE; i++) {
		if (strcmp(m->known[i].key, key) == 0) {	/* the newest again */
			struct known hit = m->known[i];

			m->known[i] = *k;
			*k = hit;
			m->next++;
			return hit.found;
		}
	}
	if (!flow_lint_if(w, v, n, &found, err) || age != m->age) {
		diag_list_free(found);
		if (age != m->age)
			err_set(err, ERR_CONFLICT, "a file changed while it was linted");
		return NULL;
	}
	k = &m->known[m->next++ % LINT_MEMO_SIZE];
	diag_list_free(k->found);
	k->found = found;
	memcpy(k->key, key, sizeof(key));
	return found;
}
