/* why_making.h - builds a step: its lines and its reads.
 *
 * why_step.c finds the statement; this turns it into source lines with their values, and
 * the signals that it read, each with the time at which to continue. At most
 * MAKING_LINES_MAX lines; the rest is dropped. Knows nothing of drivers.
 */
#ifndef POSEDGE_WHY_MAKING_H
#define POSEDGE_WHY_MAKING_H

#include <stdbool.h>
#include <stdint.h>

#include "session/why/why_site.h"

#define MAKING_LINES_MAX 24u

struct making {
	struct why *w;
	struct why_step *step;
	struct place place;
	struct range range;
	uint64_t time;
	bool only_x;
	bool before; /* values are read just before an edge */
	bool kept;   /* why_kept has added what prevented another assignment */
};

/* "01xz", the bits of a range; "tb.dut.q[3:0]". The caller frees them. */
char *making_bits(const struct bits *b, struct range range);
char *making_signal(const struct why *w, const struct place *p, struct range range);

/* Adds a source line with a text; takes ownership of text. */
void making_line(struct making *m, uint16_t file, uint32_t line, char *text);

/* Adds the line of a statement; of a connection, with m as ctx. */
void making_statement(struct making *m, const struct write *x);
void making_port(void *ctx, uint32_t port);

/* Adds what an expression needed as a read at that time, or at `here` if the same pass
 * had assigned it. Skips a read that is there already. */
void making_need(struct making *m, const struct need *need, uint64_t time, uint64_t here,
		 bool is_condition);

/* Adds the conditions on the path, with their reads. */
void making_guard(struct making *m, const struct guard *g, const struct pass *r, uint64_t here);
void making_reasons(struct making *m, const struct site *s);

/* Adds the statement and its conditions; if it gave only some of the bits, also the
 * statements for the others. */
void making_write(struct making *m, const struct site *s);

#endif
