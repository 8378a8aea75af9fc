/* assert_read.h - the assertions of an answer, each by itself and on one line. Pure.
 *
 * They come in the ways of the published data:
 *
 *	assert property (@(posedge clk) a |-> b);	also with a label, in a module
 *	property p; @(posedge clk) a |=> b; endproperty  with assert property (p);
 *	a |-> b; c |-> d;				nothing else, without any assert
 *
 * Of each the property is kept: a declared one stands in place of its name. One without an
 * event gets that of the design's clock, and so does HARM's DEFAULT_CLOCK.
 */
#ifndef POSEDGE_ASSERT_READ_H
#define POSEDGE_ASSERT_READ_H

#include <stdbool.h>
#include <stddef.h>

struct str;

#define ASSERT_MAX	 200u  /* of one answer */
#define ASSERT_BYTES_MAX 4000u /* of one of them */

struct assert_item {
	char *body;	 /* without event; NULL: why says what is wrong */
	char *event;	 /* "@(posedge clk)"; NULL: it has none of its own */
	const char *why; /* constant */
};

struct assert_items { /* a zeroed one is empty */
	struct assert_item *v;
	size_t n;
	bool more; /* there are others after ASSERT_MAX */
};

void assert_read(const char *text, size_t len, struct assert_items *out);
void assert_items_fini(struct assert_items *l);

/* As an item of a module, on one line. clock: "posedge clk"; NULL: the design has none, then
 * only "a |-> b" and "a" can be said, of any time. False: it cannot be said so, *why is a
 * constant clause. */
bool assert_text(const struct assert_item *a, const char *clock, struct str *out, const char **why);

#endif
