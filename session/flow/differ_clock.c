/* Finds the clock among the inputs.
 *
 * Names come first: "pclk", "CLOCK_50", "i_clk" are clocks, but "clk_en", "clk_sel",
 * "clk_rst_n" are not; driven as clocks, they would never be 0 at an edge. If no
 * input has such a name, the text decides: a signal in an edge event is a clock.
 * Further edges in the same list are asynchronous resets.
 *
 * An input that is not recognised as a clock changes together with the data. What each
 * version then samples at its edge depends on the order in which the simulator evaluates.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/flow/differ.h"
#include "session/flow/spec.h"
#include "session/verilog/verilog.h"

#define EDGES_MAX 64u /* names kept */

#define RESET_WORDS "*rst*|*reset*|*clear*|*clr*"

/* Name parts, between underscores, of signals that are related to a clock but are not one. */
static bool is_about(const char *name)
{
	static const char *const parts[] = { "en",   "ena",   "enable", "ce",	"sel",	 "select",
					     "div",  "req",   "ack",	"ok",	"good",	 "valid",
					     "stop", "gate",  "gated",	"lock", "lost",	 "locked",
					     "cnt",  "count", "mode",	"tick", "stable" };

	for (const char *at = name; *at;) {
		size_t n = strcspn(at, "_");
		char *part = mem_strndup(at, n);
		bool found = false;

		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && !found; i++)
			found = spec_says(part, parts[i], NULL);
		free(part);
		if (found)
			return true;
		at += n + (at[n] == '_');
	}
	return spec_says(name, "*clken*|*clkena*|*clocken*|" RESET_WORDS, NULL);
}

bool differ_is_clock(const char *name)
{
	return spec_says(name, "*clk*|*clock*", NULL) && !is_about(name);
}

/* Adds the clock of one event list: "posedge ck or negedge clear_n". */
static void take_list(struct strv *list, struct strv *out)
{
	for (size_t i = 0; i < list->n; i++)
		if (!spec_says(list->v[i], RESET_WORDS, NULL)) {
			if (out->n < EDGES_MAX && !strv_has(out, list->v[i]))
				strv_add(out, list->v[i]);
			break;
		}
	strv_free(list);
	*list = (struct strv)STRV_INIT;
}

void differ_edges(const char *text, size_t len, struct strv *out)
{
	enum vlex_state state = VLEX_CODE;
	struct strv list = STRV_INIT;
	bool after = false; /* the next name is the signal of an edge */

	for (size_t off = 0; off < len;) {
		struct vtoken t = vlex_next(text, len, off, &state);
		const char *word = text + off;

		if (t.kind == VTOKEN_KEYWORD && t.len == 7)
			after = memcmp(word, "posedge", 7) == 0 || memcmp(word, "negedge", 7) == 0;
		else if (after && t.kind == VTOKEN_NAME && list.n < EDGES_MAX)
			strv_addn(&list, word, t.len);
		else if (t.kind == VTOKEN_SYMBOL && (*word == ')' || *word == ';'))
			take_list(&list, out);
		if (t.kind == VTOKEN_NAME)
			after = false;
		off += t.len;
	}
	take_list(&list, out);
}
