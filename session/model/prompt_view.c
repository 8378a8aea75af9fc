/* A request as text, for the person and for the journal, and back. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/prompt.h"

static const char *const roles[] = { "system", "user", "assistant" };

static void view_part(const struct prompt_part *p, struct str *out)
{
	switch (p->kind) {
	case PROMPT_TEXT:
		str_add(out, p->text, p->len);
		break;
	case PROMPT_IMAGE:
		str_addf(out, "[image %s, %zu bytes]", p->name, p->len);
		break;
	case PROMPT_CALL:
		str_addf(out, "[calls %s %s] %.*s", p->name, p->id, (int)p->len, p->text);
		break;
	case PROMPT_RESULT:
		str_addf(out, "[%s %s] %.*s", p->failed ? "failure of" : "result of", p->id,
			 (int)p->len, p->text);
		break;
	case PROMPT_OPAQUE:
		str_addf(out, "[%s, %zu bytes]", p->name, p->len);
		break;
	}
	if ((p->kind == PROMPT_TEXT && p->len == 0) || out->data[out->len - 1] != '\n')
		str_addc(out, '\n');
}

void prompt_view(const struct prompt *p, struct str *out)
{
	for (size_t i = 0; i < p->n; i++) {
		str_addf(out, "%s[%s]\n", i ? "\n" : "", roles[p->messages[i].role]);
		for (size_t k = 0; k < p->messages[i].n; k++)
			view_part(&p->messages[i].parts[k], out);
	}
	for (size_t i = 0; i < p->n_tools; i++)
		str_addf(out, "%s[tool %s]\n%s\n%s\n", i ? "" : "\n", p->tools[i].name,
			 p->tools[i].description, p->tools[i].schema);
}

/* Reading it back ---------------------------------------------------------------------- */

void prompt_before_fini(struct prompt_before *b)
{
	entries_fini(&b->entries);
	free(b->messages);
	memset(b, 0, sizeof(*b));
}

/* Reads one message in the format of prompt_view(); it must be text only. */
static bool take_message(const char **at, const char *end, const struct entries_message *m,
			 bool first, struct prompt_text *out)
{
	char *head = str_fmt("%s[%s]\n", first ? "" : "\n", roles[m->role]);
	size_t n = strlen(head), left = (size_t)(end - *at);
	bool ok = left >= n && memcmp(*at, head, n) == 0 && m->len <= left - n;

	free(head);
	if (!ok)
		return false;
	*out = (struct prompt_text){ (enum prompt_role)m->role, *at + n, m->len };
	*at += n + m->len;
	if (m->len && out->text[m->len - 1] == '\n')
		return true;
	if (*at == end || **at != '\n')
		return false;
	++*at;
	return true;
}

/* Images and tools may follow the messages. */
static bool only_rest(const char *at, const char *end)
{
	size_t left = (size_t)(end - at);

	return left == 0 ||
	       (left > 7 && (memcmp(at, "\n[tool ", 7) == 0 || memcmp(at, "[image ", 7) == 0));
}

/* System first, then user and assistant alternate; the last one is the user's. */
static bool in_turn(const struct prompt_before *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->messages[i].role != (i == 0  ? ROLE_SYSTEM
					    : i % 2 ? ROLE_USER
						    : ROLE_ASSISTANT))
			return false;
	return b->n >= 2 && b->messages[b->n - 1].role == ROLE_USER;
}

/* Text after the last entry of the system message is rules for tools, which are added
 * to each request anew. */
static void drop_rules(struct prompt_before *b)
{
	size_t end = 0;

	for (size_t i = 0; i < b->entries.n; i++) {
		const struct prompt_entry *e = &b->entries.v[i];

		if (entry_is_sent(e) && e->message == 0 && e->from + e->len > end)
			end = e->from + e->len;
	}
	if (end && end < b->messages[0].len)
		b->messages[0].len = end;
}

/* Rules for a question are in a later message. */
static bool is_of_tools(const struct prompt_entry *e)
{
	return e->kind == ENTRY_TOOL || (e->kind == ENTRY_RULES && e->message == 0);
}

void prompt_before_drop_tools(struct prompt_before *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->entries.n; i++)
		if (is_of_tools(&b->entries.v[i]))
			free(b->entries.v[i].name);
		else
			b->entries.v[n++] = b->entries.v[i];
	b->entries.n = n;
	drop_rules(b);
}

bool prompt_before_read(const char *text, size_t len, const char *sent, size_t sent_len,
			struct prompt_before *out)
{
	const char *at = text, *end = text + len;
	struct entries_message *m;
	bool ok;

	memset(out, 0, sizeof(*out));
	if (!entries_read(sent, sent_len, &out->entries, &m, &out->n))
		return false;
	out->messages = mem_calloc(out->n, sizeof(*out->messages));
	ok = true;
	for (size_t i = 0; ok && i < out->n; i++)
		ok = take_message(&at, end, &m[i], i == 0, &out->messages[i]);
	free(m);
	if (ok && only_rest(at, end) && in_turn(out)) {
		drop_rules(out);
		return true;
	}
	prompt_before_fini(out);
	return false;
}
