/* cookbook_card.h - the designs that are compiled in: cards, texts, parameters.
 *
 * A design is a folder: card.md, rtl.sv, tb.sv, and perhaps rtl.v, tb.v in
 * Verilog-2001. A card is a header ("key: value" lines) and Markdown sections.
 *
 *   title: Up counter with enable and synchronous reset
 *   module: counter
 *   names: up counter; binary counter        what people call it
 *   words: count, increment                  single words that point to it
 *   not: decoder                             words that point elsewhere
 *   has: enable, load                        properties of cookbook_differs.c that it has
 *   pattern: 1011                            the bits that it detects
 *   param: WIDTH 8 1..64 width, bit, bits    name, default, range, words beside its number
 *   rule: DEPTH pow2                         a power of two
 *   rule: CLKS_PER_BIT baud                  clock over baud rate; see cookbook_rule
 */
#ifndef POSEDGE_COOKBOOK_CARD_H
#define POSEDGE_COOKBOOK_CARD_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/str.h"
#include "session/verilog/lang.h"

struct cookbook_file {
	const char *path; /* "counter/card.md" */
	const char *text;
};

extern const struct cookbook_file cookbook_files[]; /* ends with a NULL path */

/* What a parameter can be computed from, when the request has it. */
enum cookbook_rule {
	COOKBOOK_PLAIN,
	COOKBOOK_BAUD,	 /* "baud": the clock over a baud rate */
	COOKBOOK_RATIO,	 /* "ratio": one frequency over another */
	COOKBOOK_TIME,	 /* "time": a duration in clock cycles */
	COOKBOOK_STATES, /* "states": "0 to 9" is 10 */
	COOKBOOK_CHOICE, /* "choice": the inputs of which one is taken */
	COOKBOOK_LINES,	 /* "lines": the bits that choose one of so many */
};

struct cookbook_param {
	char *name;
	long initial, least, most;
	bool pow2;
	enum cookbook_rule rule;
	struct strv words;
};

struct cookbook_value {
	long value; /* within the parameter's range */
	long asked; /* what the request says; differs when that was not possible */
	bool given; /* it came from the request, not from the card */
	bool usual; /* the usual time, of a clock that the request names */
};

struct cookbook_card {
	char *folder, *title, *module;
	struct strv names, words, unlike, has;
	char *pattern; /* NULL: it detects none */
	struct cookbook_param *params;
	size_t n_params;
	const char *body; /* the Markdown after the header; borrowed */
};

/* All that are compiled in, in the order of their folders. */
struct cookbook {
	struct cookbook_card *v;
	size_t n;
};

void cookbook_init(struct cookbook *c);
void cookbook_fini(struct cookbook *c);

/* "counter", "rtl" gives rtl.sv or, for a Verilog language, rtl.v; NULL: there
 * is none. */
const char *cookbook_text(const struct cookbook_card *c, const char *what, enum lang lang);
const char *cookbook_file(const char *path); /* NULL: none */

/* A section's text, without its heading; nothing if there is none. */
void cookbook_section(const struct cookbook_card *c, const char *heading, struct str *out);

/* The text with each parameter's number replaced: in lines such as
 * "parameter int WIDTH = 8" and "localparam WIDTH = 8;". */
void cookbook_instantiate(const struct cookbook_card *c, const struct cookbook_value *values,
			  const char *text, struct str *out);

/* The card of a tool's message, "WIDTH"; NULL: there is none. */
const char *cookbook_message(const char *code);

#endif
