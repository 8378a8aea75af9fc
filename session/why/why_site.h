/* why_site.h - who drives a place at a time; for session/why only. */
#ifndef POSEDGE_WHY_SITE_H
#define POSEDGE_WHY_SITE_H

#include "session/why/why_inner.h"

enum site_kind {
	SITE_NONE,
	SITE_RUN,      /* a process, carried out */
	SITE_HELD,     /* a process, carried out, that did not assign it */
	SITE_NOT_YET,  /* a process with a clock that had no edge until then */
	SITE_NO_CLOCK, /* one whose clock the trace does not have */
	SITE_TIMED,    /* a process that waits for time */
	SITE_INITIAL,  /* an initial block */
	SITE_PORT,     /* an instance, connected by an expression, or without a source */
};

/* What one driver did. pass is of it until site_fini(). */
struct site {
	enum site_kind kind;
	const struct circuit_driver *driver;
	uint32_t instance; /* the driver's */
	struct pass pass;
	bool ran;
	size_t write;	 /* of pass.writes, the last that matters */
	uint64_t since;	 /* its edge; else the time asked for */
	uint64_t before; /* HELD: when it was assigned last; since: not found */
	bool clocked, race, differs;
	struct bits value; /* RUN: what it gives, with x where it says nothing */
};

void site_fini(struct site *s);

/* Fills in what driver d makes of the bits of a place until a time. */
void site_find(struct why *w, const struct place *p, struct range range, struct driver d,
	       uint64_t time, bool only_x, struct site *out);

/* Goes through ports that are connected as they are, and nets that are another one
 * or a part of it, to where p is driven. each: for each PORT and ASSIGN node on the
 * way; may be NULL. */
void site_follow(struct why *w, struct place *p, struct range *range,
		 void (*each)(void *ctx, uint32_t port), void *ctx);

/* The port of an instance that a driver is, and which of its bits are those of range; false:
 * it has other bits, no source, or two directions. */
bool site_port(struct why *w, const struct place *p, struct range *range,
	       const struct circuit_driver *d, struct place *out);

/* For why.compute. */
bool site_compute(struct why *w, const struct place *p, uint64_t time, struct bits *out);

bool range_meets(struct range a, struct range b);

#endif
