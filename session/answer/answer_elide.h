/* answer_elide.h - a block that says "the rest stays" instead of giving it.
 *
 * It is recognised by what it would do: a comment or a line of dots stands where
 * the file has lines, and these are lost; or the block no longer drives or declares
 * what it did. Words alone decide nothing, since there are too many for it. Part
 * of answer_place(); pure.
 */
#ifndef POSEDGE_ANSWER_ELIDE_H
#define POSEDGE_ANSWER_ELIDE_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/text/slice.h"

struct vmodule;
struct voutline;

/* ERR_CONFLICT when code, put in the place of base, leaves lines of it out.
 * The outlines are theirs; base may be empty. */
bool answer_elides_nothing(const char *path, struct slice base, const struct voutline *base_outline,
			   struct slice code, const struct voutline *code_outline, struct err *err);

/* Whether code, a block for module m, still has the names of base that it uses: what it
 * uses it declares or drives. ERR_CONFLICT names the first that it lost. */
bool answer_same_names(const char *path, struct slice base, struct slice code,
		       const struct vmodule *m, struct err *err);

#endif
