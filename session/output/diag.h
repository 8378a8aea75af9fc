/* diag.h - what a tool said about the design, one finding at a time.
 *
 * Map of session/output: what tools and simulations print, as facts. Pure; knows wordings,
 * and judges nothing.
 *
 *   diag             findings: what a tool said about the design
 *   claim            what a line says about the checks of a testbench
 *   claim_*          its tokens, its numbers: see claim_inner.h
 *   told_time        a simulation time printed in a line
 *   vprint vprint_*  which statement printed a line
 *
 * A finding is created once, by the parser that read it, and never changes. A
 * list holds references to findings, so lists that filter, join or reorder others
 * copy no text. To change a hint or a rank, create another finding. Findings keep
 * the tool's order, because the first one is usually the cause of the rest. Knows
 * no tool and no screen.
 *
 * A list is filled by its only owner. Once shared it does not change: session,
 * log and gutter read the same one. Reference counts are not atomic: a list and
 * its findings belong to one thread at a time.
 */
#ifndef POSEDGE_DIAG_H
#define POSEDGE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;

/* How bad it is for the hardware, whatever the tool calls it. */
enum diag_rank {
	DIAG_ERROR, /* nothing can be built */
	/* builds, but is probably not what was meant: latches, widths, races, undriven */
	DIAG_RISK,
	DIAG_STYLE, /* names, file layout, unused things without effect */
};

struct diag {
	enum diag_rank rank;
	const char *path;    /* relative to the project; "": no file */
	int line;	     /* 1-based; 0: the file as a whole */
	int col;	     /* 1-based, in bytes; 0: the line as a whole */
	int len;	     /* marked bytes from col on; 0: unknown */
	const char *code;    /* the tool's name for it, "WIDTH"; "": none */
	const char *text;    /* one line, no newline, valid UTF-8 */
	const char *context; /* the source line it quotes; "": none */
	const char *hint;    /* the tool's suggestion, or other places; "": none */
	bool waivable;	     /* a pragma can silence it */
	bool in_top;	     /* according to the tool, in the top instance */
};

/* Code for valid language that the tool cannot read; of rank risk, as the design
 * may be right. */
#define DIAG_UNSUPPORTED "UNSUPPORTED"

/* Code for the one finding, of rank style and without a place, that says that the design
 * was too large for some of the tool's checks, and for which. */
#define DIAG_SKIMMED "SKIMMED"

/* Code for tool output in an unknown wording, unchanged; of rank style. */
#define DIAG_NOTE "note"

struct diag_list;

struct diag_list *diag_list_new(size_t limit);	/* at most limit findings */
void diag_list_free(const struct diag_list *l); /* drops one reference; NULL is fine */

/* Adds a reference; the list must then not be changed, and be freed once more.
 * NULL is fine. */
const struct diag_list *diag_list_share(const struct diag_list *l);

/* Appends a copy of d (NULL members become ""). If the list is full, an error, an
 * unsupported construct or DIAG_SKIMMED takes the place of other findings, the last ones;
 * else it fails with ERR_LIMIT. The copy is cleaned for display: strings are cut at
 * 4096 bytes, a tab becomes a blank, each byte of a control character or of invalid
 * UTF-8 a '?', negative numbers 0; columns stay valid. */
bool diag_list_add(struct diag_list *l, const struct diag *d, struct err *err);

/* Writes len bytes and a NUL: the text as a finding keeps it. */
void diag_clean(char *to, const char *from, size_t len);

/* The same, unless l has one with the same place, code and text, which is not
 * a failure. Constant time. False: the list is full. */
bool diag_list_add_new(struct diag_list *l, const struct diag *d);

/* Adds a reference to finding i of another list; the second function only if l
 * has no equal one, as above. */
bool diag_list_keep(struct diag_list *l, const struct diag_list *from, size_t i);
bool diag_list_keep_new(struct diag_list *l, const struct diag_list *from, size_t i);

size_t diag_list_len(const struct diag_list *l);

/* Borrowed: valid while a list holds it. i must be below the length. */
const struct diag *diag_list_at(const struct diag_list *l, size_t i);

size_t diag_list_count(const struct diag_list *l, enum diag_rank rank);
/* The first error; the first of what a tool does not support. NULL: none. */
const struct diag *diag_list_error(const struct diag_list *l);
/* True for an error of the grammar, in the words of Verilator and of Icarus. */
bool diag_is_syntax_error(const struct diag *d);
/* True for a net that the tool declared because nothing else does. */
bool diag_is_implicit_net(const struct diag *d);
/* True for posedge's own finding of a loop without an end. */
bool diag_is_endless_loop(const struct diag *d);
/* True for a process of which Icarus is certain that it takes no time. No engine gets past it. */
bool diag_is_endless_process(const struct diag *d);
const struct diag *diag_list_unsupported(const struct diag_list *l);

/* Number of findings of a rank that b has and a does not, regardless of line numbers. */
size_t diag_list_gained(const struct diag_list *a, const struct diag_list *b, enum diag_rank rank);

/* The redact_stamp() under which all texts in l were checked; 0: not checked, or
 * something was added since. */
uint64_t diag_list_stamp(const struct diag_list *l);
void diag_list_set_stamp(const struct diag_list *l, uint64_t stamp);

/* "error", "risk", "style" */
const char *diag_rank_name(enum diag_rank rank);
bool diag_rank_parse(const char *name, enum diag_rank *rank);

/* "fifo.sv:31:9 risk WIDTH assigns 8 bits to 4", without newline. */
void diag_print(const struct diag *d, struct str *out);

#endif
