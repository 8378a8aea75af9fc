/* vstmt.h - the statements of a Verilog text, as a light tree.
 *
 * What can be known without elaborating: processes, functions and tasks with
 * the statements in them, each with the byte ranges of its parts. Total on any
 * bytes: what makes no sense becomes VSTMT_OTHER and reading goes on. Macros
 * are not expanded and of `ifdef branches all are read, one after the other;
 * the body of a `define is read as statements of its own.
 *
 * The nodes stand in the order of the text, a parent before its children, the
 * bodies of macros last:
 *
 *	0 UNIT tb			end 6
 *	1   INITIAL			end 6
 *	2     BLOCK	BODY		end 6
 *	3       IF	LIST		end 6	head: q !== 3
 *	4         BLOCKING THEN		end 5	lhs: bad   rhs: bad + 1
 *	5         SYSTEM   ELSE		end 6	name: $display
 *
 * Children of i: for (k = i + 1; k < v[i].end; k = v[k].end). Grammar: IEEE
 * 1800-2017 annex A.
 */
#ifndef POSEDGE_VSTMT_H
#define POSEDGE_VSTMT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/verilog/verilog.h"

#define VSTMT_MAX_BYTES (16u << 20) /* a longer text is not read at all */
#define VSTMT_MAX_NODES 400000u	    /* reading stops there */
#define VSTMT_MAX_DEPTH 120	    /* statements deeper than that are VSTMT_OTHER */

enum vstmt_kind {
	/* Items. */
	VSTMT_UNIT, /* module, interface, package, program, class; children: its items */
	VSTMT_INITIAL,
	VSTMT_FINAL,
	VSTMT_ALWAYS,	/* name: which always; the @(...) after it is a PREFIX */
	VSTMT_FUNCTION, /* name; head: "(...)" of the ports, may be empty */
	VSTMT_TASK,
	VSTMT_ASSIGN,	/* continuous; lhs and rhs of its first assignment */
	VSTMT_PROPERTY, /* assert, assume, cover property: name is the word, head in the brackets */
	VSTMT_DEFINE,	/* name of the macro, head: "(...)" after it; children: its body */
	VSTMT_ITEM,	/* any other: instances, typedefs, imports */

	/* Statements; inside a unit but outside a process (generate is set) an
	 * IF, CASE, LOOP or BLOCK holds items. */
	VSTMT_BLOCK,	/* begin ... end */
	VSTMT_FORK,	/* fork ... join* */
	VSTMT_IF,	/* head: in the brackets */
	VSTMT_CASE,	/* name: which case; head: in the brackets; children: CHOICEs */
	VSTMT_CHOICE,	/* head: before the colon ("default" too); one child */
	VSTMT_LOOP,	/* name: for, while, repeat, forever, foreach, do; head: in the brackets */
	VSTMT_PREFIX,	/* head: "#5", "@(posedge clk)", "wait (x)"; its statement is the child */
	VSTMT_BLOCKING, /* lhs, rhs; += and ++ too, rhs is then what is added, or empty */
	VSTMT_NONBLOCKING,
	VSTMT_FORCE,   /* assign, deassign, force, release inside a process */
	VSTMT_CALL,    /* name: dotted; head: between the brackets */
	VSTMT_SYSTEM,  /* $display and so on, the same */
	VSTMT_MACRO,   /* `CHECK(a, b) as a statement or an item, the same */
	VSTMT_ASSERT,  /* immediate: name is the word, head in the brackets; THEN, ELSE */
	VSTMT_JUMP,    /* return, break, continue, disable; head: the rest */
	VSTMT_TRIGGER, /* -> event */
	/* of variables, parameters, nets: lhs ends in the first name that has a value, rhs */
	VSTMT_DECL,
	VSTMT_NULL, /* ; */
	VSTMT_OTHER,
};

/* What a node is to its parent. */
enum vstmt_role { VROLE_LIST, VROLE_BODY, VROLE_THEN, VROLE_ELSE };

struct vspan { /* bytes; off == end: not there */
	size_t off, end;
};

struct vstmt {
	enum vstmt_kind kind;
	enum vstmt_role role;
	bool generate;	  /* among items, not inside a process */
	int parent;	  /* -1: none */
	int end;	  /* the first node after its subtree */
	int line;	  /* 1-based, of its first byte */
	struct vspan all; /* with label and semicolon */
	struct vspan name, head, lhs, rhs;
};

/* A token that is neither blank nor comment nor a directive other than the
 * use of a macro. */
struct vstmt_token {
	enum vtoken_kind kind;
	int line;
	size_t off, len;
};

struct vstmts {
	const char *text; /* borrowed from vstmts_init() */
	size_t len;
	struct vstmt *v;
	size_t n;
	struct vstmt_token *tokens; /* in the order of the text; bodies of macros too */
	size_t n_tokens;
	bool cut; /* a limit was met: what follows was not read */
};

void vstmts_init(struct vstmts *s, const char *text, size_t len);
void vstmts_fini(struct vstmts *s);

/* The index of the first token at or after off; n_tokens if there is none. */
size_t vstmts_token(const struct vstmts *s, size_t off);

/* Whether the span or the token reads exactly so. */
bool vspan_is(const struct vstmts *s, struct vspan span, const char *word);
bool vstmt_token_is(const struct vstmts *s, const struct vstmt_token *t, const char *word);

/* The innermost node of that kind around node i, i included; -1: none. */
int vstmts_around(const struct vstmts *s, int i, enum vstmt_kind kind);

#endif
