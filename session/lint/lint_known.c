/* Cache of a tool's findings for a design. The key is a hash of everything the
 * result depends on: tool, language, top, include folders, macros, parameters,
 * and path and content of each file. While one file is edited, the designs that
 * do not use it keep their findings and are not run again. Files on disk are
 * hashed once per lint (lint_hashes), however many designs use them.
 */
#include "config.h"

#include "session/lint/lint_known.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/log.h"
#include "session/base/mem.h"
#include "session/base/path.h"
#include "session/base/task.h"
#include "session/project/text_memo.h"
#include "session/tool/simulator.h"
#include "session/output/diag.h"

struct said {
	const struct diag_list *found;
	enum lang lang;
	struct err why;
};

static void free_said(void *value)
{
	struct said *s = value;

	diag_list_free(s->found);
	free(s);
}

struct text_memo *lint_known_new(void)
{
	return text_memo_new(LINT_KNOWN_SIZE, free_said);
}

void lint_hashes_fini(struct lint_hashes *h)
{
	name_map_fini(&h->at);
	strv_free(&h->paths);
	free(h->v);
}

/* Borrowed until the next call; NULL if the file cannot be read. */
static const char *hash_on_disk(struct lint_hashes *h, const char *root, const char *rel)
{
	size_t at;

	if (!name_map_get(&h->at, rel, strlen(rel), &at)) {
		char *path = path_join(root, rel);

		MEM_ROOM(h->v, h->n, h->cap);
		at = h->n++;
		if (!hash_file(path, LINT_KNOWN_FILE, h->v[at], NULL))
			h->v[at][0] = '\0';
		strv_add(&h->paths, rel);
		name_map_put(&h->at, h->paths.v[at], strlen(rel), at);
		free(path);
	}
	return h->v[at][0] ? h->v[at] : NULL;
}

static void add_list(struct hash *h, const char *const *v)
{
	for (; v && *v; v++)
		hash_adds(h, *v);
	hash_adds(h, NULL);
}

bool lint_known_key(struct lint_hashes *hashes, const char *tool, const struct sim_job *j,
		    char key[HASH_HEX + 1])
{
	const char how[] = { (char)('0' + (int)j->lang), j->lang_fixed ? 'f' : 'o',
			     j->cpu_s ? 'b' : 'a', j->skim ? 's' : 'w' };
	struct hash *h = hash_new();
	bool ok = true;

	hash_adds(h, tool);
	hash_add(h, how, sizeof(how));
	hash_adds(h, j->top);
	add_list(h, j->include_dirs);
	add_list(h, j->defines);
	add_list(h, j->parameters);
	add_list(h, j->roots);
	add_list(h, j->unnamed);
	for (size_t i = 0; ok && i < j->n && (ok = task_breathe(NULL)); i++) {
		const struct source *s = &j->sources[i];
		char hex[HASH_HEX + 1];
		const char *content = hex;

		if (s->text)
			hash_text(s->text, s->len, hex);
		else
			content = hash_on_disk(hashes, j->root, s->path);
		ok = content != NULL;
		hash_adds(h, s->path);
		hash_add(h, s->included ? "i" : "c", 1);
		hash_adds(h, content);
	}
	hash_end(h, key);
	return ok;
}

static void large_key(const char *tool, const struct sim_job *j, char key[HASH_HEX + 1])
{
	struct hash *h = hash_new();

	hash_adds(h, tool);
	hash_adds(h, "large");
	hash_adds(h, j->top);
	add_list(h, j->include_dirs);
	add_list(h, j->parameters);
	hash_end(h, key);
}

bool lint_known_is_large(struct text_memo *m, const char *tool, const struct sim_job *j)
{
	char key[HASH_HEX + 1];

	large_key(tool, j, key);
	return j->top && text_memo_get(m, key);
}

void lint_known_put_large(struct text_memo *m, const char *tool, const struct sim_job *j)
{
	struct said s = { .found = diag_list_new(1) };
	char key[HASH_HEX + 1];

	large_key(tool, j, key);
	text_memo_put(m, key, mem_dup(&s, sizeof(s)));
}

const struct diag_list *lint_known_get(struct text_memo *m, const char *key, enum lang *lang,
				       struct err *why)
{
	const struct said *s = text_memo_get(m, key);

	if (!s)
		return NULL;
	log_line("cache", "lint of %.12s is known: %zu findings", key, diag_list_len(s->found));
	*lang = s->lang;
	*why = s->why;
	return diag_list_share(s->found);
}

void lint_known_put(struct text_memo *m, const char *key, const struct diag_list *found,
		    enum lang lang, const struct err *why)
{
	struct said s = { .lang = lang, .why = *why };

	if (diag_list_len(found) > LINT_KNOWN_FOUND)
		return;
	s.found = diag_list_share(found);
	text_memo_put(m, key, mem_dup(&s, sizeof(s)));
}
