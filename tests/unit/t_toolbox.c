#include "config.h"

#include "tests/lib/case.h"

#include "session/base/json.h"
#include "session/toolbox/toolbox.h"
#include "tests/lib/desk.h"

static bool say_ctx(struct tool_call *c, struct err *err)
{
	str_adds(c->out, c->ctx);
	return true;
}

static bool say_much(struct tool_call *c, struct err *err)
{
	for (size_t i = 0; i < TOOLBOX_RESULT_MAX; i++)
		str_adds(c->out, "\xc3\xa4");
	return true;
}

/* Like a server that exits while it is called. */
static bool go_away(struct tool_call *c, struct err *err)
{
	toolbox_remove(toolbox_of(&c->w->tools), c->ctx);
	return say_ctx(c, err);
}

static char whose[] = "sk-abcdefghijklmnopqrstuvwxyz012345 of the server";
static const char any[] = "{\"type\":\"object\"}";

static bool add(struct desk *d, const char *name, const char *schema,
		bool (*call)(struct tool_call *c, struct err *err), struct err *err)
{
	struct tool t = { name, "A tool.", schema, TOOL_FOREIGN, call, whose, "mcp:x" };

	return toolbox_add(toolbox_of(&d->w.tools), &t, err);
}

IN_TASK(rows_are_added_behind_ours_and_removed_by_whose_they_are)
{
	struct toolbox *b = toolbox_of(&d->w.tools);
	size_t ours = 0;
	char *name = str_fmt("x_%s", "look");

	while (toolbox_at(b, ours))
		ours++;
	assert_true(ours > 0);
	assert_string_equal(toolbox_at(b, 0)->name, "read_file");
	assert_true(add(d, name, any, say_ctx, NULL));
	name[0] = 'y'; /* must not change the copy */
	assert_string_equal(toolbox_at(b, ours)->name, "x_look");
	assert_ptr_equal(toolbox_find(b, "x_look"), toolbox_at(b, ours));
	assert_true(add(d, name, any, say_ctx, NULL));
	toolbox_remove(b, whose);
	assert_null(toolbox_at(b, ours));
	assert_non_null(toolbox_find(b, "lint"));
	free(name);
}

IN_TASK(what_is_no_tool_is_not_added)
{
	static const struct {
		const char *name, *schema;
		enum err_code code;
	} cases[] = {
		{ "lint", any, ERR_CONFLICT },
		{ "", any, ERR_USAGE },
		{ "Shell", any, ERR_USAGE },
		{ "a b", any, ERR_USAGE },
		{ "a\n", any, ERR_USAGE },
		{ "a234567890123456789012345678901234567890123456789012345678901234_", any,
		  ERR_USAGE },
		{ "x", "", ERR_USAGE },
		{ "x", "[]", ERR_USAGE },
		{ "x", "{", ERR_USAGE },
	};
	struct str large = STR_INIT;
	struct err err;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(add(d, cases[i].name, cases[i].schema, say_ctx, &err));
		assert_int_equal(err.code, cases[i].code);
	}
	str_adds(&large, "{\"x\":\"");
	while (large.len < TOOL_SCHEMA_MAX)
		str_adds(&large, "sixteen letters.");
	str_adds(&large, "\"}");
	assert_false(add(d, "x", str_cstr(&large), say_ctx, &err));
	assert_non_null(strstr(err.text, "bytes"));
	str_free(&large);
	for (size_t i = 0; i < 2 * TOOLBOX_MAX; i++) {
		char *name = str_fmt("x%zu", i);

		if (!add(d, name, any, say_ctx, &err))
			assert_int_equal(err.code, ERR_LIMIT);
		free(name);
	}
	assert_null(toolbox_at(toolbox_of(&d->w.tools), TOOLBOX_MAX));
	assert_non_null(toolbox_at(toolbox_of(&d->w.tools), TOOLBOX_MAX - 1));
}

IN_TASK(a_tool_that_a_use_does_not_have_is_not_there)
{
	struct tool_use ours = { .w = &d->w, .by = "t", .effects = TOOL_OURS },
			all = { .w = &d->w, .by = "t", .effects = ~0u };
	struct str out = STR_INIT;
	struct err err;

	assert_true(add(d, "x_look", any, say_ctx, NULL));
	assert_false(toolbox_call(&ours, "x_look", NULL, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_false(toolbox_call(&all, "x_loo", NULL, &out, &err));
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_false(toolbox_call(&all, NULL, NULL, &out, &err));
	assert_int_equal(out.len, 0);
	assert_true(toolbox_call(&all, "x_look", NULL, &out, &err));
	assert_string_equal(str_cstr(&out), "[redacted] of the server");
	str_free(&out);
}

IN_TASK(a_tool_may_go_while_it_is_called)
{
	struct tool_use all = { .w = &d->w, .by = "t", .effects = ~0u };
	struct str out = STR_INIT;

	assert_true(add(d, "x_go", any, go_away, NULL));
	assert_true(toolbox_call(&all, "x_go", NULL, &out, NULL));
	assert_null(toolbox_find(toolbox_of(&d->w.tools), "x_go"));
	assert_non_null(strstr(str_cstr(&out), "of the server"));
	str_free(&out);
}

IN_TASK(arguments_are_looked_at_where_the_schema_is_closed)
{
	static const char closed[] =
		"{\"type\":\"object\",\"properties\":{\"a\":{}},\"additionalProperties\":false}";
	struct tool_use all = { .w = &d->w, .by = "t", .effects = ~0u };
	cJSON *args = json_parse("{\"a\":1,\"b\":2}", 13, NULL), *list = cJSON_CreateArray();
	struct str out = STR_INIT;
	struct err err;

	assert_true(add(d, "x_closed", closed, say_ctx, NULL));
	assert_true(add(d, "x_open", any, say_ctx, NULL));
	assert_false(toolbox_call(&all, "x_closed", args, &out, &err));
	assert_string_equal(err.text, "x_closed has no argument \"b\"");
	assert_true(toolbox_call(&all, "x_open", args, &out, &err));
	assert_false(toolbox_call(&all, "x_open", list, &out, &err));
	cJSON_Delete(args);
	cJSON_Delete(list);
	str_free(&out);
}

IN_TASK(a_long_result_is_cut_between_characters_and_says_so)
{
	struct tool_use all = { .w = &d->w, .by = "t", .effects = ~0u };
	struct str out = STR_INIT;

	assert_true(add(d, "x_much", any, say_much, NULL));
	assert_true(toolbox_call(&all, "x_much", NULL, &out, NULL));
	assert_true(out.len < TOOLBOX_RESULT_MAX + 40);
	assert_non_null(strstr(str_cstr(&out), "\xc3\xa4\n[cut: 32768 more bytes]\n"));
	str_free(&out);
}
