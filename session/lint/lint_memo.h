/* lint_memo.h - what the linter says of texts that could be: asked once.
 *
 * A text_memo of findings; the last LINT_MEMO_SIZE answers are kept.
 */
#ifndef POSEDGE_LINT_MEMO_H
#define POSEDGE_LINT_MEMO_H

#include <stddef.h>

#include "session/base/err.h"
#include "session/lint/flow_lint.h"
#include "session/project/text_memo.h"

struct diag_list;
struct workbench;

#define LINT_MEMO_SIZE 256

struct text_memo *lint_memo_new(void);

/* flow_lint_if(), unless it is known; NULL with err when the tool could not say.
 * Two tasks that ask the same start one tool. Borrowed: until the caller waits
 * after its next call, so that two can be compared, or text_memo_clear(), after
 * which a call that was under way gives NULL. */
const struct diag_list *lint_memo_ask(struct text_memo *m, struct workbench *w,
				      const struct overlay *v, size_t n, struct err *err);

#endif
