/* Digests cost tokens with each question, so each is an entry in the list of what is
 * sent and can be switched off there. A failed digest is listed too, with the reason;
 * it never delays a question.
 */
#include "config.h"

#include "session/ask/ask_digest.h"

#include <string.h>

#include "session/model/prompt.h"
#include "session/option/opt.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"

static const char *const which[ASK_DIGESTS] = { "flow", "netlist" };
static const char *const names[ASK_DIGESTS] = { "flow-digest", "netlist-digest" };
static const char *const heads[ASK_DIGESTS] = {
	"How control and data go in the design's modules, read from their text and not "
	"elaborated:\n",
	"What the modules become as yosys' generic gates, each with all below it:\n",
};

static bool is_set(const struct options *o, size_t i)
{
	const char *value = o->digest;

	return strcmp(value, "both") == 0 || strcmp(value, which[i]) == 0;
}

static bool make(struct workbench *w, const char *question, size_t i, struct ask_digest *d,
		 struct err *err)
{
	struct err why = { 0 };
	struct str text = STR_INIT;
	bool ok = w->ports->digest(w, which[i], question, &text, &why);

	if (ok && text.len) {
		str_adds(&d->text, heads[i]);
		str_add(&d->text, str_cstr(&text), text.len);
	} else if (!ok && why.code != ERR_CANCELLED) {
		str_adds(&d->why, why.text);
	}
	str_free(&text);
	return ok || err_pass_cancel(err, &why);
}

bool ask_digests(struct workbench *w, const char *question, const struct strv *off,
		 struct ask_digest v[ASK_DIGESTS], struct err *err)
{
	memset(v, 0, ASK_DIGESTS * sizeof(*v));
	for (size_t i = 0; w->ports->digest && i < ASK_DIGESTS; i++) {
		v[i].name = names[i];
		v[i].off = is_set(w->options, i) && strv_has(off, names[i]);
		if (is_set(w->options, i) && !v[i].off && !make(w, question, i, &v[i], err))
			return false;
	}
	return true;
}

void ask_digests_fini(struct ask_digest v[ASK_DIGESTS])
{
	for (size_t i = 0; i < ASK_DIGESTS; i++) {
		str_free(&v[i].text);
		str_free(&v[i].why);
	}
}

void ask_digests_note(const struct ask_digest v[ASK_DIGESTS], struct prompt *p)
{
	for (size_t i = 0; i < ASK_DIGESTS; i++) {
		struct prompt_entry e = { .kind = ENTRY_DESIGN, .state = ENTRY_OFF };
		struct str name = STR_INIT;

		if (!v[i].off && !v[i].why.len)
			continue;
		str_adds(&name, v[i].name);
		if (!v[i].off) {
			str_addf(&name, ": %s", str_cstr(&v[i].why));
			e.state = ENTRY_UNKNOWN;
		}
		e.name = (char *)str_cstr(&name);
		prompt_note_entry(p, &e);
		str_free(&name);
	}
}
