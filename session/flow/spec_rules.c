/* Rules that find what a hardware spec leaves open.
 *
 * A row applies to requirements that contain one of its words in `when`. If none of
 * them contains one of `unless`, the rule asks. A usual default does not count as an
 * answer: the rules find what is missing, not what is wrong. The rows are the points
 * that, according to studies of faulty RTL from language models, the models filled in
 * by guessing: reset, width, latency, what happens at the end of a range.
 */
#include "config.h"

#include "session/flow/spec.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/utf8.h"

#define RESETS "reset|resets|rst|rst_*|arst|arst_*|nrst|rstn|resetn|reset_*"
#define LOWS                                                                                   \
	"active low|low active|low|rst_n|rst_ni|reset_n|arst_n|rstn|resetn|nrst|nreset|rst_b|" \
	"rst is 0|reset is 0|level 0"
#define HIGHS	 "active high|high active|high|rst is 1|reset is 1|reset = 1|level 1"
#define SYNCS	 "synchronous|synchronously|rising edge&rst*|rising edge&reset*"
#define ASYNCS	 "asynchronous|asynchronously"
#define NO_CLOCK "combinational|combinatorial|combinationally|purely combinational|no clock"

enum scope {
	OF_THOSE, /* unless counts only in requirements that match when */
	OF_ALL,	  /* unless counts anywhere */
};

struct rule {
	const char *name;
	const char *when;   /* NULL: always */
	const char *unless; /* NULL: nothing */
	enum scope scope;
	const char *what, *question;
	const char *options[6];
	const char *requirement;
};

static const struct rule rules[] = {
	{ "clock",
	  NULL,
	  "clk|clk_*|clock|clocks|clocked|" NO_CLOCK,
	  OF_ALL,
	  "no clock is named, and nothing says that there is none",
	  "Is the design clocked?",
	  { "by the rising edge of clk", "not at all: it is combinational" },
	  "The design is clocked ANSWER." },
	{ "reset",
	  NULL,
	  RESETS "|no reset|initial value*|power up|" NO_CLOCK,
	  OF_ALL,
	  "no reset is named, and nothing says how the design begins",
	  "How does the design get its first state?",
	  { "by a synchronous reset rst, at level 1", "by an asynchronous reset rst_n, at level 0",
	    "by initial values, without a reset" },
	  "The first state comes ANSWER." },
	{ "reset.polarity",
	  RESETS,
	  LOWS "|" HIGHS "|no reset",
	  OF_THOSE,
	  "a reset is named, but not its level",
	  "At which level does the reset act?",
	  { "level 1 (high)", "level 0 (low)" },
	  "The reset acts at ANSWER." },
	{ "reset.kind",
	  RESETS,
	  SYNCS "|" ASYNCS "|no reset",
	  OF_THOSE,
	  "a reset is named, but not whether it is synchronous",
	  "Is the reset synchronous or asynchronous?",
	  { "synchronous", "asynchronous",
	    "asynchronous when it begins, synchronous when it ends" },
	  "The reset is ANSWER." },
	{ "width",
	  "data|count|counter|counts|address|addresses|value|values|operand*|result|results|sum|"
	  "word|"
	  "words",
	  "# bit*|bit wide|bits wide|WIDTH bits|*WIDTH*|[#:#]|[* #:#]|single bit|one "
	  "bit|byte|bytes|"
	  "number of bits|N bit*|N bits|WIDTH bit*",
	  OF_ALL,
	  "values are named, but no width",
	  "How wide are the values?",
	  { "8 bits", "16 bits", "32 bits", "WIDTH bits, a parameter that is 8 at first" },
	  "The values have ANSWER." },
	{ "latency",
	  "output|outputs|result|results|valid|appears|returns|returned",
	  "cycle|cycles|registered|latency|immediately|same clock|rising edge*|clock "
	  "edge*|" NO_CLOCK,
	  OF_ALL,
	  "outputs are named, but not when they follow their inputs",
	  "How long after its inputs is a result at the output?",
	  { "in the same cycle, without a register", "one clock cycle, from a register",
	    "two clock cycles" },
	  "A result is at the output after its inputs: ANSWER." },
	{ "overflow",
	  "count|counts|counter|adds|adder|accumulat*|increment*|multipl*|subtract*|decrement*|sum|"
	  "sums",
	  "wrap|wraps|wrapping|overflow*|saturat*|carry|rolls over|roll over|modulo|mod|after the "
	  "largest*|truncat*|underflow*|full precision",
	  OF_ALL,
	  "something is counted or added, and nothing says what comes after the largest value",
	  "What happens beyond the largest value?",
	  { "it wraps around", "it stays at the largest value",
	    "it wraps around and sets an overflow "
	    "flag" },
	  "Beyond the largest value: ANSWER." },
	{ "full",
	  "fifo|queue|stack|full",
	  "write*&full|push*&full|enqueue*&full|writing&full|pushing&full",
	  OF_THOSE,
	  "something can be full, and nothing says what a write does then",
	  "What does a write do while it is full?",
	  { "nothing: it is ignored", "it overwrites the oldest entry", "it is never tried" },
	  "A write while it is full: ANSWER." },
	{ "empty",
	  "fifo|queue|stack|empty",
	  "read*&empty|pop*&empty|dequeue*&empty|popping&empty",
	  OF_THOSE,
	  "something can be empty, and nothing says what a read does then",
	  "What does a read do while it is empty?",
	  { "nothing: it is ignored, and the output holds", "the output is 0",
	    "it is never tried" },
	  "A read while it is empty: ANSWER." },
	{ "other",
	  "select|selects|opcode*|mode|modes|state machine|instruction*|decode*|decodes|encoding*",
	  "otherwise|default|else|undefined|illegal|reserved|unused|invalid|any other|all other*|"
	  "other value*|other opcode*|does not matter|don't care",
	  OF_ALL,
	  "values choose between cases, and nothing says what the others do",
	  "What do values do that the spec does not name?",
	  { "the output is 0", "the output holds its value", "they never come, and x is fine" },
	  "Values that are not named: ANSWER." },
};

#define QUOTED_MAX 120u /* bytes of a sentence in a question about it */

static const char vague[] =
	"appropriate|appropriately|as needed|as required|if "
	"needed|fast|quickly|soon|etc|and/or|some|"
	"several|should|usually|normally|if possible|TBD|TODO|reasonable|reasonably|sufficient|"
	"sufficiently|optimal|efficient|efficiently|may|might|approximately|about right|suitable|"
	"long|longer|short|shorter|slow|slowly|slower|faster|quick|normal|somehow|I think|maybe|"
	"probably|and so on";

void spec_opens_fini(struct spec_opens *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].what);
		free(o->v[i].question);
		free(o->v[i].requirement);
	}
	free(o->v);
	memset(o, 0, sizeof(*o));
}

/* Takes ownership of what, question and requirement. */
static void add(struct spec_opens *o, const char *rule, int line, char *what, char *question,
		const char *const *options, char *requirement)
{
	if (o->n == SPEC_OPEN_MAX) {
		free(what);
		free(question);
		free(requirement);
		return;
	}
	MEM_PUSH(o->v, o->n, o->cap,
		 (struct spec_open){ rule, line, what, question, options, requirement });
}

/* Finds the first requirement the rule applies to, and whether one in scope answers it. */
static void look(const struct spec *s, const struct rule *r, struct spec_opens *out)
{
	const struct spec_item *first = NULL;
	bool said = false;

	for (size_t i = 0; i < s->n; i++) {
		bool speaks = !r->when || spec_says(s->v[i].text, r->when, NULL);

		if (speaks && !first)
			first = &s->v[i];
		if (speaks || r->scope == OF_ALL)
			said |= spec_says(s->v[i].text, r->unless, NULL);
	}
	if (first && !said)
		add(out, r->name, r->when ? first->line : 0, mem_strdup(r->what),
		    mem_strdup(r->question), r->options, mem_strdup(r->requirement));
}

/* Finds two mutually exclusive statements about the reset. */
static void look_both(const struct spec *s, const char *name, const char *a, const char *b,
		      const char *question, const struct rule *like, struct spec_opens *out)
{
	const struct spec_item *one = NULL, *other = NULL;

	for (size_t i = 0; i < s->n; i++) {
		const struct spec_item *item = &s->v[i];

		if (!spec_says(item->text, RESETS, NULL))
			continue;
		if (!one && spec_says(item->text, a, NULL))
			one = item;
		if (!other && spec_says(item->text, b, NULL))
			other = item;
	}
	if (!one || !other)
		return;
	add(out, name, one->line > other->line ? one->line : other->line,
	    str_fmt("of the reset line %d says one thing and line %d another", one->line,
		    other->line),
	    mem_strdup(question), like->options, mem_strdup(like->requirement));
}

static const struct rule *rule_of(const char *name)
{
	const struct rule *r = rules;

	while (strcmp(r->name, name) != 0)
		r++;
	return r;
}

/* Blanks out phrases that are precise, though a word of them alone is not. */
static char *without_precise(const char *text)
{
	static const char *const precise[] = { "as long as", "no longer" };
	char *out = mem_strdup(text);

	for (size_t i = 0; i < sizeof(precise) / sizeof(*precise); i++)
		for (char *p = out; (p = strcasestr(p, precise[i]));)
			memset(p, ' ', strlen(precise[i]));
	return out;
}

static void look_vague(const struct spec_item *item, struct spec_opens *out)
{
	char *text = without_precise(item->text);
	const char *id = item->id[0] ? item->id : "the text";
	struct str word = STR_INIT;

	if (spec_says(text, vague, &word)) {
		size_t n = strlen(item->text);
		bool whole = n <= QUOTED_MAX;
		int quoted = (int)(whole ? n : utf8_valid_prefix(item->text, QUOTED_MAX));

		add(out, "word", item->line,
		    str_fmt("%s says \"%s\", which can be read in several ways", id,
			    str_cstr(&word)),
		    str_fmt("%s says \"%s\" (%.*s%s): what exactly is meant?", id, str_cstr(&word),
			    quoted, item->text, whole ? "" : "..."),
		    NULL,
		    item->id[0] ? str_fmt("Of %s, \"%s\" means: ANSWER.", id, str_cstr(&word))
				: str_fmt("\"%.*s%s\" means: ANSWER.", quoted, item->text,
					  whole ? "" : "..."));
	}
	free(text);
	str_free(&word);
}

static void look_numbers(const struct spec *s, struct spec_opens *out)
{
	static const char *const none[] = { NULL };

	if (s->n == 0 || spec_numbered(s) == 0)
		add(out, "numbers", 0, mem_strdup("it has no numbered requirements (R1, R2, ...)"),
		    mem_strdup(""), none, mem_strdup(""));
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].id[0] && spec_find(s, s->v[i].id) != &s->v[i])
			add(out, "numbers", s->v[i].line, str_fmt("%s is there twice", s->v[i].id),
			    mem_strdup(""), none, mem_strdup(""));
	if (s->full)
		add(out, "numbers", 0,
		    str_fmt("only its first %u requirements were read", SPEC_ITEMS_MAX),
		    mem_strdup(""), none, mem_strdup(""));
}

void spec_check(const struct spec *s, struct spec_opens *out)
{
	look_numbers(s, out);
	look_both(s, "reset.kind", SYNCS, ASYNCS, "Which of both is the reset?",
		  rule_of("reset.kind"), out);
	look_both(s, "reset.polarity", LOWS, HIGHS, "At which of both levels does the reset act?",
		  rule_of("reset.polarity"), out);
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		look(s, &rules[i], out);
	for (size_t i = 0; i < s->n; i++)
		look_vague(&s->v[i], out);
}
