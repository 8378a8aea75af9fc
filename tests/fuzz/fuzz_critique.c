/* Any bytes as the critique of a file: every finding that is placed is at an existing
 * line with that text, and is found again in the unchanged text. */
#include "config.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "session/ask/critique.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/text/text.h"
#include "session/output/diag.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char file[] =
	"module m(input clk, d, output reg q);\r\n\talways @(posedge clk)\n\tq <= d;\n"
	"\talways @(posedge clk)\n\tq <= d | q;\nendmodule";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strv unplaced = STRV_INIT;
	struct text *t = text_new(file, sizeof(file) - 1);
	const struct diag_list *l =
		critique_read((const char *)data, size, "m.v", file, sizeof(file) - 1, &unplaced);

	assert(diag_list_len(l) <= CRITIQUE_MAX);
	for (size_t i = 0; i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		assert(d->line >= 1 && d->line <= 6 && d->code[0] == 'P' && d->context[0]);
		assert(critique_line(d, t) == d->line);
		assert(utf8_valid(d->text, strlen(d->text)));
	}
	for (size_t i = 0; i < unplaced.n; i++)
		assert(strncmp(unplaced.v[i], "not placed: ", 12) == 0);
	diag_list_free(l);
	strv_free(&unplaced);
	text_free(t);
	return 0;
}
