/* flow_apply.h - taking a suggestion into its file: one task.
 *
 * In this release only as a whole: every open unit is taken. The file must
 * hold what the suggestion was made for, byte for byte.
 */
#ifndef POSEDGE_FLOW_APPLY_H
#define POSEDGE_FLOW_APPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/err.h"

struct session;

/* how: who decided, as recorded ("--apply"). ERR_CONFLICT: the file changed
 * since, or the answer was cut off. */
bool flow_apply(struct session *s, uint64_t suggestion, const char *how, struct err *err);

/* Whether it could be applied now; changes nothing. */
bool flow_apply_check(struct session *s, uint64_t suggestion, struct err *err);

#endif
