/* graph_reader.h - state and helpers shared by the readers of facts. For
 * session/graph only. */
#ifndef POSEDGE_GRAPH_READER_H
#define POSEDGE_GRAPH_READER_H

#include "session/graph/graph_facts.h"
#include "session/text/name_map.h"
#include "session/verilog/vstmt.h"

/* Comments of a text by line. */
struct graph_comment {
	int line, end_line;
	size_t off, len; /* in the raw text, without the comment marks */
	bool alone;	 /* no code before it on its line */
};

struct graph_comments {
	const char *raw;
	struct graph_comment *v;
	size_t n, cap;
};

struct graph_reader {
	struct graph_facts *f;
	const struct vstmts *s;
	struct graph_comments comments;
	size_t module;
	struct name_map names;	/* of the module, to its signals; keys point into the text of s */
	struct name_map locals; /* of the process or function being read */
	int block;		/* -1: none */
	size_t next_unit;	/* nodes before this one belong to modules already read */
};

/* Token tests. i may be any index; they return false past the last token. */
bool graph_is(const struct graph_reader *r, size_t i, const char *word);
bool graph_is_name(const struct graph_reader *r, size_t i);
/* The first "," or ";" at depth 0 from i on, or end. */
size_t graph_comma(const struct graph_reader *r, size_t i, size_t end);
void graph_range(const struct graph_reader *r, struct vspan span, size_t *from, size_t *end);
char *graph_word(const struct graph_reader *r, size_t i); /* copies the name; the caller frees */

/* graph_declare.c: signals. */
void graph_declare_header(struct graph_reader *r, const struct vmodule *m);
void graph_declare_node(struct graph_reader *r, int node);
void graph_declare_locals(struct graph_reader *r, int node);
bool graph_signal_at(struct graph_reader *r, size_t i, size_t *signal);
size_t graph_implicit(struct graph_reader *r, size_t i); /* an undeclared net */

/* graph_uses.c: blocks and what they do. */
/* kind NULL: the name of the node. Returns the block's index for r->block. */
int graph_add_block(struct graph_reader *r, const struct vstmt *v, const char *kind);
void graph_use(struct graph_reader *r, size_t signal, unsigned role, int line);
void graph_add_use(struct graph_facts *f, struct graph_use u); /* takes its strings */
void graph_read_process(struct graph_reader *r, int node);
void graph_read_assign(struct graph_reader *r, int node);
void graph_read_property(struct graph_reader *r, int node);

/* graph_wires.c: instances and their connections. True: the node was an instantiation. */
bool graph_read_instances(struct graph_reader *r, int node);

/* graph_comments.c */
void graph_comments_init(struct graph_comments *c, const char *raw, size_t len);
void graph_comments_fini(struct graph_comments *c);
/* The comment that belongs to a line: after it, or above it; above_only: only above,
 * on lines of its own. "" if there is none. The caller frees. */
char *graph_comment_of(const struct graph_comments *c, int line, bool above_only);
/* The comments that describe the module at that line: above it, up to the licence
 * text; whole_file: also the head of the file, which has only this module. The caller
 * frees. */
char *graph_comment_module(const struct graph_comments *c, int line, bool whole_file);

#endif
