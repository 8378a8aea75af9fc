/* Compares the state folded from a session's journal with all other sources of it: the
 * live state after each event (in the file named by POSEDGE_TEST_DIGESTS), the snapshot,
 * the state after writing and reading it back, and moments visited in random order.
 *
 *     fold_check DIGESTS ROOT...
 *
 * checks all projects below each ROOT. The file DIGESTS may be missing. */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/journal/journal.h"
#include "session/journal/moments.h"
#include "session/journal/session.h"
#include "session/journal/state.h"

/* The state is written and read back after each of the first events, later only now and then. */
#define THOROUGH   40
#define THEN_EVERY 64
#define JUMPS	   12
#define DEEPEST	   12

struct totals {
	size_t sessions, events, live, wrong;
};

struct fold {
	struct totals *t;
	const char *root, *id;
	char *dir;
	const struct strv *live; /* lines "DIR N DIGEST" of all sessions */
	struct strv own;	 /* the lines of this session, without DIR */
	struct state state;
	char (*digests)[HASH_HEX + 1]; /* digests[n] is that after event n */
	size_t cap;
	uint64_t n;
};

static void wrong(struct fold *f, uint64_t n, const char *what)
{
	fprintf(stderr, "fold_check: %s: event %llu: %s\n", f->dir, (unsigned long long)n, what);
	f->t->wrong++;
}

static void same(struct fold *f, uint64_t n, const char *digest, const char *what)
{
	if (strcmp(f->digests[n], digest) != 0)
		wrong(f, n, what);
}

/* At every event ------------------------------------------------------------------------- */

static void read_again(struct fold *f, const struct str *text)
{
	struct state again;
	struct err err = { 0 };
	char digest[HASH_HEX + 1];

	state_init(&again);
	if (!state_read(&again, text->data, text->len, &err)) {
		wrong(f, f->n, err.text);
	} else {
		state_digest(&again, digest);
		same(f, f->n, digest, "its state, written and read, is another one");
	}
	state_fini(&again);
}

static bool on_event(void *ctx, const struct event *e, struct err *err)
{
	struct fold *f = ctx;
	struct str text = STR_INIT;

	if (!state_apply(&f->state, e, err))
		return false;
	f->n = e->n;
	MEM_ROOM(f->digests, f->n, f->cap);
	state_write(&f->state, &text);
	hash_text(text.data, text.len, f->digests[f->n]);
	if (f->n <= THOROUGH || f->n % THEN_EVERY == 0)
		read_again(f, &text);
	str_free(&text);
	return true;
}

/* At the end ------------------------------------------------------------------------------- */

static void check_live(struct fold *f)
{
	for (size_t i = 0; i < f->own.n; i++) {
		char *digest;
		uint64_t n = strtoull(f->own.v[i], &digest, 10);

		if (n == 0 || n > f->n)
			wrong(f, n, "it was recorded, but the journal does not have it");
		else
			same(f, n, digest + 1, "the live state was another one");
		f->t->live++;
	}
}

static void check_snapshot(struct fold *f)
{
	struct str text = STR_INIT;
	const char *lf, *digest;
	cJSON *head = NULL;
	uint64_t n;

	if (file_read_in(f->dir, "snapshot.json", 0, &text, NULL)) {
		lf = memchr(text.data, '\n', text.len);
		head = lf ? json_parse(text.data, (size_t)(lf - text.data), NULL) : NULL;
		n = json_uint(head, "n", 0);
		digest = json_string(head, "digest");
		if (!digest || n == 0 || n > f->n)
			wrong(f, n, "the snapshot is of no event there is");
		else
			same(f, n, digest, "the snapshot is of another state");
	}
	cJSON_Delete(head);
	str_free(&text);
}

static void check_moments(struct fold *f)
{
	struct err err = { 0 };
	struct moments *m = moments_open(f->root, f->id, &err);
	unsigned seed = (unsigned)f->n;
	char digest[HASH_HEX + 1];

	if (!m || moments_count(m) != f->n)
		wrong(f, f->n, m ? "the moments end elsewhere" : err.text);
	for (int i = 0; m && f->n && i < JUMPS; i++) {
		uint64_t n = i == 0 ? f->n : 1 + (uint64_t)rand_r(&seed) % f->n;

		if (n > moments_count(m) || !moments_go(m, n, &err)) {
			wrong(f, n, "there is no such moment");
			continue;
		}
		state_digest(moments_state(m), digest);
		same(f, n, digest, "the moment is another one");
	}
	moments_close(m);
}

static void keep_own(struct fold *f)
{
	size_t len = strlen(f->dir);

	for (size_t i = 0; i < f->live->n; i++)
		if (strncmp(f->live->v[i], f->dir, len) == 0 && f->live->v[i][len] == ' ')
			strv_add(&f->own, f->live->v[i] + len + 1);
}

static void check_session(struct totals *t, const char *root, const char *id,
			  const struct strv *live)
{
	struct fold f = { .t = t, .root = root, .id = id, .live = live };
	struct journal_start reached;
	struct damage damage;
	struct err err = { 0 };

	f.dir = str_fmt("%s/.posedge/sessions/%s", root, id);
	state_init(&f.state);
	keep_own(&f);
	if (!journal_read(f.dir, NULL, on_event, &f, &reached, &damage, &err))
		wrong(&f, f.n + 1, err.text);
	else if (damage.line)
		wrong(&f, damage.line, damage.why);
	check_live(&f);
	check_snapshot(&f);
	check_moments(&f);
	t->sessions++;
	t->events += f.n;
	state_fini(&f.state);
	strv_free(&f.own);
	free(f.digests);
	free(f.dir);
}

/* All sessions ----------------------------------------------------------------------------- */

static void check_below(struct totals *t, const char *root, const struct strv *live, int depth)
{
	struct strv ids = STRV_INIT;
	DIR *d = opendir(root);
	struct dirent *e;
	struct stat st;

	session_list(root, &ids);
	for (size_t i = 0; i < ids.n; i++)
		check_session(t, root, ids.v[i], live);
	while (d && depth < DEEPEST && (e = readdir(d))) {
		char *sub = path_join(root, e->d_name);

		if (e->d_name[0] != '.' && lstat(sub, &st) == 0 && S_ISDIR(st.st_mode))
			check_below(t, sub, live, depth + 1);
		free(sub);
	}
	if (d)
		closedir(d);
	strv_free(&ids);
}

int main(int argc, char **argv)
{
	struct totals t = { 0 };
	struct strv live = STRV_INIT;
	struct str text = STR_INIT;

	if (argc > 1)
		file_read(argv[1], 0, &text, NULL);
	for (const char *p = str_cstr(&text); *p;) {
		size_t n = strcspn(p, "\n");

		strv_give(&live, mem_strndup(p, n));
		p += n + (p[n] == '\n');
	}
	for (int i = 2; i < argc; i++) {
		char *root = realpath(argv[i], NULL);

		if (root)
			check_below(&t, root, &live, 0);
		free(root);
	}
	printf("%zu sessions of %zu events are what their journals say, %zu times as it was live\n",
	       t.sessions, t.events, t.live);
	str_free(&text);
	strv_free(&live);
	return t.wrong ? 1 : 0;
}
