/* Earlier requests, read back from the journal and its stored texts, so that the next
 * request can continue from exactly the same bytes: a server's prompt cache only helps
 * if the beginning does not change. Also the entries that the user switched off
 * (`ASK_OFF`, a session setting).
 */
#include "config.h"

#include "session/ask/ask_sent.h"

#include <stdlib.h>
#include <string.h>

#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/text/words.h"

void ask_sent_fini(struct ask_sent *t)
{
	prompt_before_fini(&t->request);
	str_free(&t->text);
}

bool ask_sent(const struct session *s, const struct exchange *x, struct ask_sent *out)
{
	const struct blobs *b = session_blobs(s);

	memset(out, 0, sizeof(*out));
	if (!x->prompt[0] || x->sent.len == 0 || !b->get(b->ctx, x->prompt, &out->text, NULL) ||
	    !prompt_before_read(str_cstr(&out->text), out->text.len, str_cstr(&x->sent),
				x->sent.len, &out->request))
		return false;
	out->request.exchange = x->n;
	return true;
}

bool ask_sent_before(const struct session *s, struct ask_sent *out)
{
	const struct state *state = session_state(s);

	memset(out, 0, sizeof(*out));
	for (size_t i = state->n_chat; i-- > 0;)
		/* For a turn with tools the first request is recorded and continued:
		 * what the model said is sent again, its calls and their results are
		 * not. */
		if (state->chat[i]->answer.len && !state->chat[i]->beside) {
			if (!ask_sent(s, state->chat[i], out))
				return false;
			prompt_before_drop_tools(&out->request);
			return true;
		}
	return false;
}

/* Switches ------------------------------------------------------------------------------ */

const char *ask_switch_of(const struct prompt_entry *e)
{
	switch (e->kind) {
	case ENTRY_AGENTS:
	case ENTRY_SPEC:
	case ENTRY_FILE:
	case ENTRY_DESIGN:
	case ENTRY_BESIDE:
		return e->state == ENTRY_STALE || e->state == ENTRY_UNKNOWN ? NULL : e->name;
	case ENTRY_DIGEST:
	case ENTRY_ASKED:
	case ENTRY_ANSWERED:
		return ASK_OFF_TURNS;
	default:
		return NULL;
	}
}

void ask_off(const struct state *s, struct strv *out)
{
	const char *value = state_setting(s, ASK_OFF);

	if (value)
		words_split(value, strlen(value), out, NULL);
}

bool ask_switch(struct session *s, const char *name, bool on, struct err *err)
{
	struct strv names = STRV_INIT;
	struct event e = { .type = EVENT_SET };
	char *value;
	bool ok;

	ask_off(session_state(s), &names);
	for (size_t i = names.n; i-- > 0;)
		if (strcmp(names.v[i], name) == 0)
			strv_drop(&names, i);
	if (!on)
		strv_add(&names, name);
	value = options_join(names.v, names.n, err);
	e.set.name = ASK_OFF;
	e.set.value = value;
	ok = value && session_record(s, &e, NULL, err);
	free(value);
	strv_free(&names);
	return ok;
}
