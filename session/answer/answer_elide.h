/* answer_elide.h - detects a block that leaves out code and says "the rest stays".
 *
 * It is recognised by its effect: where the file has lines, the block has a comment
 * or a line of dots, and the lines would be lost; or the block no longer drives or
 * declares names that it uses. Wording alone decides nothing, because there are too
 * many ways to say it. Part of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_ELIDE_H
#define POSEDGE_ANSWER_ELIDE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/text/slice.h"

struct vmodule;
struct voutline;

/* ERR_CONFLICT when replacing base by code would drop elided lines. The outlines
 * are those of base and code; base may be empty. */
bool answer_elides_nothing(const char *path, struct slice base, const struct voutline *base_outline,
			   struct slice code, const struct voutline *code_outline, struct err *err);

/* Checks that code, a block for module m, still declares or drives every name of
 * base that it uses. ERR_CONFLICT names the first that it does not. */
bool answer_same_names(const char *path, struct slice base, struct slice code,
		       const struct vmodule *m, struct err *err);

#endif
