/* Any bytes as an answer, placed into a small project: the result must keep the
 * promises of answer.h. */
#include "config.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/answer/answer.h"
#include "session/base/path.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/model/redact.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char path[] = "rtl/pair.sv";
static const char text[] = "module left(input a, output y);\r\n\tassign y = a;\r\nendmodule\r\n\r\n"
			   "module right(input a, output y);\r\n\tassign y = ~a;\r\nendmodule";

static bool read_it(void *ctx, const char *name, struct str *out)
{
	if (strcmp(name, path) != 0)
		return false;
	str_adds(out, text);
	return true;
}

static bool exists(void *ctx, const char *name)
{
	return strcmp(name, path) == 0;
}

static const char *file_of_module(void *ctx, const char *module)
{
	return strcmp(module, "left") == 0 || strcmp(module, "right") == 0 ? path : NULL;
}

static size_t files_named(void *ctx, const char *base_name, const char **one)
{
	*one = path;
	return strcmp(base_name, "pair.sv") == 0;
}

static const char *file_at(void *ctx, size_t i)
{
	return i == 0 ? path : NULL;
}

static bool not_seen(void *ctx, const char *name)
{
	return false;
}

static void check_parts(const struct answer_parts *parts)
{
	for (size_t i = 0; i < parts->n; i++) {
		const struct answer_part *p = &parts->v[i];

		assert(p->text && (p->search != NULL) == (p->kind == PART_EDIT));
		if (p->kind == PART_PROSE || p->kind == PART_REASONING)
			assert(utf8_valid(p->text, p->len) && !p->path);
		if (i + 1 == parts->n && p->cut)
			assert(parts->cut);
	}
}

static void check_placement(const struct answer_parts *parts, const struct placement *pl)
{
	for (size_t i = 0; i < pl->n; i++) {
		const struct placed *f = &pl->v[i];
		char *clean = NULL;

		assert(path_clean(f->path, &clean, NULL) && strcmp(clean, f->path) == 0);
		assert(f->new_file == (strcmp(f->path, path) != 0) && f->base && f->proposed);
		free(clean);
		for (size_t k = 0; k < i; k++)
			assert(strcmp(pl->v[k].path, f->path) != 0);
	}
	for (size_t i = 0; i < pl->n_refused; i++)
		assert(pl->refused[i].part < parts->n && pl->refused[i].why[0]);
	for (size_t i = 0; i < pl->notes.n; i++)
		assert(pl->notes.v[i][0]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const forced[] = { NULL, "rtl/pair.sv", "x.sv" };
	struct answer_parts parts;
	struct str clean = STR_INIT;

	answer_parse((const char *)data, size, &parts);
	check_parts(&parts);
	for (size_t i = 0; i < sizeof(forced) / sizeof(forced[0]); i++) {
		struct answer_project project = {
			.read = read_it,
			.exists = exists,
			.file_of_module = file_of_module,
			.files_named = files_named,
			.rtl_dir = "rtl",
			.tb_dir = "tb",
			.extension = i ? ".sv" : NULL,
			.forced_path = forced[i],
			.file_at = file_at,
			.seen = i == 2 ? not_seen : NULL,
		};
		struct placement pl;

		answer_place(&parts, &project, &pl);
		check_placement(&parts, &pl);
		placement_fini(&pl);
	}
	redact_text(NULL, (const char *)data, size, &clean);
	str_free(&clean);
	answer_parts_fini(&parts);
	return 0;
}
