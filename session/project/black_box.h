/* black_box.h - modules without a source: vendor cells, and parts nobody has
 * written.
 *
 * Each module that a tool cannot find is classified: misspelt, written in VHDL,
 * excluded from the project, from a known library, or unknown. Unless it is a
 * mistake, it becomes a black box, so that the rest of the design can be checked:
 * an empty module with the ports and parameters that its instances use.
 * black_boxes_hide() recognises the findings that tools report about those ports.
 *
 * Every port of a black box is a 1-bit input: no connection to it is an error,
 * and warnings about it are hidden anyway.
 */
#ifndef POSEDGE_BLACK_BOX_H
#define POSEDGE_BLACK_BOX_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/text/name_map.h"

struct design;
struct diag;
struct diag_list;
struct options;
struct project;

#define BLACK_BOX_FILE "posedge_black_boxes.v" /* the source with all of them */
#define BLACK_BOX_CODE "NOSOURCE"	       /* code of the finding for unknown modules */

enum box_kind {
	BOX_SET,     /* named by `set blackbox` */
	BOX_LIBRARY, /* from a vendor or a PDK */
	BOX_LEFT,    /* its source is excluded or too large */
	BOX_VHDL,
	BOX_UNKNOWN,
	/* These do not become black boxes: */
	BOX_MISSPELT,
	BOX_UNREADABLE, /* its file is not valid text */
};

struct black_box {
	char *module;
	enum box_kind kind;
	/* the library, the file that is not read and why, the name meant; for an
	 * unknown one, how to get it; "" */
	char *about;
	const char *pattern; /* of a library: the glob that matched; constant */
	size_t instances;
	/* Nothing instantiates it, but parts name signals in it, `glbl.GSR`: a further top. */
	bool global;
	char *path; /* of the first instance; "": none found */
	int line;
};

struct box_use { /* one instance */
	char *path, *name;
	size_t box;	 /* index in v */
	int first, last; /* first and last line */
};

struct box_name {
	char *name, *path; /* "pll.locked"; where it is used */
	int line;
	size_t box;
};

struct black_boxes {
	struct black_box *v;
	size_t n, cap;
	struct box_use *uses;
	size_t n_uses, cap_uses;
	struct strv signals;	/* "path\tname" of signals connected to one */
	struct strv types;	/* parameters reported as types by a tool */
	struct box_name *names; /* names inside boxes, which a tool looked for */
	size_t n_names, cap_names;
	struct name_map known; /* instances seen so far; keys owned by `keys` */
	struct strv keys;
};

void black_boxes_fini(struct black_boxes *b); /* zeroed is fine */

/* Adds the modules that the tool could not find, without duplicates. d: the design that was
 * read, which keeps their names, too; may be NULL. True if it lacks more than before. */
bool black_boxes_missing(struct black_boxes *b, const struct project *p, const struct options *o,
			 struct design *d, const struct diag_list *found);

/* Notes which parameters of black boxes are types; this is only known from a
 * tool's complaint about their values. False if there is nothing new. */
bool black_boxes_types(struct black_boxes *b, const struct diag_list *found);

/* Adds the modules of the design that match `set blackbox`, whatever the tool says. */
void black_boxes_set(struct black_boxes *b, const struct project *p, const struct options *o,
		     const struct design *d);

/* Notes the names inside black boxes that the design refers to, `pll.locked`. Verilator
 * reads nothing more of a design where one is missing. */
void black_boxes_names(struct black_boxes *b, const struct diag_list *found);

/* Adds the black boxes of all n designs to each design that instantiates one,
 * replacing earlier ones, and notes where the instances are. All get the same
 * source, so that they can be read together. False if none is needed. */
bool black_boxes_add(struct black_boxes *b, const struct project *p, struct design *const *d,
		     size_t n);

/* Adds a sentence for each library, mistake or excluded file, and a finding of
 * rank risk for each unknown module and for the names in each library. */
void black_boxes_say(const struct black_boxes *b, struct strv *notes, struct diag_list *found);

/* The same for a run, which cannot be built with black boxes. */
void black_boxes_say_run(const struct black_boxes *b, struct strv *notes);

/* True if the finding is about a black box or its connections. */
bool black_boxes_hide(const struct black_boxes *b, const struct diag *d);

#endif
