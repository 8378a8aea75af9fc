/* why_site.h - the drivers of a place at a time; for session/why only. */
#ifndef POSEDGE_WHY_SITE_H
#define POSEDGE_WHY_SITE_H

#include "session/why/why_inner.h"

enum site_kind {
	SITE_NONE,
	SITE_RUN,      /* a process that was executed */
	SITE_HELD,     /* a process that was executed and did not assign it */
	SITE_NOT_YET,  /* a clocked process without an edge so far */
	SITE_NO_CLOCK, /* a clocked process whose clock is not in the trace */
	SITE_TIMED,    /* a process that waits for time */
	SITE_INITIAL,  /* an initial block */
	SITE_PORT,     /* an instance connected by an expression, or without source */
};

/* The effect of one driver. pass is valid until site_fini(). */
struct site {
	enum site_kind kind;
	const struct circuit_driver *driver;
	uint32_t instance; /* the driver's */
	struct pass pass;
	bool ran;
	size_t write;	 /* index of the relevant write in pass.writes */
	uint64_t since;	 /* time of its edge; else the time of the query */
	uint64_t before; /* HELD: time of the last assignment; since if not found */
	bool never;	 /* HELD: certainly not assigned at any edge */
	bool clocked, race, differs;
	struct bits value; /* RUN: the result; x where it assigns nothing */
};

void site_fini(struct site *s);

/* Computes what driver d made of the bits of a place up to a time. */
void site_find(struct why *w, const struct place *p, struct range range, struct driver d,
	       uint64_t time, bool only_x, struct site *out);

/* Executes a clocked driver at one edge: the kind is SITE_RUN or SITE_HELD, and nothing is
 * said of earlier edges. */
void site_edge(struct why *w, const struct place *p, struct range range, struct driver d,
	       uint64_t edge, bool only_x, struct site *out);

/* Follows direct port connections and aliases (another net or a part of it) to where p
 * is driven. each: called for each PORT and ASSIGN node on the way; may be NULL. */
void site_follow(struct why *w, struct place *p, struct range *range,
		 void (*each)(void *ctx, uint32_t port), void *ctx);

/* The instance port that a driver is, and the bits of it that correspond to range;
 * false: it drives other bits, has no source, or is bidirectional. */
bool site_port(struct why *w, const struct place *p, struct range *range,
	       const struct circuit_driver *d, struct place *out);

/* Implements why.compute. */
bool site_compute(struct why *w, const struct place *p, uint64_t time, struct bits *out);

bool range_meets(struct range a, struct range b);

#endif
