/* The list of tools, and the only way to call one.
 *
 * A model may write any arguments. A name that is not in the schema is an error: told
 * about it, the model corrects its call, while a silently ignored argument would make
 * it accept the answer to another question.
 *
 * A call may wait, and meanwhile a server may exit and its tools be removed. So a call
 * keeps nothing of the row but its function and its ctx.
 */
#include "config.h"

#include "session/toolbox/toolbox.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/redact.h"
#include "session/toolbox/tool_policy.h"
#include "session/toolbox/tools.h"
#include "session/workbench/workbench.h"

struct toolbox {
	struct tool *v;
	size_t n, cap;
	struct strv agreed; /* names of tools that the user has allowed */
};

static void free_tool(struct tool *t)
{
	free((char *)t->name);
	free((char *)t->about);
	free((char *)t->schema);
	free((char *)t->source);
}

static void free_toolbox(struct toolbox *b)
{
	for (size_t i = 0; i < b->n; i++)
		free_tool(&b->v[i]);
	free(b->v);
	strv_free(&b->agreed);
	free(b);
}

struct toolbox *toolbox_of(struct workbench_tools *t)
{
	if (t->box)
		return t->box;
	t->box = mem_zalloc(sizeof(*t->box));
	t->free_box = free_toolbox;
	for (const struct tool *own = own_tools; own->name; own++)
		toolbox_add(t->box, own, NULL);
	return t->box;
}

bool toolbox_gather(struct workbench *w, struct err *err)
{
	return !w->tools.gather || w->tools.gather(w, err);
}

/* Rows --------------------------------------------------------------------------- */

static bool is_name(const char *name)
{
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789");

	return n > 0 && n <= TOOL_NAME_MAX && !name[n];
}

static bool is_schema(const char *schema)
{
	size_t n = strlen(schema);
	cJSON *s = n <= TOOL_SCHEMA_MAX ? json_parse_strict(schema, n, NULL) : NULL;
	bool object = cJSON_IsObject(s);

	cJSON_Delete(s);
	return object;
}

bool toolbox_add(struct toolbox *b, const struct tool *t, struct err *err)
{
	struct tool *copy;

	if (!is_name(t->name))
		return err_set(err, ERR_USAGE,
			       "tool %.80s: a name has a-z, 0-9 and _, at most %u of them", t->name,
			       TOOL_NAME_MAX);
	if (!is_schema(t->schema))
		return err_set(err, ERR_USAGE,
			       "tool %s: its schema must be a JSON object of at most %u bytes",
			       t->name, TOOL_SCHEMA_MAX);
	if (toolbox_find(b, t->name))
		return err_set(err, ERR_CONFLICT, "tool %s: there is one of that name", t->name);
	if (b->n == TOOLBOX_MAX)
		return err_set(err, ERR_LIMIT, "tool %s: there are %u tools already", t->name,
			       TOOLBOX_MAX);
	MEM_ROOM(b->v, b->n, b->cap);
	copy = &b->v[b->n++];
	*copy = *t;
	copy->name = mem_strdup(t->name);
	copy->about = mem_strdup(t->about);
	copy->schema = mem_strdup(t->schema);
	copy->source = mem_strdup(t->source);
	return true;
}

void toolbox_remove(struct toolbox *b, const void *ctx)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->n; i++)
		if (b->v[i].ctx == ctx)
			free_tool(&b->v[i]);
		else
			b->v[kept++] = b->v[i];
	b->n = kept;
}

const struct tool *toolbox_at(const struct toolbox *b, size_t i)
{
	return i < b->n ? &b->v[i] : NULL;
}

const struct tool *toolbox_find(const struct toolbox *b, const char *name)
{
	for (size_t i = 0; name && i < b->n; i++)
		if (strcmp(b->v[i].name, name) == 0)
			return &b->v[i];
	return NULL;
}

bool toolbox_offers(const struct tool_use *u, const struct tool *t)
{
	return u->effects & TOOL_DOES(t->effect);
}

/* Checking ----------------------------------------------------------------------- */

static bool check_names(const struct tool *t, const cJSON *schema, const cJSON *args,
			struct err *err)
{
	const cJSON *known = json_object(schema, "properties");

	if (args && !cJSON_IsObject(args))
		return err_set(err, ERR_USAGE, "the arguments must be an object");
	if (json_bool(schema, "additionalProperties", true))
		return true;
	for (const cJSON *a = args ? args->child : NULL; a; a = a->next)
		if (!json_get(known, a->string))
			return err_set(err, ERR_USAGE, "%s has no argument \"%.40s\"", t->name,
				       a->string);
	return true;
}

static bool check(const struct tool *t, const cJSON *args, struct err *err)
{
	cJSON *schema = json_parse(t->schema, strlen(t->schema), NULL);
	bool ok = check_names(t, schema, args, err);

	cJSON_Delete(schema);
	return ok;
}

/* Calling ------------------------------------------------------------------------ */

static void cut(struct str *s)
{
	size_t at = TOOLBOX_RESULT_MAX, left;

	if (s->len <= at)
		return;
	while (at > 0 && ((unsigned char)s->data[at] & 0xc0) == 0x80)
		at--;
	left = s->len - at;
	str_cut(s, at);
	str_addf(s, "\n[cut: %zu more bytes]\n", left);
}

/* A client may stay for hours while files come, go and change. Unchanged files are
 * not read again. */
static bool look_again(struct workbench *w, struct err *err)
{
	return workbench_read_project(w, w->project != NULL, err);
}

/* Fetches the row again: it may have changed while the user was asked. */
static bool find(struct tool_use *u, const char *name, struct tool *row, struct err *err)
{
	const struct tool *t = toolbox_find(toolbox_of(&u->w->tools), name);

	if (!t || !toolbox_offers(u, t))
		return err_set(err, ERR_NOT_FOUND, "there is no tool %.80s here",
			       name ? name : "without a name");
	*row = *t;
	return true;
}

bool toolbox_call(struct tool_use *u, const char *name, const cJSON *args, struct str *out,
		  struct err *err)
{
	struct tool row = { 0 };
	struct str raw = STR_INIT;
	struct tool_call c = { .w = u->w, .use = u, .args = args, .out = &raw };
	bool ok = find(u, name, &row, err) && check(&row, args, err) &&
		  tool_may_run(u, &row, &toolbox_of(&u->w->tools)->agreed, err) &&
		  find(u, name, &row, err) && (row.effect == TOOL_FOREIGN || look_again(u->w, err));

	c.ctx = row.ctx;
	ok = ok && row.call(&c, err);
	if (ok) {
		cut(&raw);
		redact_text(u->w->redact, str_cstr(&raw), raw.len, out);
	}
	str_free(&raw);
	return ok;
}
