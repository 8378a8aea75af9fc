/* Abbreviations in signal names, and parsing of questions. */
#include "config.h"

#include "session/graph/graph_words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/text/slice.h"

/* Sorted by abbreviation. */
static const struct {
	char abbreviated[GRAPH_BRIEF_MAX + 1];
	const char *full;
} known[] = {
	{ "acc", "accumulator" },   { "ack", "acknowledge" }, { "addr", "address" },
	{ "adr", "address" },	    { "amt", "amount" },      { "ar", "read" },
	{ "arb", "arbiter" },	    { "avg", "average" },     { "aw", "write" },
	{ "baud", "baudrate" },	    { "bcd", "decimal" },     { "bd", "descriptor" },
	{ "br", "branch" },	    { "buf", "buffer" },      { "byp", "bypass" },
	{ "cfg", "configuration" }, { "clk", "clock" },	      { "clr", "clear" },
	{ "cmd", "command" },	    { "cmp", "compare" },     { "cnt", "counter" },
	{ "coef", "coefficient" },  { "col", "column" },      { "cond", "condition" },
	{ "cs", "select" },	    { "ctl", "control" },     { "ctrl", "control" },
	{ "ctx", "context" },	    { "cur", "current" },     { "dat", "data" },
	{ "dbg", "debug" },	    { "dec", "decoder" },     { "dest", "destination" },
	{ "din", "input" },	    { "div", "divider" },     { "dly", "delay" },
	{ "dout", "output" },	    { "dst", "destination" }, { "dwn", "down" },
	{ "en", "enable" },	    { "enc", "encoder" },     { "enet", "ethernet" },
	{ "eq", "equal" },	    { "err", "error" },	      { "eth", "ethernet" },
	{ "ex", "execute" },	    { "exc", "exception" },   { "fmt", "format" },
	{ "frm", "frame" },	    { "ge", "greater" },      { "gnt", "grant" },
	{ "gt", "greater" },	    { "hdr", "header" },      { "idx", "index" },
	{ "in", "input" },	    { "inc", "increment" },   { "init", "initial" },
	{ "insn", "instruction" },  { "int", "interrupt" },   { "intr", "interrupt" },
	{ "invl", "invalidate" },   { "irq", "interrupt" },   { "ld", "load" },
	{ "len", "length" },	    { "lt", "less" },	      { "lvl", "level" },
	{ "mac", "mac" },	    { "max", "maximum" },     { "mem", "memory" },
	{ "mgmt", "management" },   { "min", "minimum" },     { "msg", "message" },
	{ "msk", "mask" },	    { "mul", "multiplier" },  { "mux", "multiplexer" },
	{ "nib", "nibble" },	    { "ns", "nanosecond" },   { "num", "number" },
	{ "nxt", "next" },	    { "op", "operation" },    { "out", "output" },
	{ "ovf", "overflow" },	    { "per", "period" },      { "pkt", "packet" },
	{ "pos", "position" },	    { "prev", "previous" },   { "ptr", "pointer" },
	{ "pwm", "modulator" },	    { "ram", "memory" },      { "rd", "read" },
	{ "rdy", "ready" },	    { "recv", "receive" },    { "reg", "register" },
	{ "req", "request" },	    { "res", "result" },      { "rsp", "response" },
	{ "rst", "reset" },	    { "rx", "receive" },      { "sel", "select" },
	{ "seq", "sequence" },	    { "sgn", "sign" },	      { "sh", "shift" },
	{ "sig", "signal" },	    { "src", "source" },      { "st", "state" },
	{ "sta", "status" },	    { "stb", "strobe" },      { "sum", "total" },
	{ "sync", "synchronizer" }, { "tbl", "table" },	      { "temp", "temperature" },
	{ "tgt", "target" },	    { "thd", "thread" },      { "thr", "threshold" },
	{ "tmr", "timer" },	    { "tx", "transmit" },     { "udf", "underflow" },
	{ "val", "valid" },	    { "vld", "valid" },	      { "wb", "wishbone" },
	{ "wdog", "watchdog" },	    { "wr", "write" },	      { "xbar", "crossbar" },
	{ "xfer", "transfer" },
};

/* Called for each part of each name in a design; the first letter rules out most entries. */
const char *graph_full(const char *part, size_t n)
{
	for (size_t i = 0; n && n <= GRAPH_BRIEF_MAX && i < sizeof(known) / sizeof(*known); i++) {
		const char *brief = known[i].abbreviated;

		if (brief[0] > part[0])
			break;
		if (brief[0] == part[0] && memcmp(brief, part, n) == 0 && brief[n] == '\0')
			return known[i].full;
	}
	return NULL;
}

void graph_briefs(const char *word, const char **out, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known) && n + 1 < max; i++)
		if (strcmp(known[i].full, word) == 0 ||
		    graph_is_form(word, strlen(word), known[i].full))
			out[n++] = known[i].abbreviated;
	out[n] = NULL;
}

static void add_part(const char *p, size_t n, struct str *out)
{
	const char *full;

	if (n == 0)
		return;
	if (out->len)
		str_addc(out, ' ');
	for (size_t i = 0; i < n; i++)
		str_addc(out, (char)tolower((unsigned char)p[i]));
	full = graph_full(out->data + out->len - n, n);
	if (full)
		str_addf(out, " %s", full);
}

/* True in "wrPtr" and "IFGCounter", but not in "TxDs": a single capital before
 * another is not a word. */
bool graph_hump(const char *name, size_t i, size_t n)
{
	const unsigned char *p = (const unsigned char *)name + i;

	if (!isupper(p[0]))
		return false;
	return islower(p[-1]) || (i > 1 && isupper(p[-1]) && isupper(p[-2]) && i + 2 < n &&
				  islower(p[1]) && islower(p[2]));
}

void graph_parts(const char *name, struct str *out)
{
	const char *from = name, *p = name;
	size_t n = strlen(name);

	for (; *p; p++) {
		bool letter = isalnum((unsigned char)*p) || (*p & 0x80);
		bool hump = p > from && graph_hump(name, (size_t)(p - name), n);

		if (hump || !letter) {
			add_part(from, (size_t)(p - from), out);
			from = letter ? p : p + 1;
		}
	}
	add_part(from, (size_t)(p - from), out);
}

void graph_match(const char *name, size_t least, size_t most, struct str *out)
{
	struct str parts = STR_INIT;
	char *save = NULL;

	graph_parts(name, &parts);
	for (char *p = parts.data ? strtok_r(parts.data, " ", &save) : NULL;
	     p && str_count(str_cstr(out), '"') / 2 < most; p = strtok_r(NULL, " ", &save)) {
		char *quoted = str_fmt("\"%s\"", p);

		if (strlen(p) >= least && !strstr(str_cstr(out), quoted))
			str_addf(out, "%s%s", out->len ? " OR " : "", quoted);
		free(quoted);
	}
	str_free(&parts);
}

/* Questions ------------------------------------------------------------------------------- */

static const char *const idle[] = {
	"a",	   "an",	"and",	   "are",      "at",	      "by",	   "code",
	"do",	   "does",	"find",	   "for",      "from",	      "get",	   "gets",
	"how",	   "i",		"in",	   "is",       "it",	      "its",	   "line",
	"me",	   "of",	"on",	   "place",    "show",	      "that",	   "the",
	"this",	   "to",	"what",	   "when",     "where",	      "which",	   "who",
	"with",	   "whose",	"here",	   "there",    "be",	      "being",	   "says",
	"tells",   "holds",	"keeps",   "contains", "means",	      "indicates", "whether",
	"if",	   "has",	"have",	   "been",     "so",	      "far",	   "made",
	"handled", "performed", "happens", "located",  "implemented", "declared",  "defined",
	"was",	   "were",	"will",	   "would",    "can",	      "could",	   "must",
	"not",	   "yet",	"as",	   "into",     "our",	      "their",	   "these",
	"those",   "found",	"any",	   "they",     "than",	      "between",   "during",
	"while"
};
static const char *const driven[] = {
	"driven",  "drives", "drive",	    "driver",	   "drivers",  "assigned", "assigns",
	"written", "writes", "set",	    "sets",	   "computed", "produced", "computes",
	"feeds",   "fed",    "incremented", "decremented", "updated",  "comes",	   "come"
};
static const char *const loaded[] = { "loaded", "loads",  "load",    "used",	"uses",
				      "reads",	"reader", "readers", "consumed" };
static const char *const reset[] = { "reset",  "resets",      "cleared",
				     "clears", "initialised", "initialized" };
static const char *const modules[] = { "module", "modules" };
/* Verbs for what a module does, without naming it. */
static const char *const acts[] = {
	"accepts",     "adds",	       "aligns",     "appends",	   "arbitrates",   "assembles",
	"bridges",     "buffers",      "calculates", "checks",	   "chooses",	   "collects",
	"combines",    "compares",     "compresses", "computes",   "connects",	   "contains",
	"controls",    "converts",     "corrects",   "counts",	   "debounces",	   "decides",
	"decodes",     "decompresses", "delays",     "detects",	   "discards",	   "dispatches",
	"divides",     "drops",	       "emulates",   "encodes",	   "evicts",	   "executes",
	"expands",     "extracts",     "fetches",    "filters",	   "forwards",	   "gates",
	"generates",   "halts",	       "handles",    "implements", "inserts",	   "instantiates",
	"issues",      "keeps",	       "limits",     "maps",	   "merges",	   "monitors",
	"multiplexes", "multiplies",   "normalizes", "packs",	   "pads",	   "parses",
	"performs",    "predicts",     "prefetches", "prepends",   "protects",	   "provides",
	"queues",      "receives",     "recovers",   "rejects",	   "removes",	   "resolves",
	"retires",     "rotates",      "rounds",     "routes",	   "schedules",	   "selects",
	"sends",       "serializes",   "shifts",     "simulates",  "snoops",	   "splits",
	"stores",      "strips",       "subtracts",  "switches",   "synchronizes", "traces",
	"tracks",      "translates",   "transmits",  "truncates",  "turns",	   "unpacks",
	"validates",   "verifies",     "watches",    "wraps",
};
/* These leave nothing to search for. */
static const char *const plain_acts[] = { "contains", "handles",  "implements", "keeps",
					  "performs", "provides", "turns" };
/* After one of these, the word before it is the one asked for. */
static const char *const behind[] = { "that", "which", "of", "in", "for", "with", "to", "at" };
/* These also begin a description of it. */
static const char *const beyond[] = { "between", "by",	   "for",     "with",	 "while", "when",
				      "during",	 "over",   "via",     "through", "after", "before",
				      "against", "behind", "without", "until",	 "from",  "at",
				      "on",	 "into",   "across",  "whose",	 "where" };
static const char *const relative[] = { "which", "that", "whose" };
/* "where are interrupts handled" */
static const char *const passive[] = { "handled", "performed", "implemented" };
static const char *const instances[] = { "instance",	 "instances",	"instantiated",
					 "instantiates", "instantiate", "instantiation" };
static const char *const signals[] = { "signal", "signals", "wire", "wires" };

#define HAS(list, word) has(list, sizeof(list) / sizeof(*(list)), word)

static bool has(const char *const *list, size_t n, struct slice word)
{
	for (size_t i = 0; i < n; i++)
		if (slice_is_nocase(word, list[i]))
			return true;
	return false;
}

/* Things that can have a kind: "read pointer" does not ask for a reader of a pointer. */
static const char *const sides[] = { "pointer", "pointers", "ptr",	"address", "addresses",
				     "addr",	"data",	    "enable",	"port",	   "side",
				     "index",	"request",  "channel",	"strobe",  "clock",
				     "count",	"valid",    "response", "burst",   "bus",
				     "store" };

/* Words that ask, but also occur in names. */
static const char *const nouns[] = { "load",  "reset",	"set",	   "read",   "used",
				     "drive", "driver", "drivers", "reader", "readers",
				     "reads", "writes", "sets" };
/* With one of these the text is certainly a question. */
static const char *const verbs[] = { "who", "what", "where", "which", "how", "when",
				     "is",  "are",  "does",  "do",    "get", "gets" };

/* After one of these comes the name of a thing. */
static const char *const before_noun[] = { "a", "an", "the", "of", "to", "for", "from", "earlier" };
/* "trains a counter": the first word is what a module does. */
static const char *const before_object[] = { "a",    "an", "the",   "its",  "our", "whether",
					     "what", "if", "which", "when", "all", "each" };
/* A question that begins with one of these is answered yes or no, by a flag. */
static const char *const polar[] = { "is", "are", "was", "were", "can", "does",
				     "do", "did", "has", "have", "may", "whether" };
/* "how many": what follows is counted. */
static const char *const amounts[] = { "many", "much", "often", "long", "far" };
static const char *const copulas[] = { "is", "are", "was", "were", "will", "would", "can" };
static const char *const questions[] = { "what", "which", "who", "where", "how", "when", "that" };

/* A word of a question and its context. */
struct spoken {
	struct slice w;
	bool first, last;
	struct slice previous, next; /* no bytes: none */
	bool beside;		     /* it forms one term with the next word */
	bool verb;		     /* the question contains one of verbs */
	bool who;		     /* "who" is the first word */
	bool many;		     /* it has at least SENTENCE words */
	bool asks_first;	     /* so is any of these */
	bool where;		     /* the question contains "where" */
	bool head;		     /* what follows only describes it */
	bool around;		     /* "of" or "in" came before */
	bool clause;		     /* so did "which" or "that", after a noun */
};

/* Sets *ask to what the word asks for. "reset" and "read" ask only as the first or
 * the last word: "the reset counter", "where is q reset". */
static bool asking(const struct spoken *s, enum graph_ask *ask)
{
	bool end = s->first || s->last;

	if (s->clause && !HAS(relative, s->previous))
		return false;
	if ((HAS(nouns, s->w) || slice_is_nocase(s->w, "loads")) && !s->verb &&
	    HAS(before_noun, s->previous))
		return false;
	if (s->first && slice_is_nocase(s->next, "and"))
		return false;
	if (HAS(driven, s->w))
		*ask = GRAPH_ASK_DRIVEN;
	else if (HAS(loaded, s->w) && !(s->beside && slice_is_nocase(s->w, "load")))
		*ask = GRAPH_ASK_LOADS;
	else if (((s->first && !s->beside) || s->last) && slice_is_nocase(s->w, "read"))
		*ask = GRAPH_ASK_LOADS;
	else if ((end || s->who) && HAS(reset, s->w))
		*ask = GRAPH_ASK_RESET;
	else
		return false;
	return s->verb || end || !HAS(nouns, s->w);
}

static void add_term(struct graph_question *q, struct slice w)
{
	strv_addn(&q->nouns, w.p, w.n);
	if (q->terms.n < GRAPH_TERMS_MAX)
		strv_addn(&q->terms, w.p, w.n);
	else
		q->cut = true;
}

/* In front of a sentence they say what a module does: "writes records to the host". */
static const char *const driving[] = { "drives", "writes", "sets", "feeds", "computes" };

/* A noun follows these endings, or none at all: "threads blocked", "cycles left". */
static bool is_described(struct slice next)
{
	const char *end = next.p + next.n;

	return next.n < 3 || HAS(idle, next) || HAS(copulas, next) ||
	       slice_is_nocase(next, "left") ||
	       (next.n > 3 && end[-2] == 'e' && (end[-1] == 'd' || end[-1] == 'n')) ||
	       (next.n > 4 && memcmp(end - 3, "ing", 3) == 0);
}

/* "simulates the latency", "tracks instructions", "talks to the phy": a word in -s at the
 * beginning, unless what follows describes it. */
static bool is_act(const struct spoken *s)
{
	const char *end = s->w.p + s->w.n;

	if (HAS(acts, s->w))
		return true;
	if (s->first && s->many && (HAS(driving, s->w) || slice_is_nocase(s->w, "reads")))
		return true;
	if (!s->first || s->w.n < 5 || end[-1] != 's' || strchr("suic", end[-2]) ||
	    HAS(driven, s->w) || HAS(loaded, s->w) || HAS(reset, s->w) || HAS(nouns, s->w))
		return false;
	return HAS(before_object, s->next) || slice_is_nocase(s->next, "to") ||
	       !is_described(s->next);
}

/* Questions that only a signal answers: a number of things, yes or no. */
static void hear(struct graph_question *q, const struct spoken *s)
{
	if (q->acts)
		return;
	if (HAS(amounts, s->w) && slice_is_nocase(s->previous, "how")) {
		q->wants_signal = true;
		q->counts = slice_is_nocase(s->w, "many") || slice_is_nocase(s->w, "often");
	} else if (s->first ? HAS(polar, s->w)
			    : q->terms.n && !s->asks_first && HAS(copulas, s->w) &&
				      !HAS(questions, s->previous)) {
		q->wants_signal = true;
	}
}

/* "keeps the time between frames", "tells software about events": what a module does. */
static bool is_told(const struct spoken *s)
{
	return s->w.n > 3 && s->w.p[s->w.n - 1] == 's' && s->w.p[s->w.n - 2] != 's' &&
	       (HAS(before_object, s->next) || !is_described(s->next));
}

/* "operand a", "timer a is stopped": an article has its noun behind it. */
static bool is_letter(const struct spoken *s)
{
	return !s->first && slice_is_nocase(s->w, "a") &&
	       (!s->next.n || HAS(copulas, s->next) || HAS(behind, s->next) ||
		HAS(beyond, s->next) || slice_is_nocase(s->next, "and"));
}

/* Takes verbs for what a module does, and words that mean nothing here. False: the word is
 * neither. */
static bool take_act(struct graph_question *q, const struct spoken *s)
{
	if (s->first && slice_is_nocase(s->w, "keeps") && slice_is_nocase(s->next, "track")) {
		q->acts = true;
		return true;
	}
	if (slice_is_nocase(s->w, "track") && slice_is_nocase(s->previous, "keeps"))
		return true;
	if (HAS(amounts, s->w) && slice_is_nocase(s->previous, "how"))
		return true;
	if (s->last && q->nouns.n && HAS(passive, s->w))
		q->acts = true;
	if (s->first && s->many && HAS(idle, s->w) && !HAS(polar, s->w) && is_told(s)) {
		q->acts = true;
		return true;
	}
	if ((HAS(idle, s->w) && !is_letter(s)) ||
	    (s->where && s->last && slice_is_nocase(s->w, "done")))
		return true;
	if (is_act(s) && !s->around && (q->wants_module || !q->nouns.n) &&
	    !(s->first && s->beside)) {
		q->acts = true;
		if (!HAS(plain_acts, s->w)) {
			q->act = q->terms.n;
			add_term(q, s->w);
		}
		return true;
	}
	return false;
}

static void take_word(struct graph_question *q, const struct spoken *s)
{
	enum graph_ask ask;

	hear(q, s);
	if (take_act(q, s))
		return;
	if (HAS(reset, s->w) && q->terms.n && slice_is_nocase(s->previous, "that")) {
		if (q->act >= GRAPH_TERMS_MAX)
			q->act = q->terms.n;
		add_term(q, s->w);
	} else if (!q->asks && asking(s, &ask)) {
		q->ask = ask;
		q->asks = q->wants_signal = true;
		q->maybe = !s->verb && HAS(nouns, s->w);
		q->maybe_last = s->last && !HAS(reset, s->w);
		strv_addn(&q->nouns, s->w.p, s->w.n);
	} else if (HAS(modules, s->w)) {
		q->wants_module |= !s->around;
	} else if (slice_is_nocase(s->w, "unit")) {
		q->wants_module |= s->head && !s->around;
		add_term(q, s->w);
	} else if (HAS(instances, s->w)) {
		q->wants_instances = true;
	} else if (HAS(signals, s->w)) {
		q->wants_signal |= !s->around;
	} else {
		add_term(q, s->w);
	}
}

struct slice graph_bare(struct slice w)
{
	static const char marks[] = "?!,;:\"'`()";

	while (w.n && strchr(marks, w.p[0]))
		w = slice_from(w, 1);
	while (w.n && (strchr(marks, w.p[w.n - 1]) || w.p[w.n - 1] == '.'))
		w.n--;
	return w;
}

static struct slice next_word(struct slice rest)
{
	return graph_bare(slice_token(&rest));
}

static bool has_verb(struct slice rest)
{
	while (!slice_blank(rest))
		if (HAS(verbs, graph_bare(slice_token(&rest))))
			return true;
	return false;
}

#define SENTENCE 4u

static size_t words_in(struct slice rest)
{
	size_t n = 0;

	for (; !slice_blank(rest); n++)
		slice_token(&rest);
	return n;
}

/* Drops words for the block itself in "which always block writes q", because they are
 * not part of a name. */
static void drop_blocks(struct graph_question *q, size_t before)
{
	static const char *const words[] = { "always",	     "always_ff",  "always_comb",
					     "always_latch", "block",	   "blocks",
					     "process",	     "processes",  "statement",
					     "statements",   "assignment", "assignments" };
	for (size_t i = before; i-- > 0;) {
		if (!HAS(words, slice_of(q->terms.v[i])))
			continue;
		strv_drop(&q->terms, i);
		q->within -= q->within > (int)i;
		q->around -= q->around < GRAPH_TERMS_MAX && q->around > i;
	}
}

/* The part of the question behind "in", "of" or a relative word narrows the search. before:
 * number of terms before this word; inside: it follows "in" or "of". */
static void narrow(struct graph_question *q, const struct spoken *s, size_t before, bool inside)
{
	if (inside && q->terms.n > before) {
		q->within = (int)before;
		if (before && q->around > before) {
			q->around = before;
			q->nouns_around = q->nouns.n - 1;
		}
	}
	if ((HAS(beyond, s->w) || HAS(relative, s->w)) && before && q->around > before)
		q->around = before;
}

static struct spoken begin(struct slice text)
{
	struct slice first = next_word(text);

	return (struct spoken){ .first = true,
				.verb = has_verb(text),
				.many = words_in(text) >= SENTENCE,
				.who = slice_is_nocase(first, "who"),
				.asks_first = HAS(questions, first),
				.where = slice_is_nocase(first, "where") };
}

void graph_question_read(struct graph_question *q, const char *text)
{
	struct slice rest = slice_trim(slice_of(text));
	struct spoken s;
	size_t subject = 0; /* number of terms before the asking word */
	bool inside = false;

	*q = (struct graph_question){ .within = -1,
				      .around = GRAPH_TERMS_MAX,
				      .act = GRAPH_TERMS_MAX,
				      .nouns_around = GRAPH_TERMS_MAX };
	if (rest.n > GRAPH_ASKED_MAX)
		rest.n = GRAPH_ASKED_MAX;
	s = begin(rest);
	for (bool first = true; !slice_blank(rest); first = false) {
		size_t before = q->terms.n;

		s.previous = s.w;
		s.w = graph_bare(slice_token(&rest));
		s.next = next_word(rest);
		s.around = inside || q->around < GRAPH_TERMS_MAX;
		s.first = first && !slice_blank(rest);
		s.last = !first && slice_blank(rest);
		s.beside = HAS(sides, s.next);
		s.head = slice_blank(rest) || HAS(behind, s.next);
		if (s.w.n)
			take_word(q, &s);
		if (!q->asks)
			subject = q->terms.n;
		narrow(q, &s, before, inside);
		s.clause |= HAS(relative, s.w) && before;
		inside = slice_is_nocase(s.w, "of") || slice_is_nocase(s.w, "in") ||
			 (inside && q->terms.n == before);
	}
	if (q->counts && q->terms.n && q->act >= GRAPH_TERMS_MAX && !q->acts) {
		q->act = q->terms.n;
		add_term(q, slice_of("count"));
	}
	if (q->asks)
		q->wants_module = false;
	if (q->asks && s.verb)
		drop_blocks(q, subject);
}

void graph_question_fini(struct graph_question *q)
{
	strv_free(&q->terms);
	strv_free(&q->nouns);
	*q = (struct graph_question){ 0 };
}

/* Edit distance --------------------------------------------------------------------------- */

#define DISTANCE_LEN 64u

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned graph_distance(const char *a, const char *b, unsigned most)
{
	size_t m = strlen(a), n = strlen(b);
	unsigned row[3][DISTANCE_LEN + 1] = { { 0 } };

	if (m > DISTANCE_LEN || n > DISTANCE_LEN || (m > n ? m - n : n - m) > most)
		return most + 1;
	for (size_t k = 0; k <= n; k++)
		row[0][k] = (unsigned)k;
	for (size_t i = 1; i <= m; i++) {
		unsigned *now = row[i % 3], *up = row[(i + 2) % 3], *two = row[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t k = 1; k <= n; k++) {
			bool same = tolower((unsigned char)a[i - 1]) ==
				    tolower((unsigned char)b[k - 1]);

			now[k] = least(least(up[k], now[k - 1]) + 1, up[k - 1] + !same);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
				now[k] = least(now[k], two[k - 2] + 1);
		}
	}
	return least(row[m % 3][n], most + 1);
}
