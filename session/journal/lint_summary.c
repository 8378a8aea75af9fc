/* The list of files that were not read grows with the project, the line does not: it names a
 * few and says how many more there are.
 */
#include "config.h"

#include "session/journal/lint_summary.h"

#include <string.h>

#include "session/base/count.h"
#include "session/base/str.h"
#include "session/output/diag.h"

size_t lint_summary_unread(const char *unread)
{
	size_t n = 0;

	for (const char *p = unread ? unread : ""; *p; p += strcspn(p, "\n"), p += *p == '\n')
		n++;
	return n;
}

static void add_names(const char *unread, size_t names, struct str *out)
{
	size_t all = lint_summary_unread(unread), shown = 0;
	const char *p = unread;

	/* Naming all but one would be as long as naming all. */
	for (; *p && (shown < names || all == names + 1); shown++) {
		size_t n = strcspn(p, "\n"), path = strcspn(p, "\t\n");

		str_addf(out, "%s%.*s", shown ? ", " : "", (int)path, p);
		if (path < n) /* `posedge files` shows the full reason */
			str_addf(out, " %.*s", (int)strcspn(p + path + 1, ",;\n"), p + path + 1);
		p += n + (p[n] == '\n');
	}
	if (*p)
		str_addf(out, "%sand %zu more: `posedge files` lists them", shown ? ", " : "",
			 all - shown);
}

void lint_summary_files(uint64_t read, const char *unread, size_t names, struct str *out)
{
	size_t n = lint_summary_unread(unread);

	if (read)
		str_addf(out, "%llu file%s", (unsigned long long)read, count_s(read));
	if (n == 0)
		return;
	str_addf(out, "%s%zu not read", read ? "; " : "", n);
	if (names) {
		str_adds(out, ": ");
		add_names(unread, names, out);
	}
}

void lint_summary(const struct diag_list *found, uint64_t read, const char *unread, struct str *out)
{
	size_t errors = diag_list_count(found, DIAG_ERROR),
	       risks = diag_list_count(found, DIAG_RISK);

	if (errors + risks == 0)
		str_adds(out, "lint ok");
	else
		str_addf(out, "%zu error%s, %zu risk%s", errors, count_s(errors), risks,
			 count_s(risks));
	if (read || lint_summary_unread(unread)) {
		str_adds(out, " (");
		lint_summary_files(read, unread, LINT_SUMMARY_NAMES, out);
		str_addc(out, ')');
	}
}

void lint_summary_nothing(const char *unread, struct str *out)
{
	size_t n = lint_summary_unread(unread);

	str_adds(out, "nothing was linted: ");
	if (n == 0) {
		str_adds(out, "there is no Verilog file here");
		return;
	}
	str_addf(out, "%zu file%s not read: ", n, count_s(n));
	add_names(unread, LINT_SUMMARY_NAMES, out);
}
