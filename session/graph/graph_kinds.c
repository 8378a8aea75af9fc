/* Classifies the words of a question: a part of a design, an agent, or a kind of thing
 * that names leave out. Uses tables of terms from hardware design, and rules for the rest.
 */
#include "config.h"

#include "session/graph/graph_fit.h"

#include <string.h>

#define PART 60u /* minimum fit for matching a word of the table */

static bool has(const char *const *list, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(list[i], word) == 0)
			return true;
	return false;
}

#define HAS(list, word) has(list, sizeof(list) / sizeof(*(list)), word)

bool graph_word_is_kind(const struct graph_word *w)
{
	static const char *const kinds[] = {
		"unit",	 "logic",   "register", "flag",	     "bit",
		"value", "circuit", "block",	"component", "vector"
	};

	return HAS(kinds, w->low);
}

/* Words for parts of a design, as opposed to values. */
static const char *const parts[] = {
	"adapter",	"adder",     "alu",	   "analyzer",	"arbiter",    "block",
	"bridge",	"buffer",    "bus",	   "cache",	"checker",    "controller",
	"core",		"counter",   "cpu",	   "crossbar",	"decoder",    "delay",
	"demux",	"divider",   "dma",	   "encoder",	"fifo",	      "file",
	"filter",	"fsm",	     "gearbox",	   "generator", "icache",     "interface",
	"list",		"logic",     "lsu",	   "machine",	"map",	      "matrix",
	"mmu",		"monitor",   "multiplier", "mux",	"operations", "peripheral",
	"pmp",		"predictor", "processor",  "queue",	"ram",	      "receiver",
	"rom",		"scheduler", "shifter",	   "skid",	"spi",	      "stage",
	"synchronizer", "system",    "table",	   "timer",	"top",	      "tracer",
	"transmitter",	"uart",	     "unit",	   "watchdog",	"wrapper",
};

/* An agent, which performs an action: a sender, a predictor. */
bool graph_word_is_agent(const struct graph_word *w)
{
	static const char *const none[] = { "buffer",	 "counter", "timer",  "transfer",
					    "layer",	 "error",   "header", "identifier",
					    "lower",	 "number",  "order",  "other",
					    "parameter", "pointer", "power",  "register",
					    "trailer",	 "trigger", "upper",  "vector" };
	static const char *const agents[] = { "bridge",	   "core",  "engine",  "interface",
					      "logic",	   "fsm",   "machine", "peripheral",
					      "processor", "stage", "unit",    "wrapper" };
	size_t n = strlen(w->low);

	if (HAS(agents, w->low))
		return true;
	if (n < 6 || (strcmp(w->low + n - 2, "er") != 0 && strcmp(w->low + n - 2, "or") != 0))
		return false;
	return !HAS(none, w->low);
}

/* An activity, which a module performs: prediction, management. */
static bool is_activity(const struct graph_word *w)
{
	static const char *const none[] = {
		"action",      "collision",   "condition",   "configuration", "destination",
		"direction",   "exception",   "function",    "fraction",      "information",
		"instruction", "location",    "option",	     "partition",     "position",
		"reservation", "section",     "transaction", "transition",    "moment",
		"element",     "environment", "increment",   "decrement",     "segment",
		"statement",   "fragment"
	};
	size_t n = strlen(w->low);

	return n > 6 &&
	       (strcmp(w->low + n - 4, "tion") == 0 || strcmp(w->low + n - 4, "sion") == 0 ||
		strcmp(w->low + n - 4, "ment") == 0) &&
	       !HAS(none, w->low);
}

/* Several of a kind: registers, timers. A single signal never is. */
bool graph_word_is_many(const struct graph_word *w)
{
	static const char *const none[] = { "access",	"address", "always", "bus",
					    "progress", "process", "status", "bits",
					    "bytes",	"words",   "cycles", "clocks" };
	size_t n = strlen(w->low);

	return n > 3 && w->low[n - 1] == 's' && w->low[n - 2] != 's' && w->low[n - 2] != 'u' &&
	       w->low[n - 2] != 'i' && !HAS(none, w->low);
}

/* A timer is a part, a time is not. */
static bool is_doer(const char *word)
{
	size_t n = strlen(word);

	n -= n && word[n - 1] == 's';
	return n > 2 && word[n - 1] == 'r' && (word[n - 2] == 'e' || word[n - 2] == 'o');
}

bool graph_word_is_part(const struct graph_word *w)
{
	if (graph_word_is_agent(w) || is_activity(w))
		return true;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if ((!is_doer(parts[i]) || is_doer(w->low)) &&
		    graph_fit_prose(slice_of(parts[i]), w) >= PART)
			return true;
	return false;
}

/* Words for things whose value is a number. */
bool graph_word_is_value(const struct graph_word *w)
{
	static const char *const values[] = {
		"addr",	  "address", "base",	"bits",	    "code",  "count",	 "counter",
		"data",	  "id",	     "index",	"length",   "level", "memory",	 "number",
		"offset", "pid",     "pointer", "position", "rate",  "register", "result",
		"size",	  "speed",   "state",	"sum",	    "table", "tag",	 "threshold",
		"time",	  "timer",   "type",	"value",    "width"
	};

	return HAS(values, w->low);
}

bool graph_word_is_queue(const struct graph_word *w)
{
	static const char *const queues[] = { "buffer", "fifo", "queue" };

	return HAS(queues, w->low);
}
