/* A question from start to end; the steps are in asking.c. The exchange is recorded
 * before the backend is called, so that a crash leaves the question in the journal, and
 * it is ended in any case. Suggestions of an incomplete answer are kept and marked:
 * they can be read and reviewed, but `--apply` skips them.
 */
#include "config.h"

#include "session/ask/flow_ask.h"

#include <string.h>

#include "session/ask/ask_context.h"
#include "session/ask/ask_offer.h"
#include "session/ask/asking.h"
#include "session/model/backend.h"
#include "session/workbench/backend_lease.h"
#include "session/workbench/backend_list.h"

void ask_result_fini(struct ask_result *r)
{
	place_result_fini(&r->placed);
	str_free(&r->lacking);
	memset(r, 0, sizeof(*r));
}

struct prompt *flow_ask_prepare(struct workbench *w, const struct ask_request *r,
				struct backend_entry **e, struct strv *unseen, struct err *err)
{
	struct prompt *made;

	*e = asking_prepare(w, r, err);
	made = *e ? ask_context(w, r, *e, unseen, err) : NULL;
	if (made)
		ask_offer_note(r->offer, made);
	return made;
}

bool flow_ask(struct workbench *w, const struct ask_request *r, struct ask_result *out,
	      struct err *err)
{
	struct asking a;
	struct err why = { 0 };
	bool ok = asking_begin(&a, w, r, out, err) && asking_record(&a, a.prompt, err);

	if (ok) {
		struct backend *b = a.lease->backend;
		bool whole = b->ops->ask(b, a.prompt, ask_stream_piece, &a.st, &why);

		if (whole)
			why = (struct err){ 0 };
		whole = asking_end(&a, &why, err);
		/* Suggestions of an incomplete answer are kept too: marked, never
		 * applied. */
		ok = (r->beside || r->critique || asking_place(&a, 0, whole ? err : NULL)) && whole;
	}
	asking_fini(&a);
	return ok;
}
