/* An agent's words as pieces, its copy of the project and what it did there:
 * the parts of backends/acp that need no agent. */
#include "config.h"

#include "tests/lib/test.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "backends/acp_changes.h"
#include "backends/acp_clear.h"
#include "backends/acp_places.h"
#include "backends/acp_scratch.h"
#include "backends/acp_update.h"
#include "backends/acp_words.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/utf8.h"
#include "session/model/prompt.h"
#include "tests/lib/tool.h"

/* What it tells ---------------------------------------------------------------- */

static bool hear(void *ctx, const struct piece *p)
{
	static const char *const names[] = {
		[PIECE_TEXT] = "text", [PIECE_REASONING] = "think", [PIECE_NOTE] = "note"
	};
	struct str *out = ctx;

	assert_true(p->kind == PIECE_TEXT || p->kind == PIECE_REASONING || p->kind == PIECE_NOTE);
	assert_true(utf8_valid(p->text, p->len));
	str_addf(out, "%s|%.*s|", names[p->kind], (int)p->len, p->text);
	return true;
}

static void told(const char *const *updates, const char *want)
{
	struct acp_turn t;
	struct str out = STR_INIT;

	acp_turn_init(&t);
	for (; *updates; updates++) {
		cJSON *u = json_parse(*updates, strlen(*updates), NULL);

		assert_non_null(u);
		acp_update(&t, u, hear, &out);
		cJSON_Delete(u);
	}
	assert_string_equal(str_cstr(&out), want);
	acp_turn_fini(&t);
	str_free(&out);
}

#define CHUNK(kind, id, text)                                                               \
	"{\"sessionUpdate\":\"agent_" kind "_chunk\",\"messageId\":\"" id "\",\"content\":" \
	"{\"type\":\"text\",\"text\":\"" text "\"}}"
#define PLAIN(kind, text)                                                                      \
	"{\"sessionUpdate\":\"agent_" kind "_chunk\",\"content\":{\"type\":\"text\",\"text\":" \
	"\"" text "\"}}"

static void chunks_of_a_message_are_one_text(void **state)
{
	told((const char *const[]){ CHUNK("message", "1", "Hel"), CHUNK("message", "1", "lo"),
				    CHUNK("message", "2", "Next"), NULL },
	     "text|Hel|text|lo|text|\n\n|text|Next|");
	told((const char *const[]){ PLAIN("message", "a"), PLAIN("message", "b"), NULL },
	     "text|a|text|b|");
	told((const char *const[]){ PLAIN("thought", "a"), PLAIN("message", "b"), NULL },
	     "think|a|text|b|");
}

static void a_step_is_a_line_and_parts_paragraphs(void **state)
{
	told(
		(const char *const[]){
			PLAIN("message", "I look."),
			"{\"sessionUpdate\":\"tool_call\",\"toolCallId\":\"c\",\"title\":\"Read "
			"a.sv\",\"kind\":\"read\",\"status\":\"pending\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"completed\"}",
			PLAIN("message", "Done."), NULL },
		"text|I look.|think|[read] Read a.sv\n|text|\n\n|text|Done.|");
	told(
		(const char *const[]){
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"name\":"
			"\"Bash\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"failed\"}",
			"{\"sessionUpdate\":\"tool_call_update\",\"toolCallId\":\"c\",\"status\":"
			"\"failed\"}",
			NULL },
		"think|[tool] Bash\n|think|[failed] Bash\n|");
}

/* Version 2: a message as a whole stands for its chunks. */
static void a_whole_message_goes_on_where_its_chunks_ended(void **state)
{
#define WHOLE(id, text)                                                                         \
	"{\"sessionUpdate\":\"agent_message\",\"messageId\":\"" id "\",\"content\":[{\"type\":" \
	"\"text\",\"text\":\"" text "\"}]}"
	told((const char *const[]){ CHUNK("message", "1", "Hel"), WHOLE("1", "Hello"), NULL },
	     "text|Hel|text|lo|");
	told((const char *const[]){ WHOLE("1", "Hello"), WHOLE("1", "Hello"), NULL },
	     "text|Hello|");
	told((const char *const[]){ WHOLE("1", "Hello"), WHOLE("1", "Bye"), NULL },
	     "text|Hello|text|\n\n|text|Bye|");
	told((const char *const[]){ "{\"sessionUpdate\":\"agent_message\",\"messageId\":\"1\","
				    "\"content\":null}",
				    WHOLE("1", "x"), NULL },
	     "text|x|");
}

static void plans_notices_and_others(void **state)
{
	told(
		(const char *const[]){
			"{\"sessionUpdate\":\"plan\",\"entries\":[{\"content\":\"read\",\"status\":"
			"\"completed\"},{\"content\":\"write\",\"status\":\"pending\"}]}",
			"{\"sessionUpdate\":\"plan_update\",\"plan\":{\"type\":\"items\","
			"\"planId\":"
			"\"p\",\"entries\":[{\"content\":\"test\"}]}}",
			"{\"sessionUpdate\":\"notice\",\"severity\":\"warning\",\"title\":\"limit "
			"near\",\"description\":\"80 %\"}",
			"{\"sessionUpdate\":\"available_commands_update\",\"availableCommands\":[]"
			"}",
			"{\"sessionUpdate\":\"user_message_chunk\",\"content\":{\"type\":\"text\","
			"\"text\":\"mine\"}}",
			"{\"sessionUpdate\":\"_own\",\"content\":1}", "{}", "7", NULL },
		"think|[x] read\n|think|[ ] write\n|think|[ ] test\n|"
		"note|the agent says: limit near: 80 %|");
}

static struct acp_turn after(const char *const *updates)
{
	struct acp_turn t;
	struct str out = STR_INIT;

	acp_turn_init(&t);
	for (; *updates; updates++) {
		cJSON *u = json_parse(*updates, strlen(*updates), NULL);

		acp_update(&t, u, hear, &out);
		cJSON_Delete(u);
	}
	str_free(&out);
	return t;
}

#define STATE(more) "{\"sessionUpdate\":\"state_update\"," more "}"

static void a_turn_is_over_once_and_not_before_it_ran(void **state)
{
	struct acp_turn t = after((const char *const[]){ STATE("\"state\":\"idle\""), NULL });

	assert_false(t.idle); /* that is how it was before */
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"running\""),
					 STATE("\"state\":\"requires_action\""), NULL });
	assert_false(t.idle);
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"running\""),
					 STATE("\"state\":\"idle\""), NULL });
	assert_true(t.idle);
	assert_null(t.stop);
	acp_turn_fini(&t);
	t = after((const char *const[]){ STATE("\"state\":\"idle\",\"stopReason\":\"max_tokens\""),
					 STATE("\"state\":\"idle\",\"stopReason\":\"end_turn\""),
					 NULL });
	assert_true(t.idle);
	assert_string_equal(t.stop, "max_tokens");
	acp_turn_fini(&t);
	assert_int_equal(acp_finish("max_tokens"), FINISH_LENGTH);
	assert_int_equal(acp_finish("max_turn_requests"), FINISH_PAUSE);
	assert_int_equal(acp_finish("refusal"), FINISH_FILTER);
	assert_int_equal(acp_finish("of its own"), FINISH_OTHER);
	assert_int_equal(acp_finish(NULL), FINISH_STOP);
}

static void what_it_used_is_kept(void **state)
{
	struct acp_turn t = after((const char *const[]){
		"{\"sessionUpdate\":\"usage_update\",\"used\":4000,\"size\":200000,\"cost\":{"
		"\"amount\":0.5,\"currency\":\"USD\"}}",
		"{\"sessionUpdate\":\"usage_update\",\"used\":-1,\"size\":\"x\",\"cost\":{"
		"\"amount\":9,\"currency\":\"far too long\"}}",
		NULL });

	assert_int_equal(t.used.in, 4000);
	assert_int_equal(t.window, 200000);
	assert_string_equal(t.currency, "USD");
	assert_true(t.cost == 0.5);
	acp_turn_fini(&t);
}

/* Whatever stands where in an update, nothing is taken for what it is not. */
static void anything_at_all_is_an_update(void **state)
{
	static const char *const keys[] = { "sessionUpdate", "content",	   "text",  "type",
					    "messageId",     "toolCallId", "title", "status",
					    "entries",	     "plan",	   "state", "stopReason",
					    "cost",	     "error",	   "used",  "message" };
	static const char *const values[] = { "null",
					      "7",
					      "\"text\"",
					      "[]",
					      "{}",
					      "true",
					      "\"agent_message\"",
					      "\"agent_thought_chunk\"",
					      "\"tool_call\"",
					      "\"state_update\"",
					      "\"idle\"",
					      "\"plan_update\"",
					      "\"usage_update\"",
					      "\"notice\"",
					      "[{\"type\":\"text\",\"text\":\"x\"}]",
					      "{\"type\":\"text\",\"text\":\"y\"}",
					      "{\"entries\":[1,{\"content\":2}]}",
					      "1e300" };
	struct acp_turn t;
	struct str out = STR_INIT;

	srand(11);
	acp_turn_init(&t);
	for (int i = 0; i < 20000; i++) {
		struct str u = STR_INIT;
		cJSON *parsed;

		str_addf(&u, "{\"sessionUpdate\":%s", values[6 + rand() % 8]);
		for (int k = 0; k < 4; k++)
			str_addf(&u, ",\"%s\":%s", keys[rand() % 16], values[rand() % 18]);
		str_addc(&u, '}');
		parsed = json_parse(u.data, u.len, NULL);
		assert_non_null(parsed);
		acp_update(&t, parsed, hear, &out);
		cJSON_Delete(parsed);
		str_free(&u);
	}
	assert_true(t.n_tools <= ACP_TOOLS_MAX);
	acp_turn_fini(&t);
	str_free(&out);
}

static void tools_and_titles_have_limits(void **state)
{
	struct acp_turn t;
	struct str out = STR_INIT, u = STR_INIT;

	acp_turn_init(&t);
	for (unsigned i = 0; i < ACP_TOOLS_MAX + 50; i++) {
		cJSON *o = cJSON_CreateObject();
		char id[20];

		snprintf(id, sizeof(id), "%u", i);
		str_clear(&u);
		for (unsigned k = 0; k < ACP_TITLE_MAX; k++)
			str_adds(&u, "\xc3\xa4\n");
		cJSON_AddStringToObject(o, "sessionUpdate", "tool_call");
		cJSON_AddStringToObject(o, "toolCallId", id);
		cJSON_AddStringToObject(o, "title", str_cstr(&u));
		acp_update(&t, o, hear, &out);
		cJSON_Delete(o);
	}
	assert_int_equal(t.n_tools, ACP_TOOLS_MAX);
	assert_true(out.len < (ACP_TOOLS_MAX + 50) * (ACP_TITLE_MAX + 40));
	acp_turn_fini(&t);
	str_free(&out);
	str_free(&u);
}

/* Its copy ------------------------------------------------------------------------- */

struct place { /* a project, somewhere else, and a copy */
	char *root, *outside;
	struct scratch *s;
};

static struct place place_new(void)
{
	struct place p = { .root = tool_folder(), .outside = tool_folder() };
	struct err err;

	p.s = scratch_new(&err);
	if (!p.s)
		fail_msg("%s", err.text);
	tool_write(p.outside, "secret", "mine\n");
	return p;
}

static void place_free(struct place *p)
{
	char *dir = mem_strdup(p->s->dir);

	scratch_free(p->s);
	assert_int_equal(access(dir, F_OK), -1);
	free(dir);
	tool_folder_remove(p->root);
	tool_folder_remove(p->outside);
}

static void put(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name), *folder = path_dir(path);

	assert_true(file_make_dirs(folder, 0700, NULL));
	free(folder);
	free(path);
	tool_write(dir, name, text);
}

static bool holds(const char *dir, const char *name, const char *text)
{
	char *path = path_join(dir, name);
	struct str is = STR_INIT;
	bool ok = file_read(path, 1 << 20, &is, NULL) && strcmp(str_cstr(&is), text) == 0;

	free(path);
	str_free(&is);
	return ok;
}

static bool is_there(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	struct stat st;
	bool yes = lstat(path, &st) == 0;

	free(path);
	return yes;
}

static void a_link(const char *to, const char *dir, const char *name)
{
	char *path = path_join(dir, name);

	assert_int_equal(symlink(to, path), 0);
	free(path);
}

static bool says_of(const struct strv *left, const char *path)
{
	for (size_t i = 0; i < left->n; i++)
		if (str_starts(left->v[i], path))
			return true;
	return false;
}

static void a_copy_is_of_what_is_seen_and_of_no_more(void **state)
{
	struct place p = place_new();
	const struct prompt_unsaved texts[] = { { "rtl/a.sv", "unsaved\n", 8 },
						{ "new/b.sv", "typed\n", 6 } };
	char *big;

	put(p.root, "rtl/a.sv", "saved\n");
	put(p.root, "rtl/c.sv", "c\n");
	put(p.root, ".posedgerc", "set top a\n");
	put(p.root, ".env", "x\n");
	put(p.root, ".git/config", "x\n");
	put(p.root, "obj_dir/o", "x\n");
	put(p.root, "key.txt", "token = \"ghp_0123456789abcdefghijABCDEFGHIJ012345\"\n");
	a_link("c.sv", p.root, "rtl/same.sv");
	a_link(p.outside, p.root, "out");
	big = path_join(p.outside, "secret");
	a_link(big, p.root, "out.sv");
	free(big);
	assert_true(scratch_fill(p.s, p.root, texts, 2, NULL));
	for (int i = 0; i < 2; i++) {
		const char *in = i ? p.s->base : p.s->work;

		assert_true(holds(in, "rtl/a.sv", "unsaved\n"));
		assert_true(holds(in, "new/b.sv", "typed\n"));
		assert_true(holds(in, "rtl/c.sv", "c\n"));
		assert_true(holds(in, "rtl/same.sv", "c\n"));
		assert_true(holds(in, ".posedgerc", "set top a\n"));
		assert_false(is_there(in, ".env") || is_there(in, ".git") ||
			     is_there(in, "obj_dir") || is_there(in, "out") ||
			     is_there(in, "out.sv") || is_there(in, "key.txt"));
	}
	assert_true(says_of(&p.s->left, "key.txt"));
	assert_true(says_of(&p.s->left, "out.sv"));
	assert_true(holds(p.root, "rtl/a.sv", "saved\n"));
	place_free(&p);
}

/* What an agent leaves in the way of the next copy. */
static void a_copy_is_made_anew_through_no_link(void **state)
{
	struct place p = place_new();

	put(p.root, "rtl/a.sv", "a\n");
	put(p.root, "secret", "not that\n");
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	put(p.s->work, "rtl/more/x", "x\n");
	assert_true(file_remove_tree(p.s->work, NULL));
	assert_int_equal(mkdir(p.s->work, 0700), 0);
	a_link(p.outside, p.s->work, "rtl");
	{
		char *secret = path_join(p.outside, "secret");

		a_link(secret, p.s->work, "secret");
		free(secret);
	}
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	assert_true(holds(p.outside, "secret", "mine\n"));
	assert_false(is_there(p.outside, "a.sv"));
	assert_true(holds(p.s->work, "rtl/a.sv", "a\n"));
	assert_true(holds(p.s->work, "secret", "not that\n"));
	place_free(&p);
}

/* By chance, against a list of what was done. */
static void what_differs_is_found(void **state)
{
	struct place p = place_new();
	struct acp_changes found = { 0 };

	srand(5);
	for (int round = 0; round < 20; round++) {
		char was[40][16] = { "" }, now[40][16] = { "" };
		size_t n = 0;

		assert_true(file_remove_tree(p.root, NULL));
		assert_int_equal(mkdir(p.root, 0700), 0);
		for (int i = 0; i < 40; i++) {
			char name[40];

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			if (rand() % 3 == 0)
				continue;
			snprintf(was[i], sizeof(was[i]), "%d\n", rand() % 3);
			put(p.root, name, was[i]);
		}
		assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
		for (int i = 0; i < 40; i++) {
			char name[40], *path;

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			memcpy(now[i], was[i], sizeof(now[i]));
			if (rand() % 3 == 0) {
				snprintf(now[i], sizeof(now[i]), "%d\n", rand() % 3);
				put(p.s->work, name, now[i]);
			} else if (was[i][0] && rand() % 3 == 0) {
				now[i][0] = '\0';
				path = path_join(p.s->work, name);
				assert_int_equal(unlink(path), 0);
				free(path);
			}
			n += strcmp(was[i], now[i]) != 0;
		}
		acp_changes_find(p.s, &found);
		assert_int_equal(found.n, n);
		for (int i = 0; i < 40; i++) {
			char name[40];
			const struct acp_change *c;

			snprintf(name, sizeof(name), "d%d/e%d/f%d.sv", i % 3, i % 5, i);
			c = acp_changes_of(&found, name);
			assert_int_equal(c != NULL, strcmp(was[i], now[i]) != 0);
			if (!c)
				continue;
			assert_string_equal(str_cstr(&c->base), was[i]);
			assert_string_equal(str_cstr(&c->text), now[i]);
			assert_int_equal(c->fresh, !was[i][0]);
			assert_int_equal(c->gone, !now[i][0]);
		}
	}
	acp_changes_fini(&found);
	place_free(&p);
}

static void what_is_no_text_of_the_project_is_named(void **state)
{
	struct place p = place_new();
	struct acp_changes c = { 0 };
	char *pipe, *large;
	char *mega = mem_alloc(CHANGES_FILE_MAX + 2);

	memset(mega, 'x', CHANGES_FILE_MAX + 1);
	mega[CHANGES_FILE_MAX + 1] = '\0';
	put(p.root, "rtl/a.sv", "a\n");
	put(p.root, "large.dat", mega);
	assert_true(scratch_fill(p.s, p.root, NULL, 0, NULL));
	pipe = path_join(p.s->work, "pipe.sv");
	assert_int_equal(mkfifo(pipe, 0600), 0);
	a_link("/etc/passwd", p.s->work, "passwd.sv");
	a_link(p.outside, p.s->work, "folder");
	put(p.s->work, "new.sv", mega);
	put(p.s->work, "bad\nname.sv", "x\n");
	put(p.s->work, "wave.vcd", "x\n");
	put(p.s->work, ".hidden", "x\n");
	put(p.s->work, "obj_dir/x.sv", "x\n");
	put(p.s->work, "empty.sv", "");
	large = path_join(p.s->work, "rtl/a.sv");
	assert_int_equal(unlink(large), 0);
	a_link("/etc/passwd", p.s->work, "rtl/a.sv");
	acp_changes_find(p.s, &c);
	assert_int_equal(c.n, 0);
	assert_int_equal(c.n_left, 7);
	assert_true(says_of(&c.left, "folder is no regular file"));
	assert_true(says_of(&c.left, "pipe.sv is no regular file"));
	assert_true(says_of(&c.left, "passwd.sv is no regular file"));
	assert_true(says_of(&c.left, "rtl/a.sv is no regular file"));
	assert_true(says_of(&c.left, "new.sv is too large"));
	assert_true(says_of(&c.left, "bad?name.sv has a name"));
	assert_true(says_of(&c.left, "empty.sv is empty"));
	acp_changes_fini(&c);
	free(pipe);
	free(large);
	free(mega);
	place_free(&p);
}

static void more_than_can_be_read_is_counted(void **state)
{
	struct place p = place_new();
	struct acp_changes c = { 0 };

	for (unsigned i = 0; i < CHANGES_MAX + 30; i++) {
		char name[30];

		snprintf(name, sizeof(name), "f%u.sv", i);
		put(p.s->work, name, "x\n");
	}
	acp_changes_find(p.s, &c);
	assert_int_equal(c.n, CHANGES_MAX);
	assert_int_equal(c.n_left, 30);
	acp_changes_fini(&c);
	place_free(&p);
}

/* Deeper than there are descriptors, shut, and full of links. */
static void a_folder_is_emptied_whatever_it_holds(void **state)
{
	char *dir = tool_folder(), *outside = tool_folder();
	int top = open(dir, O_RDONLY | O_DIRECTORY), at = dup(top);
	struct err err = { 0 };

	tool_write(outside, "secret", "mine\n");
	for (int i = 0; i < 3000; i++) {
		int next;

		assert_int_equal(mkdirat(at, "d", 0700), 0);
		assert_int_equal(symlinkat(outside, at, "link"), 0);
		next = openat(at, "d", O_RDONLY | O_DIRECTORY);
		assert_true(next >= 0);
		close(at);
		at = next;
	}
	assert_int_equal(mkdirat(top, "shut", 0700), 0);
	assert_int_equal(mkdirat(top, "shut/in", 0700), 0);
	assert_int_equal(mkdirat(top, "shut/in/er", 0700), 0);
	assert_int_equal(fchmodat(top, "shut/in", 0, 0), 0);
	assert_int_equal(fchmodat(top, "shut", 0, 0), 0);
	assert_int_equal(mkdirat(top, ".0", 0700), 0);
	assert_int_equal(mkdirat(top, ".0/x", 0700), 0);
	assert_int_equal(mkdirat(top, ".0/x/y", 0700), 0);
	close(at);
	close(top);
	if (!acp_clear(dir, &err))
		fail_msg("%s", err.text);
	assert_int_equal(rmdir(dir), 0); /* it is empty */
	assert_true(holds(outside, "secret", "mine\n"));
	free(dir);
	tool_folder_remove(outside);
}

/* What it is told --------------------------------------------------------------------- */

struct today {
	const char *path, *text; /* NULL text: it is not there */
};

static bool now(void *ctx, const char *path, struct str *out)
{
	for (const struct today *t = ctx; t->path; t++)
		if (strcmp(t->path, path) == 0 && t->text) {
			str_adds(out, t->text);
			return true;
		}
	return false;
}

static void add_change(struct acp_changes *c, const char *path, const char *base, const char *text,
		       bool fresh, bool gone)
{
	c->cap = mem_grow((void **)&c->v, c->cap, c->n + 1, sizeof(*c->v));
	c->v[c->n] = (struct acp_change){ .path = mem_strdup(path), .fresh = fresh, .gone = gone };
	str_adds(&c->v[c->n].base, base);
	str_adds(&c->v[c->n++].text, text);
}

static void a_prompt_tells_what_became_of_the_last_changes(void **state)
{
	static const struct prompt_part parts[] = { { .text = "rules", .len = 5 },
						    { .text = "before", .len = 6 },
						    { .text = "said", .len = 4 },
						    { .text = "the question", .len = 12 } };
	static const struct prompt_message messages[] = { { ROLE_SYSTEM, &parts[0], 1 },
							  { ROLE_USER, &parts[1], 1 },
							  { ROLE_ASSISTANT, &parts[2], 1 },
							  { ROLE_USER, &parts[3], 1 } };
	const struct prompt p = { .messages = messages, .n = 4, .question = "the question" };
	struct today today[] = { { "all.sv", "new\n" },	  { "none.sv", "old\n" },
				 { "some.sv", "1\n3\n" }, { "made.sv", NULL },
				 { "kept.sv", "k\n" },	  { NULL, NULL } };
	struct acp_changes was = { 0 };
	struct str out = STR_INIT;

	acp_words(&p, true, &was, now, today, &out);
	assert_string_equal(str_cstr(&out),
			    "rules\n\nThe designer asked:\nbefore\n\nYou answered:\n"
			    "said\n\nThe designer asks now:\nthe question\n");
	str_clear(&out);
	acp_words(&p, false, &was, now, today, &out);
	assert_string_equal(str_cstr(&out), "the question\n");
	str_clear(&out);
	add_change(&was, "all.sv", "old\n", "new\n", false, false);
	add_change(&was, "none.sv", "old\n", "new\n", false, false);
	add_change(&was, "some.sv", "1\n", "1\n2\n3\n", false, false);
	add_change(&was, "made.sv", "", "m\n", true, false);
	add_change(&was, "kept.sv", "k\n", "", false, true);
	add_change(&was, "went.sv", "w\n", "", false, true);
	acp_words(&p, false, &was, now, today, &out);
	assert_non_null(strstr(out.data, "all.sv: all of it was taken.\n"));
	assert_non_null(
		strstr(out.data, "none.sv: nothing of it was taken; it is as it was before.\n"));
	assert_non_null(strstr(out.data,
			       "some.sv: taken in part, or changed since (- yours, + now):\n"
			       "@@ line 2\n-2\n"));
	assert_non_null(strstr(out.data, "made.sv: not taken; there is no such file.\n"));
	assert_non_null(
		strstr(out.data, "kept.sv: nothing of it was taken; it is as it was before.\n"));
	assert_non_null(strstr(out.data, "went.sv: all of it was taken.\n"));
	assert_null(strstr(out.data, "rules"));
	acp_changes_fini(&was);
	str_free(&out);
}

static void a_login_is_a_command(void **state)
{
	static const struct {
		const char *methods, *want;
	} cases[] = {
		{ "[]",
		  "it wants a login first: run `agent x` once in a terminal and log in there" },
		{ "[{\"id\":\"a\",\"name\":\"Account\",\"description\":\"Run /login \\nand "
		  "more\"}]",
		  "it wants a login first: run `agent x` once in a terminal and log in there (Run "
		  "/login)" },
		{ "[{\"id\":\"a\",\"name\":\"A\"},{\"type\":\"terminal\",\"id\":\"t\",\"name\":"
		  "\"Setup\",\"args\":[\"--login\",7]}]",
		  "it wants a login first: run `agent x --login` once in a terminal and log in "
		  "there (Setup)" },
		{ "7",
		  "it wants a login first: run `agent x` once in a terminal and log in there" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		cJSON *m = json_parse(cases[i].methods, strlen(cases[i].methods), NULL);
		struct str out = STR_INIT;

		acp_login(m, "agent x", &out);
		assert_string_equal(str_cstr(&out), cases[i].want);
		str_free(&out);
		cJSON_Delete(m);
	}
}

/* What it sees ------------------------------------------------------------------------- */

static bool shows(const struct acp_places *p, const char *from, const char *at, bool writable)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].from, from) == 0 && strcmp(p->v[i].at, at) == 0 &&
		    p->v[i].writable == writable)
			return true;
	return false;
}

static void a_program_shows_its_folder_and_no_home(void **state)
{
	char *made = tool_folder(), *home = realpath(made, NULL),
	     *root = path_join(home, "project");
	char *before = mem_strdup(getenv("HOME"));
	char *tool = path_join(home, "opt/tool/bin/agent"), *folder = path_dir(tool);
	char *near = path_join(home, "agent");
	struct acp_places p = { 0 };
	struct str path = STR_INIT;
	struct err err = { 0 };

	assert_int_equal(setenv("HOME", home, 1), 0);
	put(home, "opt/tool/bin/agent", "#!/bin/sh\n");
	put(home, "agent", "#!/bin/sh\n");
	put(root, "a.sv", "a\n");
	put(home, ".claude/settings", "x\n");
	assert_int_equal(chmod(tool, 0700) + chmod(near, 0700), 0);
	assert_true(acp_places_program(&p, tool, root, &path, &err));
	assert_int_equal(p.n, 1);
	assert_true(shows(&p, folder, folder, false));
	assert_true(str_starts(str_cstr(&path), folder));
	acp_places_fini(&p);
	assert_true(acp_places_program(&p, near, root, &path, &err)); /* not its folder: home */
	assert_int_equal(p.n, 1);
	assert_true(shows(&p, near, near, false));
	acp_places_fini(&p);
	assert_true(
		acp_places_program(&p, "sh", root, &path, &err)); /* the system is seen anyhow */
	assert_int_equal(p.n, 0);
	assert_false(acp_places_program(&p, "no-such-agent", root, &path, &err));
	acp_places_argument(&p, "--flag", root);
	acp_places_argument(&p, tool, root);
	assert_int_equal(p.n, 1);
	acp_places_fini(&p);
	assert_true(acp_places_list(&p, "~/.claude:~/opt", true, "/the/home", root, &err));
	assert_int_equal(p.n, 2);
	assert_string_equal(p.v[0].at, "/the/home/.claude");
	assert_true(p.v[0].writable);
	acp_places_fini(&p);
	for (const char *const *wrong =
		     (const char *const[]){ "~/", "/", "relative", "~/nothing", "~/project",
					    "~/project/a.sv", NULL };
	     *wrong; wrong++)
		if (acp_places_list(&p, *wrong, true, "/the/home", root, &err))
			fail_msg("%s is shown", *wrong);
	acp_places_fini(&p);
	assert_int_equal(before ? setenv("HOME", before, 1) : unsetenv("HOME"), 0);
	free(before);
	free(near);
	free(folder);
	free(tool);
	free(root);
	free(home);
	str_free(&path);
	tool_folder_remove(made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chunks_of_a_message_are_one_text),
		cmocka_unit_test(a_step_is_a_line_and_parts_paragraphs),
		cmocka_unit_test(a_whole_message_goes_on_where_its_chunks_ended),
		cmocka_unit_test(plans_notices_and_others),
		cmocka_unit_test(a_turn_is_over_once_and_not_before_it_ran),
		cmocka_unit_test(what_it_used_is_kept),
		cmocka_unit_test(anything_at_all_is_an_update),
		cmocka_unit_test(tools_and_titles_have_limits),
		cmocka_unit_test(a_copy_is_of_what_is_seen_and_of_no_more),
		cmocka_unit_test(a_copy_is_made_anew_through_no_link),
		cmocka_unit_test(what_differs_is_found),
		cmocka_unit_test(what_is_no_text_of_the_project_is_named),
		cmocka_unit_test(more_than_can_be_read_is_counted),
		cmocka_unit_test(a_folder_is_emptied_whatever_it_holds),
		cmocka_unit_test(a_prompt_tells_what_became_of_the_last_changes),
		cmocka_unit_test(a_login_is_a_command),
		cmocka_unit_test(a_program_shows_its_folder_and_no_home),
	};
	char *cache = tool_folder();
	int failed;

	setenv("XDG_CACHE_HOME", cache, 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	tool_folder_remove(cache);
	return failed;
}
