/* black_box.h - modules without a source: cells of a vendor, parts nobody wrote.
 *
 * A tool names the modules it cannot find. Each is judged: misspelt, written in
 * VHDL, left out of the project, of a known library, or unknown. What is no
 * mistake becomes a black box, so that the rest of the design is checked: a
 * module with the ports and parameters that its instances name and nothing
 * in it. What tools then say of those very ports is no finding; black_boxes_hide()
 * knows it.
 *
 * Every port of a black box is an input of one bit: that is an error for no
 * connection, and the warnings about it are hidden in any case.
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
#define BLACK_BOX_CODE "NOSOURCE"	       /* of the finding on unknown modules */

enum box_kind {
	BOX_SET,     /* `set blackbox` says so */
	BOX_LIBRARY, /* of a vendor or a PDK */
	BOX_LEFT,    /* its source is excluded or too large */
	BOX_UNKNOWN,
	/* No black boxes: */
	BOX_MISSPELT,
	BOX_VHDL,
	BOX_UNREADABLE, /* its file is no text that a tool reads */
};

struct black_box {
	char *module;
	enum box_kind kind;
	char *about; /* library, the file left out and why, the name meant, the VHDL file; of an
			 * unknown one how it may be had; "" */
	size_t instances;
	char *path; /* of the first instance; "" = none was found */
	int line;
};

struct box_use { /* one instance */
	char *path;
	int first, last; /* its lines */
};

struct black_boxes {
	struct black_box *v;
	size_t n, cap;
	struct box_use *uses;
	size_t n_uses, cap_uses;
	struct strv signals;   /* "path\tname" of what is connected to one */
	struct strv types;     /* parameters that are types, as a tool told */
	struct name_map known; /* instances met so far; keys are in keys */
	struct strv keys;
};

void black_boxes_fini(struct black_boxes *b); /* zeroed is fine */

/* Adds the modules that the tool could not find; the same once. */
void black_boxes_missing(struct black_boxes *b, const struct project *p, const struct options *o,
			 const struct diag_list *found);

/* Notes which parameters of black boxes are types, which only a tool can tell: it
 * complained of their values. False: nothing is new. */
bool black_boxes_types(struct black_boxes *b, const struct diag_list *found);

/* Adds the modules of the design that `set blackbox` names, whatever a tool says. */
void black_boxes_set(struct black_boxes *b, const struct project *p, const struct options *o,
		     const struct design *d);

/* Gives each of the designs that instantiates one the black boxes of all n, in
 * place of those that it was given before, and notes where the instances stand.
 * All get the same source, so that they can be read in one go. False: none is
 * needed. */
bool black_boxes_add(struct black_boxes *b, const struct project *p, struct design *const *d,
		     size_t n);

/* What there is to say: a sentence for each library, mistake or file left out,
 * and a finding of rank risk for what is unknown. */
void black_boxes_say(const struct black_boxes *b, struct strv *notes, struct diag_list *found);

/* The same for a run, which cannot be built with black boxes. */
void black_boxes_say_run(const struct black_boxes *b, struct strv *notes);

/* Whether a finding is about the connections of a black box, or of one itself. */
bool black_boxes_hide(const struct black_boxes *b, const struct diag *d);

#endif
