/* wavedrom.h - a window of waves by the cycles of a clock, and how it is drawn; for
 * plugins/wavedrom/ alone.
 *
 *   wavedrom          the plugin: command, exporters, tool, pane
 *   wavedrom_lanes    which signals, which clock, what they hold in each cycle
 *   wavedrom_draw     WaveJSON, SVG, lines of text
 *   wavedrom_buffer   a text that grows
 */
#ifndef WAVEDROM_H
#define WAVEDROM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plugins/posedge_plugin.h"

#define LANES_MAX   64u
#define CYCLES_MAX  500u
#define CYCLES_LAST 24u /* shown when no time is named */

typedef const struct posedge_host *host_t;

/* What is wanted: zero is the last CYCLES_LAST cycles of the last run. */
struct wish {
	bool has_from, has_to;
	uint64_t from, to;	      /* in the dump's unit */
	const char *clock;	      /* a name, or the end of one; NULL: to be found */
	const char *names[LANES_MAX]; /* the same; none: those of the outermost scope */
	size_t n;
};

struct lane {
	const struct posedge_signal *signal;
	const char **cell; /* of each cycle: the value at its end; NULL: not known */
};

struct lanes {
	struct posedge_waves waves;
	const struct posedge_signal *clock; /* NULL: a column is a change */
	uint64_t *start;		    /* of each cycle, and after the last its end */
	size_t cycles;
	struct lane lane[LANES_MAX];
	size_t n, left_out; /* signals that were not named and found no room */
	size_t hidden;	    /* changes within a cycle that its end does not show */
};

/* Reads what is wished into l, which is to be ended in any case. False: h->fail() was told. */
bool lanes_read(host_t h, const struct wish *w, struct lanes *l);
void lanes_end(struct lanes *l);

struct buffer { /* bad: memory ran out */
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
