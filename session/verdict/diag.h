/* diag.h - what a tool said about the design, one finding at a time.
 *
 * A finding is made once, by the parser that read it, and never changes. A list
 * holds references to findings, so that lists that filter, join or order what
 * others hold copy no text. Whoever wants another hint or rank makes another
 * finding. Findings keep the order in which the tool reported them, because the
 * first one is usually the cause of the rest. Knows no tool and no screen.
 *
 * A list is filled by its one owner. Once it is shared it does not change any
 * more: session, log and gutter read the same one. References are counted
 * without locks: a list and the findings in it belong to one thread at a time.
 */
#ifndef POSEDGE_DIAG_H
#define POSEDGE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"

struct str;

/* How bad it is for the hardware, not how the tool words it. */
enum diag_rank {
	DIAG_ERROR, /* nothing can be built */
	DIAG_RISK,  /* builds, but is likely not what was meant: latches, widths, races, undriven */
	DIAG_STYLE, /* names, file layout, unused things with no effect */
};

struct diag {
	enum diag_rank rank;
	const char *path;    /* relative to the project; "" = no file */
	int line;	     /* 1-based; 0 = the file as a whole */
	int col;	     /* 1-based, in bytes; 0 = the line as a whole */
	int len;	     /* bytes marked from col on; 0 = not known */
	const char *code;    /* the tool's name for it, "WIDTH"; "" = none */
	const char *text;    /* one line, no newline, valid UTF-8 */
	const char *context; /* the source line it quotes; "" = none */
	const char *hint;    /* what the tool suggests, or second places; "" = none */
	bool waivable;	     /* a pragma can silence it */
	bool in_top;	     /* the tool says that it is in the top instance */
};

/* The code of what the tool cannot read though the language has it: of rank
 * risk, for the design may be right. */
#define DIAG_UNSUPPORTED "UNSUPPORTED"

/* The code of what a tool printed in a wording that is not known: of rank
 * style, as it came. */
#define DIAG_NOTE "note"

struct diag_list;

struct diag_list *diag_list_new(size_t limit);	/* at most limit findings */
void diag_list_free(const struct diag_list *l); /* gives one reference back; NULL is fine */

/* The same list once more: freed as often as it was shared, and not to be added
 * to while it is. NULL is fine. */
const struct diag_list *diag_list_share(const struct diag_list *l);

/* Copies d (NULL members become "") to the end. Fails with ERR_LIMIT when the
 * list is full. What it copies is made fit to be shown: strings are cut at
 * 4096 bytes, a tab becomes a blank, each byte of a control character or of
 * what is no UTF-8 a '?', negative numbers 0; so columns stay right. */
bool diag_list_add(struct diag_list *l, const struct diag *d, struct err *err);

/* The same, unless l has one of the same place, code and text already, which is
 * no failure. Takes no longer for a long list. */
bool diag_list_add_new(struct diag_list *l, const struct diag *d, struct err *err);

/* Finding i of another list, which both hold from then on. The first adds it, the
 * second unless it is known, as above. */
bool diag_list_keep(struct diag_list *l, const struct diag_list *from, size_t i, struct err *err);
bool diag_list_keep_new(struct diag_list *l, const struct diag_list *from, size_t i,
			struct err *err);

size_t diag_list_len(const struct diag_list *l);

/* Borrowed: valid for as long as a list holds it. i must be below the length. */
const struct diag *diag_list_at(const struct diag_list *l, size_t i);

size_t diag_list_count(const struct diag_list *l, enum diag_rank rank);

/* How many findings of a rank b has that a has not, wherever their lines are. */
size_t diag_list_gained(const struct diag_list *a, const struct diag_list *b, enum diag_rank rank);

/* True when both hold the same findings in the same order. */
bool diag_list_equal(const struct diag_list *a, const struct diag_list *b);

/* What has looked through the texts of all findings in l, as redact_stamp() says;
 * 0: nothing has, or something was added since. */
uint64_t diag_list_stamp(const struct diag_list *l);
void diag_list_set_stamp(const struct diag_list *l, uint64_t stamp);

/* "error", "risk", "style" */
const char *diag_rank_name(enum diag_rank rank);
bool diag_rank_parse(const char *name, enum diag_rank *rank);

/* "fifo.sv:31:9 risk WIDTH assigns 8 bits to 4", without newline. */
void diag_print(const struct diag *d, struct str *out);

#endif
