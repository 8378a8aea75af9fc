/* vrace_inner.h - modules as parts that read and write names; for
 * session/verilog/vrace*.c only. */
#ifndef POSEDGE_VRACE_INNER_H
#define POSEDGE_VRACE_INNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/text/name_map.h"
#include "session/verilog/vstmt.h"

#define VRACE_COLD SIZE_MAX
#define VRACE_MANY (SIZE_MAX - 1) /* several parts */

enum vrace_part_kind { VRACE_CLOCKED, VRACE_COMB, VRACE_INSTANCE };

enum vrace_use_kind { VRACE_READ, VRACE_WRITE, VRACE_BLOCKING };

struct vrace_use {
	size_t name;
	enum vrace_use_kind kind;
	int line;
	/* For an instance: the port it is connected to, by name or by position. */
	const struct vstmt_token *port; /* in the same text; NULL: by position */
	size_t place;
};

struct vrace_local {
	struct vspan in; /* the block that declares it; elsewhere the name means something else */
	size_t before;	 /* previous one of the same name; VRACE_COLD: none */
	size_t others;	 /* in the first one: number of others */
};

struct vrace_part {
	enum vrace_part_kind kind;
	int line;
	struct vrace_use *uses;
	size_t n, cap;
	struct vrace_local *locals; /* names declared by it and by what it calls */
	size_t n_locals, cap_locals;
	struct name_map local; /* to the first one of that name */
	bool star;	       /* INSTANCE: .* */
	size_t module;	       /* INSTANCE: index in the list; VRACE_COLD: unknown */
	struct vspan when;     /* CLOCKED: "@(posedge clk)" */
};

struct vrace_name {
	size_t hot; /* the part that made it hot; VRACE_COLD, VRACE_MANY */
	int line;   /* line of that assignment */
	bool port;
};

struct vrace_module {
	const char *path;
	const struct vstmts *s;
	int node;
	struct vrace_part *parts;
	size_t n, cap;
	struct name_map map; /* to index in names */
	struct vrace_name *names;
	size_t n_names, cap_names;
	size_t *ports; /* indices in names, in the order of the header */
	size_t n_ports, cap_ports;
	bool wanted;  /* the top or inside it */
	bool clocked; /* it or an instance in it has a clock edge */
	bool hot_out; /* one of its ports is hot */
};

struct vrace {
	struct vstmts **texts;
	size_t n_texts, cap_texts;
	struct vrace_module *modules;
	size_t n, cap;
	struct name_map map; /* to index in modules */
};

size_t vrace_name_of(struct vrace_module *m, const char *name, size_t len);
void vrace_read_module(struct vrace_module *m); /* path, s and node must be set */

#endif
