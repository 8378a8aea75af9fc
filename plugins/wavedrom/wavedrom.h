/* wavedrom.h - waves sampled by the cycles of a clock, and how they are drawn; for
 * plugins/wavedrom/ only.
 *
 *   wavedrom         the plugin: command, exporters, tool, pane
 *   wavedrom_lanes   signals, clock, and values in each cycle
 *   wavedrom_draw    output as WaveJSON, SVG, text
 *   wavedrom_buffer  a growing text
 */
#ifndef WAVEDROM_H
#define WAVEDROM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plugins/posedge_plugin.h"

#define LANES_MAX   64u
#define CYCLES_MAX  500u
#define CYCLES_LAST 24u /* cycles shown if no time is given */

#define UNIT_SECONDS 1 /* 0 is the dump's unit */

typedef const struct posedge_host *host_t;

/* A request; all zero: the last CYCLES_LAST cycles of the last run. */
struct wish {
	bool has_from, has_to;
	uint64_t from, to;
	int from_unit, to_unit; /* -9: nanoseconds; UNIT_SECONDS; 0: the dump's unit */
	const char *clock;	/* a name or the end of one; NULL: detect it */
	/* names or ends of names; none: the signals of the outermost scope */
	const char *names[LANES_MAX];
	size_t n;
};

struct lane {
	const struct posedge_signal *signal;
	const char **cell; /* for each cycle the value at its end; NULL: not known */
};

struct lanes {
	struct posedge_waves waves;
	const struct posedge_signal *clock; /* NULL: each column is a change */
	uint64_t *start;		    /* start time of each cycle, then the end of the last */
	size_t cycles;
	struct lane lane[LANES_MAX];
	size_t n, left_out; /* left_out: signals that were not named and did not fit */
	size_t hidden;	    /* changes within a cycle that are not visible at its end */
};

/* Fills l, which needs lanes_end() in any case. False: h->fail() was called. */
bool lanes_read(host_t h, const struct wish *w, struct lanes *l);
void lanes_end(struct lanes *l);

struct buffer { /* bad: out of memory */
	char *text;
	size_t len, cap;
	bool bad;
};

void buffer_add(struct buffer *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

void draw_wavejson(const struct lanes *l, struct buffer *out);
void draw_svg(const struct lanes *l, struct buffer *out);
void draw_lane_text(const struct lanes *l, size_t i, struct buffer *out);
/* "tb.clk, 24 cycles, 5 ns to 245 ns" */
void draw_head(const struct lanes *l, struct buffer *out);

#endif
