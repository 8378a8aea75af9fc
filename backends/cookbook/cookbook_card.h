/* cookbook_card.h - the compiled-in designs: cards, texts, parameters.
 *
 * Map of backends/cookbook: a library of checked designs; no network. Beside the code,
 * one folder for each design, and messages/ with the cards that explain a finding.
 *
 *   cookbook          the backend: a request to an answer
 *   cookbook_card     a design
 *   cookbook_search   finds the one that a request asks for
 *   cookbook_differs  how it differs from the request
 *   cookbook_words    a request as words; stop words, other languages, and designs
 *   cookbook_filler cookbook_tongues cookbook_asks
 *                     described by what they do
 *   cookbook_name cookbook_numbers
 *                     the module name and the numbers in a request
 *   cookbook_bench    a testbench for a module of the project
 *   cookbook_question a question about a design, which it cannot answer
 *   cookbook_syntax   which card explains a syntax error
 *   cookbook_data     all folders, as the build embeds them
 *
 * A design is a folder: card.md, rtl.sv, tb.sv, and optionally rtl.v, tb.v in
 * Verilog-2001. A card is a header ("key: value" lines) and Markdown sections.
 *
 *   title: Up counter with enable and synchronous reset
 *   module: counter
 *   names: up counter; binary counter        what people call it
 *   words: count, increment                  single words that point to it
 *   not: decoder                             words that point elsewhere
 *   has: enable, load                        its properties, from cookbook_differs.c
 *   pattern: 1011                            the bits that it detects
 *   param: WIDTH 8 1..64 width, bit, bits    name, default, range, words next to its number
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

/* How to compute a parameter from the request. */
enum cookbook_rule {
	COOKBOOK_PLAIN,
	COOKBOOK_BAUD,	 /* "baud": clock frequency over baud rate */
	COOKBOOK_RATIO,	 /* "ratio": one frequency over another */
	COOKBOOK_TIME,	 /* "time": a duration in clock cycles */
	COOKBOOK_STATES, /* "states": "0 to 9" is 10 */
	COOKBOOK_CHOICE, /* "choice": number of inputs to select from */
	COOKBOOK_LINES,	 /* "lines": bits that select one of that many lines */
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
	long asked; /* value in the request; differs from value if that is out of range */
	bool given; /* from the request, not from the card */
	bool usual; /* the usual time, applied to a clock given in the request */
};

struct cookbook_card {
	char *folder, *title, *module;
	struct strv names, words, unlike, has;
	char *pattern; /* NULL: it detects no pattern */
	struct cookbook_param *params;
	size_t n_params;
	const char *body; /* the Markdown after the header; borrowed */
};

/* All compiled-in cards, ordered by folder. */
struct cookbook {
	struct cookbook_card *v;
	size_t n;
};

void cookbook_init(struct cookbook *c);
void cookbook_fini(struct cookbook *c);

/* "counter", "rtl" gives rtl.sv or, for a Verilog language, rtl.v; NULL: none. */
const char *cookbook_text(const struct cookbook_card *c, const char *what, enum lang lang);

/* Appends a section's text without its heading; nothing if there is no such section. */
void cookbook_section(const struct cookbook_card *c, const char *heading, struct str *out);

/* Appends text with each parameter's number replaced, in lines such as "parameter int
 * WIDTH = 8" and "localparam WIDTH = 8;". */
void cookbook_instantiate(const struct cookbook_card *c, const struct cookbook_value *values,
			  const char *text, struct str *out);

/* The card for a tool's message code, such as "WIDTH"; NULL: none. */
const char *cookbook_message(const char *code);

#endif
