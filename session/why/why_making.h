/* why_making.h - a step while it is made: the lines and the reads it tells.
 *
 * why_step.c decides which statement it was; here that becomes lines of the
 * source with what they came to, and the signals that it read, each with the
 * time from which to ask on. At most MAKING_LINES_MAX lines; those above are left out.
 * Knows nothing of drivers.
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
	bool before; /* what is read now is read just before an edge */
};

/* "01xz", the bits of a range; "tb.dut.q[3:0]". The caller frees. */
char *making_bits(const struct bits *b, struct range range);
char *making_signal(const struct why *w, const struct place *p, struct range range);

/* One line of a file with what is to be said of it; takes text. */
void making_line(struct making *m, uint16_t file, uint32_t line, char *text);

/* The line of the statement; of a connection, whose m is ctx. */
void making_statement(struct making *m, const struct write *x);
void making_port(void *ctx, uint32_t port);

/* What an expression needed, as a read of that time, or of here if the same pass
 * assigned it before. A read that is there already is not added. */
void making_need(struct making *m, const struct need *need, uint64_t time, uint64_t here,
		 bool is_condition);

/* The conditions on the way, with what they read. */
void making_guard(struct making *m, const struct guard *g, const struct pass *r, uint64_t here);
void making_reasons(struct making *m, const struct site *s);

/* The statement and its reasons; where it gave some of the bits, those of the others, too. */
void making_write(struct making *m, const struct site *s);

#endif
