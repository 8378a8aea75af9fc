/* An excluded step is stored as a hash of its text. So it stays excluded while
 * its text is the same, and is included again when a run changes its value or
 * time: nobody has decided on that evidence yet.
 */
#include "config.h"

#include "session/check/evidence.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/count.h"
#include "session/base/hash.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/check/flow_why.h"
#include "session/model/prompt.h"
#include "session/option/remember.h"
#include "session/workbench/workbench.h"

#define KEPT "evidence" /* key of the hashes of excluded steps, each followed by a blank */
#define HEX  16		/* hex digits kept of each hash */

static void hash_step(const struct evidence_step *s, char hex[HASH_HEX + 1])
{
	hash_text(s->text, strlen(s->text), hex);
	hex[HEX] = '\0';
}

bool evidence_read(struct workbench *w, struct evidence *out, struct err *err)
{
	const struct why_question q = { .steps = FLOW_WHY_STEPS };
	char *left = remember_get(w->place.root, KEPT), hex[HASH_HEX + 1];
	struct why_answer a;
	bool ok = flow_why(w, &q, &a, err);

	*out = (struct evidence){ 0 };
	if (ok) {
		out->v = mem_calloc(a.chain.n + 1, sizeof(*out->v));
		out->cut = a.chain.cut;
	}
	for (; ok && out->n < a.chain.n; out->n++) {
		struct evidence_step *s = &out->v[out->n];
		struct str text = STR_INIT;

		why_print_step(&a.chain.steps[out->n], out->n + 1, &a.unit, &text);
		s->text = str_take(&text);
		hash_step(s, hex);
		s->left = left && strstr(left, hex);
	}
	why_answer_fini(&a);
	free(left);
	return ok;
}

void evidence_fini(struct evidence *e)
{
	for (size_t i = 0; i < e->n; i++)
		free(e->v[i].text);
	free(e->v);
	*e = (struct evidence){ 0 };
}

void evidence_switch(struct workbench *w, struct evidence *e, size_t i)
{
	struct str left = STR_INIT;
	char hex[HASH_HEX + 1];

	e->v[i].left = !e->v[i].left;
	for (size_t k = 0; k < e->n; k++)
		if (e->v[k].left) {
			hash_step(&e->v[k], hex);
			str_addf(&left, "%s ", hex);
		}
	remember_set(w->place.root, KEPT, str_cstr(&left));
	str_free(&left);
}

void evidence_print(const struct evidence *e, struct str *out)
{
	size_t from = out->len, left = 0;

	for (size_t i = 0; i < e->n; i++) {
		size_t len = strlen(e->v[i].text);

		left += e->v[i].left;
		if (e->v[i].left)
			continue;
		if (out->len - from + len > EVIDENCE_MAX) {
			str_addf(out, "and %zu more step%s\n", e->n - i, count_s(e->n - i));
			return;
		}
		str_add(out, e->v[i].text, len);
	}
	if (out->len > from && left)
		str_addf(out, "%zu step%s left out\n", left, left == 1 ? " is" : "s are");
	if (out->len > from && e->cut)
		str_adds(out, "it goes on: ask `why` of any signal above\n");
}

void evidence_tell(struct workbench *w, struct str *out)
{
	struct evidence e;
	struct err err;

	if (evidence_read(w, &e, &err))
		evidence_print(&e, out);
	evidence_fini(&e);
}

void evidence_list(const struct evidence *e, struct str *out)
{
	struct str sent = STR_INIT;

	for (size_t i = 0; i < e->n; i++) {
		const char *text = e->v[i].text + strspn(e->v[i].text, " 0123456789");

		str_addf(out, "[%c] %2zu  ~%-4zu  %.*s\n", e->v[i].left ? ' ' : 'x', i + 1,
			 prompt_estimate_mixed(e->v[i].text, strlen(e->v[i].text)),
			 (int)strcspn(text, "\n"), text);
	}
	evidence_print(e, &sent);
	str_addf(out, "`fix` and `@why` send ~%zu tokens of this\n",
		 prompt_estimate_mixed(str_cstr(&sent), sent.len));
	str_free(&sent);
}
