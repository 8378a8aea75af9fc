/* vcd_scan.h - the words of a value change dump, as events.
 *
 * Keeps no values: memory grows with the signals alone. What reads a whole
 * dump, a window of one, or builds an index hangs on the events. Takes the
 * dumps of Icarus, Verilator, GHDL, GTKWave's converters and others: four and
 * nine states, reals, strings, events, parameters whose values turn out to be
 * reals, extended VCD ($var port).
 *
 * A file that was cut is good up to its last whole word. Wrong words are passed
 * over. Limits: a million signals, 65536 bits each, scopes 256 deep, names of
 * 1024 and identifiers of 64 characters; what goes beyond is left out (of a
 * wider signal: its upper bits). Names stand as in the file, with '?' for bytes
 * that could steer a terminal.
 */
#ifndef POSEDGE_VCD_SCAN_H
#define POSEDGE_VCD_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vcd_scan;

/* A signal as the header declares it. */
struct vcd_var {
	const char *scope; /* "tb.dut", never NULL */
	const char *name;  /* "q", without a range */
	int width;	   /* bits; 1 and no range for a single one */
	int msb, lsb;	   /* as declared; both 0 for a single bit */
	bool has_range;
	bool real; /* or a string: its values are text */
	bool event;
	bool parameter;
};

enum vcd_value { VCD_BITS, VCD_TEXT /* a real or a string */ };

/* All borrowed for the call. */
struct vcd_events {
	/* 10^exponent seconds times magnitude. */
	void (*timescale)(void *ctx, int magnitude, int exponent);
	/* They are numbered in this order, from 0. same_as: the same net, or -1. */
	void (*signal)(void *ctx, const struct vcd_var *s, long same_as);
	/* Times never go down. An event of VCD changes to "1" when it fires. */
	void (*change)(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		       const char *value, size_t len);
	void *ctx;
};

struct vcd_scan *vcd_scan_new(const struct vcd_events *ev); /* copies *ev */
void vcd_scan_free(struct vcd_scan *s);			    /* NULL is fine */

/* Any slices of the file, in order. */
void vcd_scan_feed(struct vcd_scan *s, const char *data, size_t len);

/* Whether $enddefinitions has come, and after how many bytes it ended. */
bool vcd_scan_has_changes(const struct vcd_scan *s, uint64_t *at);
uint64_t vcd_scan_time(const struct vcd_scan *s); /* the last one seen */

/* After the header: what is fed next comes from elsewhere in the file, where a
 * line begins with "#TIME". */
void vcd_scan_jump(struct vcd_scan *s);

/* Whether it is between words and sections: no value waits for its name. */
bool vcd_scan_rests(const struct vcd_scan *s);
/* What was met so far that no tool should write, or is beyond a limit. */
enum vcd_odd {
	VCD_ODD_MANY = 1u << 0,	      /* more signals than a million */
	VCD_ODD_BACK = 1u << 1,	      /* a time before the one before it */
	VCD_ODD_TIME = 1u << 2,	      /* one that is no number, or too large */
	VCD_ODD_REUSED = 1u << 3,     /* an identifier of signals of different widths or kinds */
	VCD_ODD_UNDECLARED = 1u << 4, /* a value of an identifier that no signal has */
	VCD_ODD_WIDE = 1u << 5,	      /* a signal of more than 65536 bits */
	VCD_ODD_EARLY = 1u << 6,      /* a time before the declarations end */
};
unsigned vcd_scan_odd(const struct vcd_scan *s); /* of those */

#endif
