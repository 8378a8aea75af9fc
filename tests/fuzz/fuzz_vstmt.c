#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/verilog/vstmt.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void inside(const struct vstmts *s, struct vspan span)
{
	assert(span.off <= span.end && span.end <= s->len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vstmts s;

	vstmts_init(&s, (const char *)data, size);
	for (size_t i = 0; i < s.n; i++) {
		const struct vstmt *v = &s.v[i];

		inside(&s, v->all);
		inside(&s, v->name);
		inside(&s, v->head);
		inside(&s, v->lhs);
		inside(&s, v->rhs);
		assert(v->parent < (int)i && v->end > (int)i && v->end <= (int)s.n);
		assert(v->parent < 0 || v->end <= s.v[v->parent].end);
		assert(v->line > 0);
	}
	for (size_t i = 1; i < s.n_tokens; i++)
		assert(s.tokens[i].off >= s.tokens[i - 1].off + s.tokens[i - 1].len);
	assert(vstmts_token(&s, size) <= s.n_tokens);
	vstmts_fini(&s);
	return 0;
}
