/* ask_view.h - a request to look at: what the next one would be, or what the last one was.
 *
 * A list of entries with their texts, what each takes, and the room there is. Tokens are
 * estimates, corrected by what that backend's server counted before; of a request that was
 * answered the sum is the server's own.
 */
#ifndef POSEDGE_ASK_VIEW_H
#define POSEDGE_ASK_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/entries.h"

struct ask_request;
struct exchange;
struct session;
struct workbench;

struct ask_view {     /* a zeroed one is empty */
	bool sent;    /* it went out; else it would */
	bool goes_on; /* begins with all of the one before */
	char *backend, *model;
	struct entries entries; /* their tokens as the server would count them */
	struct strv texts;	/* of the messages */
	struct strv tools;	/* name, description and schema of each that is offered */
	size_t tokens;		/* of all of it */
	bool counted;		/* by the server */
	size_t cached;		/* of those, read from its cache; counted only */
	int64_t cost;		/* sent: what it cost; else what it costs at most; or not known */
	char currency[8];
	size_t budget;	/* tokens that a request may take */
	size_t context; /* that the model can read; 0: not known */
};

/* What r would send, in a task; nothing is recorded. False with err as flow_ask(). */
bool ask_view_next(struct workbench *w, const struct ask_request *r, struct ask_view *out,
		   struct err *err);

/* What was sent last. ERR_NOT_FOUND: nothing yet, or nothing that can still be read. */
bool ask_view_last(struct workbench *w, struct ask_view *out, struct err *err);

void ask_view_fini(struct ask_view *v);

/* Parts in a thousand of the context, or of the budget where that is not known. */
unsigned ask_view_share(const struct ask_view *v, size_t tokens);

/* All of the text of entry i; of one that is not sent, or not whole, a sentence why first. */
void ask_view_text(const struct ask_view *v, size_t i, struct str *out);

/* A line for it: "file rtl/fifo.sv 3120 B ~1290 5.3 %". mark: what stands in front. */
void ask_view_line(const struct ask_view *v, size_t i, struct str *out);

/* "next: ~5210 tokens of 24000 (21.7 %) for claude; 86 % of the bytes as before" */
void ask_view_head(const struct ask_view *v, struct str *out);

/* As one JSON object, with the texts. */
void ask_view_json(const struct ask_view *v, struct str *out);

#endif
