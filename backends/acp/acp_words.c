/* An agent keeps the conversation itself, so after the first prompt it gets only the
 * newest question, preceded by what it cannot know: which of its changes were taken.
 * For each file of its last answer that is one sentence, or the diff between what it
 * wrote and the file now; a diff above a quarter of ACP_TOLD_MAX is replaced by a hint
 * to read the file. Without this an agent would take its own refused lines for part of
 * the design.
 */
#include "config.h"

#include "backends/acp/acp_words.h"

#include <string.h>

#include "backends/acp/acp_changes.h"
#include "session/base/json.h"
#include "session/base/str.h"
#include "session/model/prompt.h"
#include "session/text/diff.h"

#define ACP_REMARK_MAX 200u /* bytes of a login method's description */

static void add_message(const struct prompt_message *m, struct str *out)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->parts[i].kind == PROMPT_TEXT)
			str_add(out, m->parts[i].text, m->parts[i].len);
	if (out->len && out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

static void add_lines(const struct lines *l, size_t from, size_t n, char mark, struct str *out)
{
	for (size_t i = from; i < from + n; i++) {
		size_t len;
		const char *line = lines_at(l, i, &len);

		str_addc(out, mark);
		str_add(out, line, len);
		if (len == 0 || line[len - 1] != '\n')
			str_addc(out, '\n');
	}
}

/* A diff without context: - the agent's lines, + the current ones. */
static void add_difference(const struct str *was, const struct str *now, struct str *out)
{
	struct lines a, b;
	struct diff d;

	lines_init(&a, str_cstr(was), was->len);
	lines_init(&b, str_cstr(now), now->len);
	diff_init(&d, &a, &b);
	for (size_t i = 0; i < d.n; i++) {
		const struct diff_hunk *h = &d.hunks[i];

		str_addf(out, "@@ line %zu\n", h->b_start + 1);
		add_lines(&a, h->a_start, h->a_len, '-', out);
		add_lines(&b, h->b_start, h->b_len, '+', out);
	}
	diff_fini(&d);
	lines_fini(&a);
	lines_fini(&b);
}

static void add_fate(const struct acp_change *c, bool is, const struct str *now, struct str *out)
{
	bool same = is && now->len == c->text.len &&
		    memcmp(str_cstr(now), str_cstr(&c->text), now->len) == 0;
	size_t before;

	if ((c->gone && !is) || (!c->gone && same)) {
		str_addf(out, "%s: all of it was taken.\n", c->path);
		return;
	}
	if (!is) {
		str_addf(out, "%s: not taken; there is no such file.\n", c->path);
		return;
	}
	if (now->len == c->base.len && !c->fresh &&
	    memcmp(str_cstr(now), str_cstr(&c->base), now->len) == 0) {
		str_addf(out, "%s: nothing of it was taken; it is as it was before.\n", c->path);
		return;
	}
	str_addf(out, "%s: taken in part, or changed since (- yours, + now):\n", c->path);
	before = out->len;
	add_difference(&c->text, now, out);
	if (out->len - before > ACP_TOLD_MAX / 4) {
		str_cut(out, before);
		str_adds(out, "(too long to show here: read the file)\n");
	}
}

static void add_fates(const struct acp_changes *was,
		      bool (*now)(void *ctx, const char *path, struct str *out), void *ctx,
		      struct str *out)
{
	if (was->n == 0)
		return;
	str_adds(out, "What became of your last changes. The folder is now as the designer "
		      "decided; do not propose again what was refused unless you are asked to:\n");
	for (size_t i = 0; i < was->n; i++) {
		struct str text = STR_INIT;
		bool is = now(ctx, was->v[i].path, &text);

		if (out->len > ACP_TOLD_MAX)
			str_addf(out, "%s: look at the file.\n", was->v[i].path);
		else
			add_fate(&was->v[i], is, &text, out);
		str_free(&text);
	}
	str_addc(out, '\n');
}

void acp_words(const struct prompt *p, bool first, const struct acp_changes *was,
	       bool (*now)(void *ctx, const char *path, struct str *out), void *ctx,
	       struct str *out)
{
	static const char *const roles[] = { "", "The designer asked:", "You answered:" };

	if (first && p->n) {
		add_message(&p->messages[0], out);
		str_addc(out, '\n');
	}
	for (size_t i = 1; first && i + 1 < p->n; i++) {
		str_addf(out, "%s\n", roles[p->messages[i].role]);
		add_message(&p->messages[i], out);
		str_addc(out, '\n');
	}
	if (!first)
		add_fates(was, now, ctx, out);
	if (p->n > 2 && first)
		str_adds(out, "The designer asks now:\n");
	if (p->n > 1)
		add_message(&p->messages[p->n - 1], out);
}

/* Further arguments for a login in a terminal. */
static void add_arguments(const cJSON *method, struct str *out)
{
	const cJSON *arg;

	cJSON_ArrayForEach(arg, json_array(method, "args")) {
		if (cJSON_IsString(arg))
			str_addf(out, " %s", arg->valuestring);
	}
}

/* Appends the first line, cut to ACP_REMARK_MAX. */
static void add_remark(const char *what, struct str *out)
{
	size_t n = strcspn(what, "\n");

	n = n > ACP_REMARK_MAX ? ACP_REMARK_MAX : n;
	while (n && what[n - 1] == ' ')
		n--;
	if (n)
		str_addf(out, " (%.*s)", (int)n, what);
}

void acp_login(const cJSON *methods, const char *command, struct str *out)
{
	const cJSON *m, *terminal = NULL, *any = NULL;
	const char *what;

	cJSON_ArrayForEach(m, methods) {
		const char *type = json_string(m, "type");

		if (type && strcmp(type, "terminal") == 0 && !terminal)
			terminal = m;
		else if (!any)
			any = m;
	}
	str_addf(out, "it wants a login first: run `%s", command);
	if (terminal)
		add_arguments(terminal, out);
	str_adds(out, "` once in a terminal and log in there");
	m = terminal ? terminal : any;
	what = json_string(m, "description");
	if (!what)
		what = json_string(m, "name");
	if (what)
		add_remark(what, out);
}
