/* require.h - what a person answered, as a numbered requirement of spec.md.
 *
 * The one place for it: the flow `clarify`, and the card of a tool, a server or an
 * agent whose answer begins with "R:" (report.h). It is a suggestion as any other,
 * and spec.md is read as the person sees it.
 */
#ifndef POSEDGE_REQUIRE_H
#define POSEDGE_REQUIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct workbench;

#define REQUIRE_MAX 2000u /* bytes of a question, and of an answer */

/* A sentence on one line, to be freed. form: ANSWER stands in it; NULL: the question,
 * and the answer after it. NULL with ERR_LIMIT: one of them is longer, and half of what
 * somebody said is no requirement. */
char *require_sentence(const char *question, const char *form, const char *answer, struct err *err);

/* In a task: proposes the answer. One after the other goes on from what waits of the
 * earlier ones; decisions on those stay. Where spec.md was changed since, they are
 * numbered anew after what stands there now. from: who asked. Fails as
 * require_sentence(), reading spec.md and recording do; nothing is proposed then. */
bool require_propose(struct workbench *w, const char *from, const char *question,
		     const char *answer, struct err *err);

/* The same, with a note of what became of it: for report.require. */
void require_tell(struct workbench *w, const char *from, const char *question, const char *answer);

#endif
