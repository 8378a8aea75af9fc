#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "session/base/str.h"
#include "session/lint/own_lint.h"
#include "session/output/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t line_length(const char *text, size_t len, int line)
{
	const char *end = text + len, *p = text, *lf;

	for (; line > 1; line--) {
		lf = memchr(p, '\n', (size_t)(end - p));
		assert(lf);
		p = lf + 1;
	}
	lf = memchr(p, '\n', (size_t)(end - p));
	return (size_t)((lf ? lf : end) - p);
}

static void explain(const struct own_lint *o, const struct diag *at, const char *text)
{
	struct diag d = *at;
	struct str hint = STR_INIT;

	d.rank = DIAG_ERROR;
	d.code = text[0] == '\'' ? "PROCASSWIRE" : "";
	d.text = text;
	own_lint_explain(o, &d, &hint);
	d.code = "BLKSEQ";
	d.text = "";
	own_lint_explain(o, &d, &hint);
	str_free(&hint);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct own_lint_text t = {
		.path = "m.v", .text = (const char *)data, .len = size, .verilog = true
	};
	struct own_lint *o;
	struct diag_list *found = diag_list_new(1000);

	o = own_lint_open(&t);
	own_lint_find(o, found);
	for (size_t i = 0; i < diag_list_len(found); i++) {
		const struct diag *d = diag_list_at(found, i);

		assert(d->rank == DIAG_RISK &&
		       strncmp(d->code, OWN_LINT_PREFIX, strlen(OWN_LINT_PREFIX)) == 0);
		assert(d->line > 0 && d->col > 0 &&
		       (size_t)d->col <= line_length(t.text, size, d->line) + 1);
		own_lint_said(found, d);
		explain(o, d, "syntax error");
		explain(o, d, "'q' is not a valid l-value");
	}
	own_lint_close(o);
	diag_list_free(found);
	return 0;
}
