/* vstmt_inner.h - what the parts of vstmt.h share: vstmt_lex.c makes the tokens,
 * vstmt_take.c takes them and makes nodes, vstmt_form.c reads statements,
 * vstmt_item.c items, and vstmt.c decides which of them comes.
 *
 * Inner header: for session/vstmt*.c only.
 */
#ifndef POSEDGE_VSTMT_INNER_H
#define POSEDGE_VSTMT_INNER_H

#include "session/verilog/vstmt.h"

/* The words that shape a statement or an item; the rest are KW_NONE. */
enum vkw {
	KW_NONE,
	KW_ALWAYS,
	KW_ASSERT,
	KW_ASSIGN,
	KW_BEGIN,
	KW_CASE,
	KW_CLASS,
	KW_DEFAULT,
	KW_DO,
	KW_ELSE,
	KW_END,
	KW_ENDCASE,
	KW_ENDSUB,
	KW_ENDUNIT,
	KW_EXTERN,
	KW_FINAL,
	KW_FORCE,
	KW_FORK,
	KW_FUNCTION,
	KW_GENERATE,
	KW_IF,
	KW_INITIAL,
	KW_JOIN,
	KW_JUMP,
	KW_LOOP,
	KW_PROPERTY,
	KW_SKIP,
	KW_TYPE,
	KW_TYPEDEF,
	KW_UNIQUE,
	KW_UNIT,
	KW_VIRTUAL,
	KW_WAIT,
};

struct vlexed {
	struct vstmt_token t;
	enum vkw kw;
	char symbol; /* a symbol of one character, else 0 */
};

struct vlexeds {
	struct vlexed *v;
	size_t n, cap;
};

struct vdefine {
	struct vspan name, head, all;
	int line;
	size_t first, end; /* of bodies */
};

struct vlexing {
	struct vlexeds code, bodies; /* bodies: of all `define, one after the other */
	struct vdefine *defines;
	size_t n_defines, cap_defines;
};

void vlexing_init(struct vlexing *l, const char *text, size_t len);
void vlexing_fini(struct vlexing *l);

struct vparser {
	struct vstmts *s;
	/* Any one statement or item; vstmt.c hands it in, as forms hold others. */
	void (*one)(struct vparser *p, enum vstmt_role role);
	const struct vlexed *v;
	size_t at, n;
	size_t cap; /* of s->v */
	int open;   /* node whose children are being read; -1 */
	int depth;
	unsigned absent;      /* words that end units and are known not to be there */
	bool procedural;      /* inside a process: if and for hold statements */
	struct vstmt scratch; /* stands in for a node that the limit refused */
};

/* vstmt_take.c: the tokens ahead, what was taken, and nodes. A bracket is taken
 * with its partner; nothing is taken after a word that no expression holds. */
const struct vlexed *vparse_peek(const struct vparser *p, size_t ahead);
bool vparse_ended(const struct vparser *p);
enum vkw vparse_kw(const struct vparser *p);
bool vparse_symbol(const struct vparser *p, char c);
bool vparse_is_text(const struct vparser *p, size_t ahead, const char *word);
size_t vparse_here(const struct vparser *p);
size_t vparse_behind(const struct vparser *p);
void vparse_take(struct vparser *p, size_t n);
struct vspan vparse_span_since(const struct vparser *p, size_t off);
int vparse_open_node(struct vparser *p, enum vstmt_kind kind, enum vstmt_role role);
struct vstmt *vparse_node(struct vparser *p, int i);
void vparse_close_node(struct vparser *p, int i);
struct vspan vparse_span_of(const struct vparser *p, size_t ahead);
bool vparse_opens(char c);
bool vparse_closes(char c);
bool vparse_stops(const struct vparser *p);
void vparse_brackets(struct vparser *p, bool semicolons);
struct vspan vparse_in_brackets(struct vparser *p, bool semicolons);
void vparse_to_semicolon(struct vparser *p);
void vparse_skip_attributes(struct vparser *p);
void vparse_skip_end_label(struct vparser *p);
bool vparse_is_word(const struct vlexed *t);

/* One statement or item below the node that is open; a list of them to the word
 * that ends it. */
void vparse_body(struct vparser *p, enum vstmt_role role);
void vparse_list_until(struct vparser *p, enum vkw end);

/* vstmt_form.c: at the first token of the form, whose node n is open. */
void vparse_block(struct vparser *p, int n, enum vkw end);
void vparse_if(struct vparser *p, int first);
void vparse_case(struct vparser *p, int n);
void vparse_loop(struct vparser *p, int n);
void vparse_do(struct vparser *p, int n);
void vparse_prefix(struct vparser *p, int n);
void vparse_assert(struct vparser *p, int n);
void vparse_split_assignment(struct vparser *p, int n, size_t from);
void vparse_expression(struct vparser *p, int n);
void vparse_system(struct vparser *p, int n);
void vparse_decl(struct vparser *p, int n);

/* vstmt_item.c: the same. */
void vparse_process(struct vparser *p, int n);
void vparse_sub(struct vparser *p, int n);
void vparse_unit(struct vparser *p, int n);
void vparse_item(struct vparser *p);
void vparse_assign(struct vparser *p, int n);
void vparse_jump(struct vparser *p, int n);

#endif
