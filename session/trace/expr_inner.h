/* expr_inner.h - the tree built by expr_parse and evaluated by expr_value. */
#ifndef POSEDGE_EXPR_INNER_H
#define POSEDGE_EXPR_INNER_H

#include "session/trace/expr.h"

enum expr_op {
	/* leaves */
	OP_NUMBER, /* number */
	OP_FILL,   /* '0 '1 'x 'z: as wide as the context */
	OP_REAL,
	OP_TEXT,
	OP_SIGNAL,
	/* selects of the signal a, by b and c */
	OP_BIT,
	OP_RANGE, /* [b:c], both constant */
	OP_UP,	  /* [b+:c] */
	OP_DOWN,  /* [b-:c] */
	/* one operand */
	OP_PLUS,
	OP_MINUS,
	OP_NOT,
	OP_LNOT,
	OP_RAND,
	OP_RNAND,
	OP_ROR,
	OP_RNOR,
	OP_RXOR,
	OP_RXNOR,
	/* two operands */
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD,
	OP_POW,
	OP_AND,
	OP_OR,
	OP_XOR,
	OP_XNOR,
	OP_SHL,
	OP_SHR,
	OP_SSHR,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_EQ,
	OP_NE,
	OP_SAME,
	OP_NSAME,
	OP_MATCH,
	OP_NMATCH,
	OP_LAND,
	OP_LOR,
	OP_IMPLIES,
	OP_INSIDE, /* a in the list b */
	/* three operands */
	OP_COND,
	/* lists: a is the head, b the rest or NULL */
	OP_LIST,
	OP_BETWEEN, /* [a:b] in the list of `inside` */
	OP_CONCAT,  /* a is a list */
	OP_REPEAT,  /* number times a */
	/* functions of a */
	OP_SIGNED,
	OP_UNSIGNED,
	OP_PAST, /* number cycles back */
	OP_ROSE,
	OP_FELL,
	OP_STABLE,
	OP_CHANGED,
	OP_COUNTONES,
	OP_ONEHOT,
	OP_ONEHOT0,
	OP_ISUNKNOWN,
	OP_CLOG2,
};

struct expr_node {
	enum expr_op op;
	struct expr_node *a, *b, *c;
	struct expr_node *made_before; /* allocation list */
	unsigned column;
	/* self-determined, before the context extends it */
	unsigned width;
	bool sign;
	enum expr_kind kind;
	/* OP_NUMBER, OP_FILL: text of 0 1 x z. OP_TEXT: the text. */
	char *text;
	size_t len;
	double real;
	uint64_t number; /* repetitions of OP_REPEAT, cycles of OP_PAST */
	/* OP_SIGNAL. number: width of OP_RANGE, OP_UP, OP_DOWN */
	size_t leaf;
	int msb, lsb;
};

struct expr {
	const struct trace *trace;
	struct expr_node *root;
	struct expr_node *nodes;
	size_t *leaves;
	size_t n_leaves, cap_leaves;
	unsigned past;
	struct bits_pool pool;
	const struct expr_source *from;
	unsigned back; /* cycles back, inside $past and the like */
};

/* Sets n's width, sign and kind from its operands; false: they do not fit. */
bool expr_shape(struct expr_node *n, struct err *err);

/* Number of cycles that n looks back. */
unsigned expr_reach(const struct expr_node *n);

/* The value of a constant expression; ERR_PARSE if it is not constant. */
bool expr_constant(struct expr *e, struct expr_node *n, int64_t *value, struct err *err);

#endif
