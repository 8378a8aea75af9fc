/* A model quotes the lines of a file well, and the blank lines between them badly: two
 * where the file has one, or none. The lines that are not blank decide where the quote is;
 * the gaps are then made those of the file, in the quote and where the new lines have the
 * same ones.
 */
#include "config.h"

#include "session/text/patch_gaps.h"

#include <stdlib.h>

#include "session/base/mem.h"
#include "session/text/patch_find.h"

/* A text without its blank lines. */
struct packed {
	struct str text;
	struct slice *lines; /* of the original */
	size_t *gaps;	     /* per line, the number of blank lines after it */
	size_t n, before;    /* before: the blank lines at the start */
};

static void pack(struct slice text, struct packed *p)
{
	size_t most = slice_lines(text);

	*p = (struct packed){ .lines = mem_calloc(most + 1, sizeof(*p->lines)),
			      .gaps = mem_calloc(most + 1, sizeof(*p->gaps)) };
	while (text.n) {
		struct slice line = slice_line(&text);

		if (slice_blank(line)) {
			++*(p->n ? &p->gaps[p->n - 1] : &p->before);
			continue;
		}
		str_add(&p->text, line.p, line.n);
		p->lines[p->n++] = line;
	}
}

static void packed_fini(struct packed *p)
{
	str_free(&p->text);
	free(p->lines);
	free(p->gaps);
}

static void unpack(const struct packed *p, struct str *out)
{
	for (size_t n = p->before; n; n--)
		str_addc(out, '\n');
	for (size_t i = 0; i < p->n; i++) {
		str_add(out, p->lines[i].p, p->lines[i].n);
		for (size_t n = p->gaps[i]; n; n--)
			str_addc(out, '\n');
	}
}

/* The quoted lines begin at line at of base. Copies the gaps between them; those of the new
 * lines only as far as both begin alike, and end alike. False: all are the same already. */
static bool copy_gaps(const struct packed *base, size_t at, struct packed *quote,
		      struct packed *fresh)
{
	size_t least = quote->n < fresh->n ? quote->n : fresh->n, head = 0, tail = 0;
	bool differ = false;

	while (head < least && slice_equal(quote->lines[head], fresh->lines[head]))
		head++;
	while (tail < least &&
	       slice_equal(quote->lines[quote->n - 1 - tail], fresh->lines[fresh->n - 1 - tail]))
		tail++;
	for (size_t i = 0; i + 1 < quote->n; i++) {
		size_t *gap = &quote->gaps[i], real = base->gaps[at + i];
		size_t *same = i + 1 < head	      ? &fresh->gaps[i]
			       : i + tail >= quote->n ? &fresh->gaps[i + fresh->n - quote->n]
						      : NULL;

		differ |= *gap != real;
		if (same && *same == *gap)
			*same = real;
		*gap = real;
	}
	return differ;
}

bool patch_level_gaps(struct slice text, struct slice quote, struct slice fresh, struct str *quoted,
		      struct str *added)
{
	struct packed base, old, new;
	struct finder f;
	struct found x = { 0 };
	bool ok;

	pack(text, &base);
	pack(quote, &old);
	pack(fresh, &new);
	finder_init(&f, (struct slice){ str_cstr(&base.text), base.text.len });
	ok = old.n > 1 &&
	     finder_find(&f, (struct slice){ str_cstr(&old.text), old.text.len }, "", &x, NULL) &&
	     copy_gaps(&base, x.at, &old, &new);
	if (ok) {
		unpack(&old, quoted);
		unpack(&new, added);
	}
	found_fini(&x);
	finder_fini(&f);
	packed_fini(&new);
	packed_fini(&old);
	packed_fini(&base);
	return ok;
}
