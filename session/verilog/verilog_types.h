/* verilog_types.h - the names that a text declares for files behind it, and those it uses
 * without declaring them.
 *
 * Internal header, for session/verilog/verilog*.c only. Fed one token at a time. Declared are
 * types, the values of enumerations, parameters, functions and tasks, at any place. A name is
 * used as a type where another name follows it: "op_t op", and so the module of an instance,
 * too: whoever resolves the names knows which they are. It is used as a function before a
 * bracket, and as a value if it has no small letters, as constants are written.
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
	enum vword in;	  /* the keyword of the open declaration; VWORD_NONE */
	size_t depth;	  /* of brackets in it */
	struct vtok last; /* the last name outside of these */
};

void vtypes_token(struct vtypes *t, const struct vtok *prev, const struct vtok *cur,
		  const struct vtok *next);
/* declared; and used without those. The caller frees both with strv_free(). */
void vtypes_take(struct vtypes *t, struct strv *declared, struct strv *lacked);
void vtypes_fini(struct vtypes *t);

#endif
