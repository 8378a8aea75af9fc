/* lint_memo.h - what the tool said of texts that could be, remembered by content.
 *
 * A review lints the same texts again and again: the base, the base with one
 * place taken, what was there before a decision was taken back. The memory
 * holds the last LINT_MEMO_SIZE answers; it knows the texts that are laid over
 * and not the files below them, so whoever sees one of those change clears it.
 */
#ifndef POSEDGE_LINT_MEMO_H
#define POSEDGE_LINT_MEMO_H

#include <stddef.h>

#include "session/base/err.h"
#include "session/flow_lint.h"

struct diag_list;
struct workbench;

#define LINT_MEMO_SIZE 256

struct lint_memo;

struct lint_memo *lint_memo_new(void);
void lint_memo_free(struct lint_memo *m);	/* NULL is fine */
void lint_memo_clear(struct lint_memo *m);

/* flow_lint_if(), unless it is known; NULL with err when the tool could not say.
 * Borrowed: until the next call but one, so that two can be compared, or
 * lint_memo_clear(), after which a call that was under way gives NULL. */
const struct diag_list *lint_memo_ask(struct lint_memo *m, struct workbench *w, const struct text_if *v, size_t n,
				      struct err *err);

#endif
