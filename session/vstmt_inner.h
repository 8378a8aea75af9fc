/* vstmt_inner.h - what the two halves of vstmt.c share.
 *
 * Inner header: for session/vstmt*.c only.
 */
#ifndef POSEDGE_VSTMT_INNER_H
#define POSEDGE_VSTMT_INNER_H

#include "session/vstmt.h"

/* The words that shape a statement or an item; the rest are KW_NONE. */
enum vkw {
	KW_NONE, KW_ALWAYS, KW_ASSERT, KW_ASSIGN, KW_BEGIN, KW_CASE, KW_CLASS, KW_DEFAULT, KW_DO, KW_ELSE,
	KW_END, KW_ENDCASE, KW_ENDSUB, KW_ENDUNIT, KW_EXTERN, KW_FINAL, KW_FORCE, KW_FORK, KW_FUNCTION,
	KW_GENERATE, KW_IF, KW_INITIAL, KW_JOIN, KW_JUMP, KW_LOOP, KW_PROPERTY, KW_SKIP, KW_TYPE,
	KW_TYPEDEF, KW_UNIQUE, KW_UNIT, KW_VIRTUAL, KW_WAIT,
};

struct vlexed {
	struct vstmt_token t;
	enum vkw kw;
	char symbol;	/* a symbol of one character, else 0 */
};

struct vlexeds {
	struct vlexed *v;
	size_t n, cap;
};

struct vdefine {
	struct vspan name, head, all;
	int line;
	size_t first, end;	/* of bodies */
};

struct vlexing {
	struct vlexeds code, bodies;	/* bodies: of all `define, one after the other */
	struct vdefine *defines;
	size_t n_defines, cap_defines;
};

void vlexing_init(struct vlexing *l, const char *text, size_t len);
void vlexing_fini(struct vlexing *l);

#endif
