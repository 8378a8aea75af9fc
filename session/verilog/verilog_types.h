/* verilog_types.h - the types that a text declares, and those it uses without declaring them.
 *
 * Internal header, for session/verilog/verilog*.c only. Fed one token at a time. A name is
 * taken for a type where another name follows it: "op_t op", and so the module of an
 * instance, too: whoever resolves the names knows which they are.
 */
#ifndef POSEDGE_VERILOG_TYPES_H
#define POSEDGE_VERILOG_TYPES_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/verilog/verilog_scan.h"

struct vtypes {
	struct strv declared, used; /* each name once; owners of the keys */
	struct name_map is_declared, is_used;
	bool in_typedef;
	size_t depth;	  /* of brackets in the typedef */
	struct vtok last; /* the last name outside of these */
};

void vtypes_token(struct vtypes *t, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next);
/* declared; and used without those. The caller frees both with strv_free(). */
void vtypes_take(struct vtypes *t, struct strv *declared, struct strv *lacked);
void vtypes_fini(struct vtypes *t);

#endif
