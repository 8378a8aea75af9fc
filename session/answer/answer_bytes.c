#include "config.h"

#include "session/answer/answer_bytes.h"

#include <string.h>

#include "session/verilog/verilog.h"

int bytes_order(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;
	int c = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n);

	return c ? c : (x->n > y->n) - (x->n < y->n);
}

struct slice module_text(const struct vmodule *m, struct slice text)
{
	size_t end = m->end_line && m->end <= text.n ? m->end : text.n;

	return (struct slice){ text.p + m->off, end - m->off };
}
