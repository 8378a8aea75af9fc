/* The list of what a request consists of, written to the journal next to the request's
 * text. An entry is a range of a message, so the text of a file that was sent is not
 * stored twice. Journals may come from anywhere, so reading checks everything: a range
 * has to lie within its message. The format is in entries.h.
 */
#include "config.h"

#include "session/model/entries.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/model/prompt.h"

static const char *const kinds[ENTRY_KINDS] = { "instructions", "agents",   "spec",    "file",
						"design",	"beside",   "image",   "digest",
						"asked",	"answered", "outcome", "absent",
						"rules",	"question", "tool" };
static const char *const states[ENTRY_STATES] = { "whole", "cut",   "no-room",
						  "off",   "stale", "unknown" };

void entries_fini(struct entries *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i].name);
	free(l->v);
	memset(l, 0, sizeof(*l));
}

void entries_add(struct entries *l, const struct prompt_entry *e)
{
	MEM_ROOM(l->v, l->n, l->cap);
	l->v[l->n] = *e;
	l->v[l->n++].name = mem_strdup(e->name ? e->name : "");
}

bool entry_is_sent(const struct prompt_entry *e)
{
	return e->state != ENTRY_NO_ROOM && e->state != ENTRY_OFF && e->state != ENTRY_UNKNOWN;
}

const char *entry_kind_name(enum entry_kind k)
{
	return kinds[k];
}

const char *entry_state_name(enum entry_state s)
{
	return states[s];
}

void entries_sum(const struct entries *l, struct entries_sum *out)
{
	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < l->n; i++) {
		const struct prompt_entry *e = &l->v[i];

		if (!entry_is_sent(e))
			continue;
		out->bytes += e->len;
		out->tokens += e->tokens;
		out->again += e->again ? e->len : 0;
	}
}

/* As text ------------------------------------------------------------------------- */

void entries_write(const struct prompt *p, struct str *out)
{
	for (size_t i = 0; i < p->n; i++) {
		size_t len = 0;

		for (size_t k = 0; k < p->messages[i].n; k++)
			if (p->messages[i].parts[k].kind == PROMPT_TEXT)
				len += p->messages[i].parts[k].len;
		str_addf(out, "m %d %zu\n", (int)p->messages[i].role, len);
	}
	for (size_t i = 0; i < p->entries.n; i++) {
		const struct prompt_entry *e = &p->entries.v[i];

		str_addf(out, "e %s %s %zu %zu %zu %zu %llu %d ", kinds[e->kind], states[e->state],
			 e->message, e->from, e->len, e->tokens, (unsigned long long)e->exchange,
			 e->again);
		for (const char *c = e->name; *c; c++)
			str_addc(out, (unsigned char)*c < 0x20 ? ' ' : *c);
		str_addc(out, '\n');
	}
}

struct reading {
	const char *at, *end; /* the rest of one line */
};

/* The word up to the next blank, owned by the caller; NULL: none. */
static char *next_word(struct reading *r)
{
	const char *blank = memchr(r->at, ' ', (size_t)(r->end - r->at)),
		   *stop = blank ? blank : r->end;
	char *word = stop > r->at ? mem_strndup(r->at, (size_t)(stop - r->at)) : NULL;

	r->at = blank ? blank + 1 : r->end;
	return word;
}

static bool next_number(struct reading *r, uint64_t max, uint64_t *out)
{
	char *word = next_word(r);
	bool ok = word && strlen(word) <= 15 && strspn(word, "0123456789") == strlen(word);

	if (ok)
		*out = strtoull(word, NULL, 10);
	free(word);
	return ok && *out <= max;
}

static bool next_name(struct reading *r, const char *const *names, int n, int *out)
{
	char *word = next_word(r);

	for (*out = 0; word && *out < n && strcmp(names[*out], word) != 0;)
		++*out;
	free(word);
	return word && *out < n;
}

static bool read_message(struct reading *r, struct entries_message *m)
{
	uint64_t role, len;

	if (!next_number(r, ROLE_ASSISTANT, &role) || !next_number(r, SIZE_MAX, &len))
		return false;
	*m = (struct entries_message){ (int)role, (size_t)len };
	return true;
}

static bool read_entry(struct reading *r, const struct entries_message *m, size_t n_messages,
		       struct entries *l)
{
	uint64_t message, from, len, tokens, exchange, again;
	int kind, state;
	struct prompt_entry e;
	bool fits;

	if (!next_name(r, kinds, ENTRY_KINDS, &kind) ||
	    !next_name(r, states, ENTRY_STATES, &state) || !next_number(r, SIZE_MAX, &message) ||
	    !next_number(r, SIZE_MAX, &from) || !next_number(r, SIZE_MAX, &len) ||
	    !next_number(r, SIZE_MAX, &tokens) || !next_number(r, UINT64_MAX, &exchange) ||
	    !next_number(r, 1, &again))
		return false;
	e = (struct prompt_entry){ .kind = (enum entry_kind)kind,
				   .state = (enum entry_state)state,
				   .exchange = exchange,
				   .message = (size_t)message,
				   .from = (size_t)from,
				   .len = (size_t)len,
				   .tokens = (size_t)tokens,
				   .again = again != 0 };
	fits = !entry_is_sent(&e) || kind == ENTRY_IMAGE || kind == ENTRY_TOOL ||
	       (message < n_messages && from <= m[message].len && len <= m[message].len - from);
	if (!fits)
		return false;
	e.name = mem_strndup(r->at, (size_t)(r->end - r->at));
	entries_add(l, &e);
	free(e.name);
	return true;
}

bool entries_read(const char *text, size_t len, struct entries *l,
		  struct entries_message **messages, size_t *n_messages)
{
	const char *end = text + len;
	struct entries_message *m = NULL;
	size_t n = 0, cap = 0;
	bool ok = true;

	memset(l, 0, sizeof(*l));
	while (ok && text < end) {
		const char *lf = memchr(text, '\n', (size_t)(end - text));
		struct reading r = { text + 2, lf };

		ok = lf && lf - text > 2 && text[1] == ' ';
		if (ok && text[0] == 'm' && n < MESSAGES_MAX) {
			MEM_ROOM(m, n, cap);
			ok = read_message(&r, &m[n++]);
		} else {
			ok = ok && text[0] == 'e' && l->n < ENTRIES_MAX && read_entry(&r, m, n, l);
		}
		text = lf ? lf + 1 : end;
	}
	*messages = m;
	*n_messages = n;
	if (ok && n)
		return true;
	entries_fini(l);
	free(m);
	*messages = NULL;
	*n_messages = 0;
	return false;
}
