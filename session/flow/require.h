/* require.h - turns a person's answer into a numbered requirement of spec.md.
 *
 * Used by the flow `clarify` and by the card of a tool, a server or an agent whose
 * answer begins with "R:" (report.h). The result is an ordinary suggestion; spec.md
 * is read as the person sees it.
 */
#ifndef POSEDGE_REQUIRE_H
#define POSEDGE_REQUIRE_H

#include <stdbool.h>

#include "session/base/err.h"

struct workbench;

#define REQUIRE_MAX 2000u /* bytes of a question, and of an answer */

/* A sentence on one line; the caller frees it. form contains ANSWER as a placeholder;
 * NULL: the question followed by the answer. NULL with ERR_LIMIT: one of them is
 * longer than REQUIRE_MAX; half of a statement would not be a requirement. */
char *require_sentence(const char *question, const char *form, const char *answer, struct err *err);

/* In a task: suggests the answer as a requirement. Several in a row build on the
 * undecided earlier ones; decisions on those are kept. If spec.md was changed since,
 * they are renumbered after its current last number. from: who asked. Fails as
 * require_sentence() does, or if spec.md cannot be read or the suggestion not
 * recorded; then nothing is suggested. */
bool require_propose(struct workbench *w, const char *from, const char *question,
		     const char *answer, struct err *err);

/* The same, and reports the outcome as a note. For report.require. */
void require_tell(struct workbench *w, const char *from, const char *question, const char *answer);

#endif
