/* netlist_tree.h - a module of Verilator's XML as a tree, and its blocks.
 *
 * Between netlist.c, which reads XML, types and names, and netlist_blocks.c, which derives
 * what an always block makes of a variable.
 */
#ifndef POSEDGE_NETLIST_TREE_H
#define POSEDGE_NETLIST_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/text/name_map.h"

struct hw_module;

enum tag {
	TAG_OTHER,
	TAG_ALWAYS,
	TAG_AND,
	TAG_ARRAYSEL,
	TAG_ASSIGN,
	TAG_ASSIGNDLY,
	TAG_BEGIN,
	TAG_CASE,
	TAG_CASEITEM,
	TAG_CONCAT,
	TAG_COND,
	TAG_CONST,
	TAG_EQ,
	TAG_IF,
	TAG_INSTANCE,
	TAG_MODULE,
	TAG_NEQ,
	TAG_NOT,
	TAG_OR,
	TAG_SEL,
	TAG_SENITEM,
	TAG_SENTREE,
	TAG_STRUCTSEL,
	TAG_TIMING,
	TAG_VAR,
	TAG_VARREF,
	TAG_WHILE,
};

struct node {
	enum tag tag;
	uint32_t line, col; /* of its token; 0: not given */
	uint32_t type;	    /* dtype_id; 0: none */
	char *name;	    /* "" = none */
	/* SENITEM: edgeType, VAR: dir, INSTANCE: defName, MODULE: origName; else NULL */
	char *detail;
	bool parameter, counter; /* VAR: param="true"; an int or integer */
	size_t mark;		 /* scratch space; initially 0 */
	struct node *parent, *first, *last, *next;
};

/* The next node in document order below top; NULL: none. */
struct node *node_next(const struct node *n, const struct node *top);

/* Like node_next(), but descends only into top and begin blocks: the statements of a
 * block, the items of a module. */
struct node *node_next_item(const struct node *n, const struct node *top);

/* A variable of a module, with the generate blocks it is in. */
struct variable {
	char *path; /* "lane[0].count" */
	const struct node *var;
	bool reg, latch; /* already reported */
	size_t local;	 /* 1 + index in the current block; 0: not in it */
};

struct scope { /* the variables of one module */
	struct variable *v;
	size_t n, cap;
	struct name_map names; /* path -> index */
};

/* Remaining steps, so that no input takes forever. Below 0: exhausted, and the
 * result must not be used. */
struct budget {
	long left;
};

/* Adds what the always block makes of variables to m; bits holds the dtype_id for
 * now. prefix: "lane[0].", of the enclosing generate blocks. */
void netlist_block(struct node *always, const char *prefix, struct scope *s, struct hw_module *m,
		   struct budget *b);

#endif
