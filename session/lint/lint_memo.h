/* lint_memo.h - cache of lint findings for hypothetical texts.
 *
 * A text_memo of findings; keeps the last LINT_MEMO_SIZE results.
 */
#ifndef POSEDGE_LINT_MEMO_H
#define POSEDGE_LINT_MEMO_H

#include <stddef.h>

#include "session/project/text_memo.h"

struct diag_list;
struct workbench;

#define LINT_MEMO_SIZE 256

struct text_memo *lint_memo_new(void);

/* flow_lint_if() with a cache; NULL when the tool failed. Two tasks
 * that ask for the same texts start one tool. The result is borrowed until the
 * caller waits after its next call, so that two results can be compared, or until
 * the files' next generation; a call in progress at that time returns NULL. */
const struct diag_list *lint_memo_ask(struct text_memo *m, struct workbench *w,
				      const struct overlay *v, size_t n);

#endif
