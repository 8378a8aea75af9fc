/* A benchmark judges the code that a user would have got, so an answer that the
 * reader refuses counts as refused. */
#include "config.h"

#include "session/bench/bench_code.h"

#include "session/answer/answer.h"
#include "session/base/mem.h"
#include "session/base/str.h"

static bool nothing_to_read(void *ctx, const char *path, struct str *out)
{
	return false;
}

static bool nothing_there(void *ctx, const char *path)
{
	return false;
}

static const char *no_module(void *ctx, const char *module)
{
	return NULL;
}

static size_t none_named(void *ctx, const char *base_name, const char **one)
{
	*one = NULL;
	return 0;
}

static const char *no_file(void *ctx, size_t i)
{
	return NULL;
}

bool bench_code(const char *answer, size_t len, struct str *code, char **why)
{
	static const struct answer_project empty = {
		.read = nothing_to_read,
		.exists = nothing_there,
		.file_of_module = no_module,
		.files_named = none_named,
		.file_at = no_file,
		.rtl_dir = "",
		.tb_dir = "",
	};
	struct answer_parts parts;
	struct placement placed;

	*why = NULL;
	answer_parse(answer, len, &parts);
	answer_place(&parts, &empty, &placed);
	for (size_t i = 0; i < placed.n; i++) {
		if (placed.v[i].removes)
			continue;
		str_add(code, placed.v[i].proposed, placed.v[i].proposed_len);
		if (placed.v[i].proposed_len)
			str_addc(code, '\n');
	}
	if (!code->len)
		*why = mem_strdup(placed.n_refused ? placed.refused[0].why
						   : "there is no code in the answer");
	placement_fini(&placed);
	answer_parts_fini(&parts);
	return code->len > 0;
}
