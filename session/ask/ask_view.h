/* ask_view.h - a request to look at: what the next one would be, or what the last one
 * was.
 *
 * A list of entries with their texts and sizes, and the space available. Tokens are
 * estimates, corrected by earlier counts of that backend's server; for a request with
 * an answer the total is the server's.
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
struct workbench;

struct ask_view {     /* zeroed: empty */
	bool sent;    /* was sent; else would be sent */
	bool goes_on; /* begins with the whole previous request */
	char *backend, *model;
	struct entries entries; /* tokens as the server would count them */
	struct strv texts;	/* of the messages */
	struct strv tools;	/* name, description and schema of each tool */
	size_t tokens;		/* total */
	bool counted;		/* tokens is the server's count */
	size_t cached;		/* of these read from its cache; only if counted */
	int64_t cost;		/* sent: its cost; else the maximum; or not known */
	char currency[8];
	size_t budget;	/* token limit of a request */
	size_t context; /* the model's context size; 0: not known */
};

/* What r would send; call in a task. Records nothing. False with err as flow_ask(). */
bool ask_view_next(struct workbench *w, const struct ask_request *r, struct ask_view *out,
		   struct err *err);

/* The last request. ERR_NOT_FOUND: none yet, or its text is gone. */
bool ask_view_last(struct workbench *w, struct ask_view *out, struct err *err);

void ask_view_fini(struct ask_view *v);

/* Share of the context in thousandths, or of the budget if the context is not known. */
unsigned ask_view_share(const struct ask_view *v, size_t tokens);

/* The full text of entry i; if it is not sent, or not whole, a sentence says why
 * first. */
void ask_view_text(const struct ask_view *v, size_t i, struct str *out);

/* One line: "file 3120 B ~1290 5.3 %" and "rtl/fifo.sv"; both may go to the same text. */
void ask_view_line(const struct ask_view *v, size_t i, struct str *figures, struct str *name);

/* "next: ~5210 tokens of 24000 (21.7 %) for claude; 86 % of the bytes as before" */
void ask_view_head(const struct ask_view *v, struct str *out);

/* As a JSON object, with the texts. */
void ask_view_json(const struct ask_view *v, struct str *out);

#endif
