/* vcd_scan.h - parses a value change dump into events.
 *
 * Keeps no values: memory grows with the signals alone. Its users read a whole dump or
 * a window of it, or build an index. Accepts the dumps of Icarus, Verilator, GHDL,
 * GTKWave's converters and others: four and nine states, reals, strings, events,
 * parameters whose values turn out to be reals, extended VCD ($var port).
 *
 * A truncated file is valid up to its last whole word. Malformed words are skipped.
 * Limits: a million signals, 65536 bits each, scopes 256 deep, names of 1024 and
 * identifiers of 64 characters; the excess is dropped (of a wider signal: its upper
 * bits). Names are as in the file, with '?' for bytes that could control a terminal.
 */
#ifndef POSEDGE_VCD_SCAN_H
#define POSEDGE_VCD_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vcd_scan;

/* A signal as declared in the header. */
struct vcd_var {
	const char *scope; /* "tb.dut", never NULL */
	const char *name;  /* "q", without a range */
	int width;	   /* bits; 1 without a range for a single bit */
	int msb, lsb;	   /* as declared; both 0 for a single bit */
	bool has_range;
	bool vector; /* declared as one, even of one bit; not as a number */
	bool real;   /* or a string: values are text */
	bool event;
	bool parameter;
	bool integer; /* declared as a number with a sign; a parameter is taken for one */
};

enum vcd_value { VCD_BITS, VCD_TEXT /* a real or a string */ };

/* All arguments are borrowed for the call. */
struct vcd_events {
	/* The unit: 10^exponent seconds times magnitude. */
	void (*timescale)(void *ctx, int magnitude, int exponent);
	/* Signals are numbered in this order, from 0. same_as: a signal of the same
	 * net, or -1. */
	void (*signal)(void *ctx, const struct vcd_var *s, long same_as);
	/* Times never decrease. An event of VCD changes to "1" when it fires. */
	void (*change)(void *ctx, size_t signal, uint64_t time, enum vcd_value kind,
		       const char *value, size_t len);
	void *ctx;
};

struct vcd_scan *vcd_scan_new(const struct vcd_events *ev); /* copies *ev */
void vcd_scan_free(struct vcd_scan *s);			    /* NULL is fine */

/* Slices of the file of any size, in order. */
void vcd_scan_feed(struct vcd_scan *s, const char *data, size_t len);

/* True after $enddefinitions; *at: bytes up to its $end, 0 before that. Words in between
 * are not changes. */
bool vcd_scan_has_changes(const struct vcd_scan *s, uint64_t *at);
uint64_t vcd_scan_time(const struct vcd_scan *s); /* the last one seen */

/* Events are for ctx from now on. */
void vcd_scan_give(struct vcd_scan *s, void *ctx);

/* After the header: what is fed next comes from another place in the file, where a
 * line begins with "#TIME". */
void vcd_scan_jump(struct vcd_scan *s);

/* True between words and sections: no value waits for its identifier. */
bool vcd_scan_rests(const struct vcd_scan *s);
/* Oddities so far: things that no tool should write, and exceeded limits. */
enum vcd_odd {
	VCD_ODD_MANY = 1u << 0, /* more signals than a million */
	VCD_ODD_BACK = 1u << 1, /* a time before the previous one */
	VCD_ODD_TIME = 1u << 2, /* a time that is not a number, or too large */
	/* an identifier shared by signals of different widths or kinds */
	VCD_ODD_REUSED = 1u << 3,
	VCD_ODD_UNDECLARED = 1u << 4, /* a value for an identifier without a signal */
	VCD_ODD_WIDE = 1u << 5,	      /* a signal of more than 65536 bits */
	VCD_ODD_EARLY = 1u << 6,      /* a time before the end of the declarations */
};
unsigned vcd_scan_odd(const struct vcd_scan *s); /* a set of these */

#endif
