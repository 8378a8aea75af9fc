/* Recorded answers of real models, stored outside the tree; skipped without them.
 * EXPECT.tsv has the outcome of each one in an empty project, checked by hand: no file
 * may come out worse. POSEDGE_REAL_ANSWERS names another folder; POSEDGE_SHOW=1 prints
 * each outcome. */
#include "config.h"

#include "tests/lib/case.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/file.h"
#include "session/base/hash.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/verilog/verilog.h"

/* A project that starts empty and accepts every complete file. */
struct files {
	struct strv paths, texts;
};

static const char *file_text(const struct files *f, const char *path)
{
	for (size_t i = 0; i < f->paths.n; i++)
		if (strcmp(f->paths.v[i], path) == 0)
			return f->texts.v[i];
	return NULL;
}

static void file_write(struct files *f, const char *path, const char *text)
{
	for (size_t i = 0; i < f->paths.n; i++)
		if (strcmp(f->paths.v[i], path) == 0) {
			free(f->texts.v[i]);
			f->texts.v[i] = mem_strdup(text);
			return;
		}
	strv_add(&f->paths, path);
	strv_add(&f->texts, text);
}

static bool read_file(void *ctx, const char *path, struct str *out)
{
	const char *text = file_text(ctx, path);

	if (text)
		str_adds(out, text);
	return text != NULL;
}

static bool exists(void *ctx, const char *path)
{
	return file_text(ctx, path) != NULL;
}

static const char *file_of_module(void *ctx, const char *module)
{
	const struct files *f = ctx;
	const char *found = NULL;

	for (size_t i = 0; i < f->paths.n; i++) {
		struct voutline o;

		voutline_init(&o, f->texts.v[i], strlen(f->texts.v[i]));
		if (voutline_module(&o, module))
			found = found ? "" : f->paths.v[i];
		voutline_fini(&o);
	}
	return found;
}

static size_t files_named(void *ctx, const char *base_name, const char **one)
{
	const struct files *f = ctx;
	size_t n = 0;

	for (size_t i = 0; i < f->paths.n; i++)
		if (strcmp(path_base(f->paths.v[i]), base_name) == 0) {
			*one = f->paths.v[i];
			n++;
		}
	return n;
}

static const char *file_at(void *ctx, size_t i)
{
	const struct files *f = ctx;

	return i < f->paths.n ? f->paths.v[i] : NULL;
}

/* Places the answer into f and applies what is whole, as `ask --apply` does. The
 * caller finishes both. */
static void answer(struct files *f, const char *text, size_t len, struct answer_parts *parts,
		   struct placement *pl)
{
	struct answer_project project = {
		.ctx = f,
		.read = read_file,
		.exists = exists,
		.file_of_module = file_of_module,
		.files_named = files_named,
		.file_at = file_at,
		.rtl_dir = "",
		.tb_dir = "",
	};

	answer_parse(text, len, parts);
	answer_place(parts, &project, pl);
	for (size_t i = 0; i < pl->n; i++)
		if (!pl->v[i].cut)
			file_write(f, pl->v[i].path, pl->v[i].proposed);
}

static char *folder(const char *name)
{
	const char *set = getenv("POSEDGE_REAL_ANSWERS"), *srcdir = getenv("srcdir");
	char *base =
		set ? mem_strdup(set) : str_fmt("%s/../shared/real-answers", srcdir ? srcdir : ".");
	char *dir = str_fmt("%s/%s", base, name);

	free(base);
	if (file_exists(dir))
		return dir;
	free(dir);
	return NULL;
}

/* The lines of EXPECT.tsv, without its head. */
static void read_expected(const char *dir, struct str *text, struct strv *rows)
{
	char *path = path_join(dir, "EXPECT.tsv");

	assert_true(file_read(path, 0, text, NULL));
	free(path);
	for (char *line = text->data, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
		*end = '\0';
		if (line > text->data && line[0])
			strv_add(rows, line);
	}
}

/* qtcore-C1: conversations ---------------------------------------------------------- */

struct expected {
	char conversation[16], class[16], file[64], hash[32];
	unsigned turn;
};

static const struct expected *expected_of(const struct expected *e, size_t n,
					  const char *conversation, size_t turn)
{
	for (size_t i = 0; i < n; i++)
		if (e[i].turn == turn && strcmp(e[i].conversation, conversation) == 0)
			return &e[i];
	return NULL;
}

struct tally {
	size_t written, same, placed, refused, silent, wrong;
};

static bool same_stem(const char *a, const char *b)
{
	size_t n = strcspn(a, ".");

	return n == strcspn(b, ".") && memcmp(a, b, n) == 0;
}

static void judge(const struct expected *e, const struct files *f, const struct placement *pl,
		  struct tally *t)
{
	char hex[HASH_HEX + 1] = "";
	bool whole = false;

	for (size_t i = 0; i < pl->n; i++) {
		whole |= !pl->v[i].cut;
		if (strcmp(e->class, "written") == 0 && same_stem(pl->v[i].path, e->file)) {
			const char *text = file_text(f, pl->v[i].path);

			hash_text(text ? text : "", text ? strlen(text) : 0, hex);
		}
	}
	if (strcmp(e->class, "written") == 0) {
		t->written++;
		t->same += strncmp(hex, e->hash, 16) == 0;
		t->wrong += strncmp(hex, e->hash, 16) != 0;
		if (strncmp(hex, e->hash, 16) != 0)
			print_message("conversation %s turn %u: %s is not what it was\n",
				      e->conversation, e->turn, e->file);
	} else if (whole) {
		t->placed++;
	} else if (pl->n_refused || pl->n) {
		t->refused++;
	} else {
		t->silent++;
		t->wrong += strcmp(e->class, "nothing") != 0;
	}
}

static void show(const struct expected *e, const char *conversation, size_t turn,
		 const struct placement *pl)
{
	if (!getenv("POSEDGE_SHOW"))
		return;
	for (size_t i = 0; i < pl->n; i++)
		print_message("%s %zu %s: placed %s%s\n", conversation, turn, e ? e->class : "-",
			      pl->v[i].path, pl->v[i].cut ? " cut" : "");
	for (size_t i = 0; i < pl->n_refused; i++)
		print_message("%s %zu %s: refused %s\n", conversation, turn, e ? e->class : "-",
			      pl->refused[i].why);
	for (size_t i = 0; i < pl->notes.n; i++)
		print_message("%s %zu %s: note %s\n", conversation, turn, e ? e->class : "-",
			      pl->notes.v[i]);
	if (e && pl->n + pl->n_refused == 0)
		print_message("%s %zu %s: nothing\n", conversation, turn, e->class);
}

static void replay(const char *path, const char *conversation, const struct expected *rows,
		   size_t n, struct tally *t)
{
	struct str text = STR_INIT;
	struct files f = { .paths = STRV_INIT, .texts = STRV_INIT };
	const cJSON *turn;
	cJSON *j;
	size_t at = 0;

	assert_true(file_read(path, 0, &text, NULL));
	j = json_parse(text.data, text.len, NULL);
	assert_non_null(j);
	cJSON_ArrayForEach(turn, json_array(j, "turns")) {
		const char *who = json_string(turn, "who"), *said = json_string(turn, "text");
		const struct expected *e = expected_of(rows, n, conversation, at);
		struct answer_parts parts;
		struct placement pl;

		if (who && said && strcmp(who, "assistant") == 0) {
			answer(&f, said, strlen(said), &parts, &pl);
			show(e, conversation, at, &pl);
			if (e)
				judge(e, &f, &pl, t);
			else
				t->wrong += pl.n > 0;
			placement_fini(&pl);
			answer_parts_fini(&parts);
		}
		at++;
	}
	cJSON_Delete(j);
	strv_free(&f.paths);
	strv_free(&f.texts);
	str_free(&text);
}

CASE(what_was_right_in_a_conversation_stays_right)
{
	char *dir = folder("qtcore-c1");
	struct str text = STR_INIT;
	struct strv rows = STRV_INIT;
	struct expected *e;
	struct tally t = { 0 };
	char done[16] = "";

	if (!dir)
		skip();
	read_expected(dir, &text, &rows);
	e = mem_calloc(rows.n, sizeof(*e));
	for (size_t i = 0; i < rows.n; i++)
		assert_int_equal(sscanf(rows.v[i], "%15s %u %15s %63s %31s", e[i].conversation,
					&e[i].turn, e[i].class, e[i].file, e[i].hash),
				 5);
	for (size_t i = 0; i < rows.n; i++) {
		char *path;

		if (strcmp(e[i].conversation, done) == 0)
			continue;
		memcpy(done, e[i].conversation, sizeof(done));
		path = str_fmt("%s/%s.json", dir, done);
		replay(path, done, e, rows.n, &t);
		free(path);
	}
	print_message("%zu rows: %zu of %zu files as they were; of the others %zu placed, %zu "
		      "refused with a reason, %zu silent\n",
		      rows.n, t.same, t.written, t.placed, t.refused, t.silent);
	assert_int_equal(t.wrong, 0);
	free(e);
	strv_free(&rows);
	str_free(&text);
	free(dir);
}

/* chipcraftx: one module each ---------------------------------------------------- */

/* Without a fence, and in one as chats have it. */
static size_t placed_as_it_is(const char *name, const struct str *code, bool fenced)
{
	struct files f = { .paths = STRV_INIT, .texts = STRV_INIT };
	struct answer_parts parts;
	struct placement pl;
	char *text = fenced ? str_fmt("Here is the module:\n\n```verilog\n%s\n```\n\nIt does what "
				      "was asked.\n",
				      code->data)
			    : mem_strdup(code->data);
	size_t n = code->len, got;
	bool same;

	answer(&f, text, strlen(text), &parts, &pl);
	while (n && strchr(" \t\r\n", code->data[n - 1]))
		n--;
	got = pl.n == 1 && pl.n_refused == 0 ? pl.v[0].proposed_len : 0;
	while (got && strchr(" \t\r\n", pl.v[0].proposed[got - 1]))
		got--;
	same = got == n && memcmp(pl.v[0].proposed, code->data, n) == 0 &&
	       same_stem(pl.v[0].path, "TopModule.v") && !pl.v[0].cut;
	if (!same)
		print_message("%s%s: %s\n", name, fenced ? " in a fence" : "",
			      pl.n_refused ? pl.refused[0].why
			      : pl.n == 1  ? "another text"
					   : "not one file");
	placement_fini(&pl);
	answer_parts_fini(&parts);
	strv_free(&f.paths);
	strv_free(&f.texts);
	free(text);
	return same;
}

CASE(a_solution_is_placed_as_it_was_written)
{
	char *dir = folder("chipcraftx");
	DIR *d = dir ? opendir(dir) : NULL;
	size_t files = 0, raw = 0, fenced = 0;
	struct dirent *e;

	if (!d) {
		free(dir);
		skip();
	}
	while ((e = readdir(d)) != NULL) {
		char *path = path_join(dir, e->d_name);
		struct str code = STR_INIT;

		if (str_ends(path, ".v")) {
			assert_true(file_read(path, 0, &code, NULL));
			files++;
			raw += placed_as_it_is(e->d_name, &code, false);
			fenced += placed_as_it_is(e->d_name, &code, true);
		}
		str_free(&code);
		free(path);
	}
	closedir(d);
	free(dir);
	print_message("%zu solutions: %zu as they are, %zu in a fence\n", files, raw, fenced);
	assert_true(files > 0);
	assert_int_equal(raw, files);
	assert_int_equal(fenced, files);
}
