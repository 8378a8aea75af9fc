/* Warnings of a tool that qualify a verdict: a process without sensitivities, an
 * unconnected clock, a misspelt name that became a net. With these a PASS may only
 * mean that nothing ran, so up to MOST of them are shown with it. A FAIL does not count
 * if a macro was undefined: Icarus reads on with nothing in its place, so what failed
 * then is not the design.
 */
#include "config.h"

#include "session/verdict/run_beside.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "session/verdict/run.h"

#define MOST 5

/* True for "clk", "i_clk", "CLOCK_50", "clk100": a word of the name starts with it. */
static bool is_clock(const char *name, size_t len)
{
	static const char *const words[] = { "clk", "clock" };

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && isalpha((unsigned char)name[i - 1]))
			continue;
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++)
			if (len - i >= strlen(words[k]) &&
			    strncasecmp(name + i, words[k], strlen(words[k])) == 0)
				return true;
	}
	return false;
}

/* True if the text between the first a and the next b is a clock's name. */
static bool clock_between(const char *text, char a, char b)
{
	const char *from = strchr(text, a), *to = from ? strchr(from + 1, b) : NULL;

	return to && is_clock(from + 1, (size_t)(to - from) - 1);
}

/* Recognises in Icarus 11: "@* found no sensitivities so it will never trigger.",
 * "Instantiating module sub with dangling input port 1 (clk) floating."; in
 * Verilator 5.006: "Cell has missing pin: 'clk'". */
static bool matters(const struct diag *d, enum verdict v)
{
	const char *text = d->text;

	if (diag_is_endless_loop(d))
		return v == VERDICT_LIMIT;
	if (diag_is_implicit_net(d))
		return d->hint && d->hint[0]; /* of own_lint_once() */
	return strstr(text, "found no sensitivities") ||
	       (strstr(text, "dangling input port") && clock_between(text, '(', ')')) ||
	       (str_starts(text, "Cell has missing pin: ") && clock_between(text, '\'', '\''));
}

/* Icarus 11: "macro STEP undefined (and assumed null) at this point." */
static bool lacks_macro(const char *text)
{
	return str_starts(text, "macro ") && strstr(text, " undefined (and assumed null)");
}

/* The first warning of that kind is why the run says nothing. */
static void withdraw_failure(const struct diag *d, struct run_result *r)
{
	struct str why = STR_INIT;

	str_addf(&why, "%s:%d %s", d->path, d->line, d->text);
	free(r->first);
	free(r->first_path);
	r->first = str_take(&why);
	r->first_path = mem_strdup(d->path);
	r->first_line = d->line;
	r->has_time = false;
	r->verdict = VERDICT_TOOL;
}

void run_beside(const struct diag_list *found, struct run_result *r)
{
	struct str out = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; found && i < diag_list_len(found) && r->verdict == VERDICT_FAIL; i++)
		if (lacks_macro(diag_list_at(found, i)->text))
			withdraw_failure(diag_list_at(found, i), r);
	for (size_t i = 0; found && i < diag_list_len(found) && n < MOST; i++) {
		const struct diag *d = diag_list_at(found, i);

		if (!matters(d, r->verdict))
			continue;
		n++;
		if (out.len)
			str_addc(&out, '\n');
		str_addf(&out, "%s:%d %s", d->path, d->line,
			 diag_is_implicit_net(d) ? d->hint : d->text);
	}
	if (!out.len)
		return;
	if (r->beside && *r->beside)
		str_addf(&out, "\n%s", r->beside);
	free(r->beside);
	r->beside = str_take(&out);
}
