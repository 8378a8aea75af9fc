/* Finds the time that a line of the log mentions: either it has a unit, or it is a bare
 * number whose unit follows from the first failure, whose time the run has determined.
 */
#include "config.h"

#include <inttypes.h>
#include <string.h>

#include "session/base/str.h"
#include "session/output/told_time.h"
#include "ui/act/act.h"
#include "ui/screen/ui_logs.h"
#include "ui/screen/ui_wave.h"
#include "ui/widget/log_list.h"

/* "12.5ns" from the digits and the position of the point; NULL: the unit has no
 * name. */
static char *with_unit(const struct told_time *t)
{
	static const char *const units[] = { "s", "ms", "us", "ns", "ps", "fs" };
	struct str number = STR_INIT;
	size_t whole;
	char *text;

	if (t->exponent > 0 || t->exponent < -15 || t->exponent % 3 != 0)
		return NULL;
	str_addf(&number, "%0*" PRIu64, t->decimals + 1, t->n);
	whole = number.len - (size_t)t->decimals;
	text = str_fmt("%.*s%s%s%s", (int)whole, number.data, t->decimals ? "." : "",
		       number.data + whole, units[-t->exponent / 3]);
	str_free(&number);
	return text;
}

/* n * 10^by; false if that overflows or is not an integer. */
static bool scale(uint64_t n, int by, uint64_t *out)
{
	for (; by > 0; by--) {
		if (n > UINT64_MAX / 10)
			return false;
		n *= 10;
	}
	for (; by < 0; by++) {
		if (n % 10)
			return false;
		n /= 10;
	}
	*out = n;
	return true;
}

static bool is_bare(const struct log_line *line, struct told_time *t)
{
	return told_time_read(line->text, strlen(line->text), t) && t->unit == TOLD_UNKNOWN && t->n;
}

/* A bare number is in a unit chosen by the testbench. The run knows the time of the
 * first failure: a line with the same digits shows the unit. */
static char *by_first_failure(struct ui *u, const struct log_list *l, const struct told_time *t)
{
	struct told_time first;
	uint64_t is;

	for (size_t i = 0; ui_wave(u)->has_marker && i < l->n; i++) {
		if (!is_bare(log_list_unfiltered_at(l, i), &first))
			continue;
		for (int by = -15; by <= 15; by++) {
			if (scale(first.n, by, &is) && is == ui_wave(u)->marker &&
			    scale(t->n, by + first.decimals - t->decimals, &is))
				return str_fmt("%" PRIu64, is);
		}
	}
	return NULL;
}

char *act_log_time(struct ui *u)
{
	const struct log_list *l = ui_log(u);
	const struct log_line *line = l ? log_list_at(l, l->chosen) : NULL;
	struct told_time t = { TOLD_NOTHING };

	if (!line || ui_logs(u)->tab != LOG_SIM)
		return NULL;
	if (is_bare(line, &t))
		return by_first_failure(u, l, &t);
	return t.unit == TOLD_SECONDS ? with_unit(&t) : NULL;
}
