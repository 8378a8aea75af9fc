/* vstmt_inner.h - shared by the parts of vstmt.h: vstmt_lex.c makes the tokens,
 * vstmt_take.c consumes them and makes nodes, vstmt_form.c reads statements,
 * vstmt_item.c items, and vstmt.c dispatches.
 *
 * Internal header, for session/verilog/vstmt*.c only.
 */
#ifndef POSEDGE_VSTMT_INNER_H
#define POSEDGE_VSTMT_INNER_H

#include "session/verilog/vstmt.h"

/* Words that determine the form of a statement or item; all others are KW_NONE. */
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
	char symbol; /* a one-character symbol, else 0 */
};

struct vlexeds {
	struct vlexed *v;
	size_t n, cap;
};

struct vdefine {
	struct vspan name, head, all;
	int line;
	size_t first, end; /* range in bodies */
};

struct vlexing {
	struct vlexeds code, bodies; /* bodies: of all `define, concatenated */
	struct vdefine *defines;
	size_t n_defines, cap_defines;
};

void vlexing_init(struct vlexing *l, const char *text, size_t len);
void vlexing_fini(struct vlexing *l);

struct vparser {
	struct vstmts *s;
	/* Reads any statement or item; set by vstmt.c, since forms contain others. */
	void (*one)(struct vparser *p, enum vstmt_role role);
	const struct vlexed *v;
	size_t at, n;
	size_t cap; /* capacity of s->v */
	int open;   /* node whose children are being read; -1: none */
	int depth;
	unsigned absent;      /* bit set of end keywords known to be missing in the text */
	bool procedural;      /* inside a process: if and for contain statements */
	struct vstmt scratch; /* returned for nodes beyond the limit */
};

/* vstmt_take.c: look-ahead, consumed text, and nodes. A bracket is consumed with
 * its partner; nothing is consumed past a word that cannot be in an expression. */
const struct vlexed *vparse_peek(const struct vparser *p, size_t ahead);
bool vparse_ended(const struct vparser *p);
enum vkw vparse_kw(const struct vparser *p);
bool vparse_symbol(const struct vparser *p, char c);
bool vparse_is_text(const struct vparser *p, size_t ahead, const char *word);
size_t vparse_here(const struct vparser *p);
size_t vparse_prev_end(const struct vparser *p);
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

/* Reads one statement or item below the open node; a list of them up to the
 * keyword that ends it. */
void vparse_body(struct vparser *p, enum vstmt_role role);
void vparse_list_until(struct vparser *p, enum vkw end);

/* vstmt_form.c: called at the first token of the form, with node n open. */
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
