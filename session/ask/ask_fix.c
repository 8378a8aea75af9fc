/* The question of `fix`: a failing run first, then findings. Findings that do not fit
 * are counted in a last line, since the first ones usually cause the rest.
 */
#include "config.h"

#include "session/ask/ask_fix.h"

#include "session/base/str.h"
#include "session/output/diag.h"

#define FINDINGS_MAX 16384u

size_t ask_findings_max(size_t budget_tokens)
{
	return budget_tokens < FINDINGS_MAX ? budget_tokens : FINDINGS_MAX;
}

size_t ask_findings(const struct diag_list *l, bool style, size_t max, struct str *out)
{
	size_t n = 0, untold = 0;

	for (size_t i = 0; l && i < diag_list_len(l); i++) {
		const struct diag *d = diag_list_at(l, i);

		if (d->rank == DIAG_STYLE && !style)
			continue;
		n++;
		if (out->len >= max) {
			untold++;
			continue;
		}
		diag_print(d, out);
		str_addc(out, '\n');
		if (d->context[0])
			str_addf(out, "    %s\n", d->context);
		if (d->hint[0])
			str_addf(out, "    %s\n", d->hint);
	}
	if (untold)
		str_addf(out, "and %zu more\n", untold);
	return n;
}

void ask_fix_lint(const char *findings, struct str *question)
{
	str_addf(question, "Fix what the linter found, changing as little as possible:\n%s",
		 findings);
}

void ask_fix_run(const char *testbench, const char *where, const char *what, struct str *question)
{
	str_addf(
		question,
		"The testbench %s%s fails. Find the bug and fix the design, not the testbench:\n%s",
		testbench, where, what);
}

void ask_fix_question(const char *findings, const char *testbench, const char *where,
		      const char *run, struct str *question)
{
	if (run[0])
		ask_fix_run(testbench, where, run, question);
	if (run[0] && findings[0])
		str_addf(question, "\nThe linter says besides:\n%s", findings);
	else if (findings[0])
		ask_fix_lint(findings, question);
}
