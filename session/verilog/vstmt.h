/* vstmt.h - the statements of a Verilog text as a light tree.
 *
 * Contains what is known without elaboration: processes, functions and tasks with
 * their statements, each with the byte ranges of its parts. Accepts any bytes:
 * what makes no sense becomes VSTMT_OTHER and reading continues. Macros are not
 * expanded, all branches of an `ifdef are read one after the other, and the body
 * of a `define is read as separate statements.
 *
 * Nodes are in text order, a parent before its children, macro bodies last:
 *
 *     0 UNIT tb                       end 6
 *     1   INITIAL                     end 6
 *     2     BLOCK            BODY     end 6
 *     3       IF             LIST     end 6   head: q !== 3
 *     4         BLOCKING     THEN     end 5   lhs: bad   rhs: bad + 1
 *     5         SYSTEM       ELSE     end 6   name: $display
 *
 * Children of i: for (k = i + 1; k < v[i].end; k = v[k].end). Grammar: IEEE
 * 1800-2017 annex A.
 */
#ifndef POSEDGE_VSTMT_H
#define POSEDGE_VSTMT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/text/slice.h"
#include "session/verilog/verilog.h"

#define VSTMT_MAX_BYTES (16u << 20) /* longer texts are not read at all */
#define VSTMT_MAX_NODES 400000u	    /* reading stops there */
#define VSTMT_MAX_DEPTH 120	    /* statements below that are VSTMT_OTHER */

enum vstmt_kind {
	/* Items: */
	VSTMT_UNIT, /* module, interface, package, program, class; children: its items */
	VSTMT_INITIAL,
	VSTMT_FINAL,
	VSTMT_ALWAYS,	/* name: the always keyword; the @(...) after it is a PREFIX */
	VSTMT_FUNCTION, /* name; head: inside the "(...)" of the ports, may be empty */
	VSTMT_TASK,
	VSTMT_ASSIGN, /* continuous; lhs and rhs of the first assignment */
	/* assert, assume, cover property: name is the keyword, head in the brackets */
	VSTMT_PROPERTY,
	VSTMT_DEFINE, /* name of the macro; head: its "(...)"; children: its body */
	VSTMT_ITEM,   /* anything else: instances, typedefs, imports */

	/* Statements. Inside a unit but outside a process (generate is set), an
	 * IF, CASE, LOOP or BLOCK contains items. */
	VSTMT_BLOCK,  /* begin ... end */
	VSTMT_FORK,   /* fork ... join* */
	VSTMT_IF,     /* head: inside the brackets */
	VSTMT_CASE,   /* name: the case keyword; head: inside the brackets; children: CHOICEs */
	VSTMT_CHOICE, /* head: before the colon, or "default"; one child */
	/* name: for, while, repeat, forever, foreach, do; head: inside the brackets */
	VSTMT_LOOP,
	VSTMT_PREFIX,	/* head: "#5", "@(posedge clk)", "wait (x)"; the child is its statement */
	VSTMT_BLOCKING, /* lhs, rhs; also += and ++, with rhs the operand or empty */
	VSTMT_NONBLOCKING,
	VSTMT_FORCE,   /* assign, deassign, force, release inside a process */
	VSTMT_CALL,    /* name: hierarchical; head: inside the brackets */
	VSTMT_SYSTEM,  /* $display and so on; the same */
	VSTMT_MACRO,   /* `CHECK(a, b) as a statement or an item; the same */
	VSTMT_ASSERT,  /* immediate: name is the keyword, head in the brackets; THEN, ELSE */
	VSTMT_JUMP,    /* return, break, continue, disable; head: the rest */
	VSTMT_TRIGGER, /* -> event */
	/* Of variables, parameters, nets: lhs ends with the first name that has a
	 * value, rhs. */
	VSTMT_DECL,
	VSTMT_NULL, /* ; */
	VSTMT_OTHER,
};

/* Role of a node in its parent. */
enum vstmt_role { VROLE_LIST, VROLE_BODY, VROLE_THEN, VROLE_ELSE };

struct vspan { /* byte range; off == end: absent */
	size_t off, end;
};

struct vstmt {
	enum vstmt_kind kind;
	enum vstmt_role role;
	bool generate;	  /* among items, not inside a process */
	int parent;	  /* -1: none */
	int end;	  /* first node after its subtree */
	int line;	  /* 1-based, of its first byte */
	struct vspan all; /* with label and semicolon */
	struct vspan name, head, lhs, rhs;
};

/* A token other than blanks, comments, and directives that are not uses of a macro. */
struct vstmt_token {
	enum vtoken_kind kind;
	int line;
	size_t off, len;
};

struct vstmts {
	const char *text; /* borrowed from the caller of vstmts_init() */
	size_t len;
	struct vstmt *v;
	size_t n;
	struct vstmt_token *tokens; /* in text order, including macro bodies */
	size_t n_tokens;
	bool cut; /* a limit was hit; the rest was not read */
};

void vstmts_init(struct vstmts *s, const char *text, size_t len);
void vstmts_fini(struct vstmts *s);

/* Index of the first token at or after off; n_tokens if there is none. */
size_t vstmts_token(const struct vstmts *s, size_t off);

/* True if the text of the span or token is exactly that word. */
bool vspan_is(const struct vstmts *s, struct vspan span, const char *word);
bool vstmt_token_is(const struct vstmts *s, const struct vstmt_token *t, const char *word);

/* The same of token i; false past the last. */
bool vstmts_is(const struct vstmts *s, size_t i, const char *word);

/* True if token i begins a declaration of nets: a value in it is assigned all the time, that of a
 * variable only at first. */
bool vstmts_is_net(const struct vstmts *s, size_t i);

/* The bytes of the tokens from `from` up to end; empty if there are none. */
struct vspan vstmts_span(const struct vstmts *s, size_t from, size_t end);
/* Their text; borrowed. */
struct slice vstmts_slice(const struct vstmts *s, size_t from, size_t end);

/* 1 if token i opens a bracket of any kind, -1 if it closes one, else 0. */
int vstmts_bracket(const struct vstmts *s, size_t i);

/* The token that closes the bracket at token open, and the one after that; end if none
 * before it does. A token that opens no bracket closes itself. */
size_t vstmts_closing(const struct vstmts *s, size_t open, size_t end);
size_t vstmts_behind(const struct vstmts *s, size_t open, size_t end);

/* The innermost node of that kind around node i, including i; -1 if there is none. */
int vstmts_around(const struct vstmts *s, int i, enum vstmt_kind kind);

#endif
