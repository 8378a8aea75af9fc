/* assert_read.h - extracts the assertions of an answer, each on one line. Pure.
 *
 * They occur in the forms of the published data:
 *
 *	assert property (@(posedge clk) a |-> b);	also with a label, in a module
 *	property p; @(posedge clk) a |=> b; endproperty  with assert property (p);
 *	a |-> b; c |-> d;				bare properties, without any assert
 *
 * Only the property is kept; the name of a declared one is replaced by its body. A
 * property without an event, or with HARM's DEFAULT_CLOCK, gets the design's clock.
 */
#ifndef POSEDGE_ASSERT_READ_H
#define POSEDGE_ASSERT_READ_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define ASSERT_MAX	 200u  /* per answer */
#define ASSERT_BYTES_MAX 4000u /* per assertion */

struct assert_item {
	char *body;	 /* without the event; NULL: rejected, see why */
	char *event;	 /* "@(posedge clk)"; NULL: none given */
	const char *why; /* constant */
};

struct assert_items { /* a zeroed one is empty */
	struct assert_item *v;
	size_t n;
	bool more; /* there are more than ASSERT_MAX */
};

void assert_read(const char *text, size_t len, struct assert_items *out);
void assert_items_fini(struct assert_items *l);

/* Appends the assertion as a module item on one line. clock: "posedge clk"; NULL: the
 * design has none, and only "a |-> b" and "a" can be expressed, for any time. False:
 * it cannot be expressed; *why is a constant clause. */
bool assert_text(const struct assert_item *a, const char *clock, struct str *out, const char **why);

#endif
