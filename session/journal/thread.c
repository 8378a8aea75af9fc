/* Questions about a line of a suggestion. A question stores the line's file, number
 * and text; the suggestion may have been replaced since. So the unit is found by
 * the text, and among equal lines the one nearest to the old number is used.
 */
#include "config.h"

#include "session/journal/thread.h"

#include <string.h>

#include "session/base/str.h"
#include "session/journal/state.h"
#include "session/journal/suggestion.h"

/* True for the line as it was proposed then, or as the user rewrote it. */
static bool is_about(const struct exchange *x, const char *line, size_t len)
{
	for (size_t i = 0; i < x->rewritten.n; i++)
		if (strlen(x->rewritten.v[i]) == len && memcmp(x->rewritten.v[i], line, len) == 0)
			return true;
	return len == x->line.len && memcmp(line, str_cstr(&x->line), len) == 0;
}

long thread_unit(const struct suggestion *s, const struct exchange *x)
{
	uint64_t nearest = UINT64_MAX;
	long best = -1;

	if (!x->path[0] || strcmp(x->path, suggestion_path(s)) != 0)
		return -1;
	for (size_t i = 0; i < suggestion_units(s); i++) {
		uint64_t at = (uint64_t)suggestion_unit(s, i)->base_line + 1,
			 away = at > x->at ? at - x->at : x->at - at;
		size_t len;
		const char *line = suggestion_line(s, i, &len);

		if (away < nearest && is_about(x, line, len)) {
			nearest = away;
			best = (long)i;
		}
	}
	return best;
}

/* The user's question is the first paragraph; the rest tells the model which line
 * it is about. */
static void print_question(const struct str *question, struct str *out)
{
	const char *text = str_cstr(question), *end = strstr(text, "\n\n");

	str_addf(out, "you: %.*s\n\n", (int)(end ? (size_t)(end - text) : question->len), text);
}

bool thread_print(const struct state *st, const struct suggestion *s, size_t unit, struct str *out)
{
	bool any = false;

	for (size_t i = 0; i < st->n_chat; i++) {
		const struct exchange *x = st->chat[i];

		if (thread_unit(s, x) != (long)unit)
			continue;
		any = true;
		print_question(&x->question, out);
		str_addf(out, "%s: %s\n", x->backend,
			 x->answer.len		      ? str_cstr(&x->answer)
			 : x->state == EXCHANGE_ASKED ? "..."
						      : "no answer came");
		if (x->error[0])
			str_addf(out, "(%s)\n", x->error);
		str_addc(out, '\n');
	}
	return any;
}
