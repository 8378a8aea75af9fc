/* Words that mean the same in a design and do not abbreviate each other. A word may be
 * in several rows; rows contain what is common to designs in general.
 */
#include "config.h"

#include "session/graph/graph_words.h"

#include <string.h>

#define ROW_MAX 9u /* words of a row, and NULL */

static const char *const senses[][ROW_MAX] = {
	{ "active", "busy", "running" },
	{ "add", "append", "attach", "insert", "prepend" },
	{ "address", "location" },
	{ "allow", "permit", "grant" },
	{ "almost", "nearly", "near" },
	{ "answer", "response", "reply", "acknowledge", "ack", "resp", "rsp" },
	{ "begin", "start" },
	{ "big", "large", "long", "max" },
	{ "branch", "jump" },
	{ "byte", "octet", "character", "char" },
	{ "cancel", "abort", "kill", "flush", "squash", "clear" },
	{ "change", "modify", "alter" },
	{ "check", "verify", "validate", "test" },
	{ "checksum", "crc", "fcs" },
	{ "choose", "pick", "select" },
	{ "clock", "clk", "tick", "cycle" },
	{ "colour", "color", "rgb" },
	{ "complete", "done", "finish" },
	{ "configuration", "setting", "setup" },
	{ "connect", "link", "bus", "interconnect" },
	{ "convert", "converter", "bridge", "adapter", "adaptor" },
	{ "copy", "duplicate", "mirror" },
	{ "count", "counter", "number", "amount" },
	{ "crossbar", "interconnect", "switch", "xbar" },
	{ "current", "actual", "present" },
	{ "cut", "truncate", "trim" },
	{ "decode", "interpret", "parse" },
	{ "delay", "latency", "wait" },
	{ "depend", "dependency", "hazard", "dep" },
	{ "disable", "off", "inactive" },
	{ "discard", "drop", "remove", "delete", "strip", "take", "throw", "ignore" },
	{ "divide", "divider", "division" },
	{ "duration", "period", "time" },
	{ "enabled", "on", "active", "en", "enable" },
	{ "end", "last", "finish", "final", "stop" },
	{ "evict", "victim", "replace", "replacement" },
	{ "exceed", "overflow" },
	{ "exception", "fault", "trap" },
	{ "expand", "decompress", "extend" },
	{ "expire", "timeout" },
	{ "failed", "fail", "error", "down" },
	{ "fast", "quick" },
	{ "fill", "level", "occupancy" },
	{ "fire", "expire", "trigger", "match" },
	{ "first", "head", "front" },
	{ "flag", "bit" },
	{ "frame", "packet" },
	{ "free", "available", "vacant" },
	{ "gap", "interval", "ifg", "ipg", "spacing" },
	{ "goto", "jump", "target" },
	{ "greater", "larger", "gt", "more" },
	{ "high", "upper" },
	{ "hit", "match", "ok" },
	{ "hold", "stall", "wait" },
	{ "incoming", "receive" },
	{ "invert", "negate", "complement", "not" },
	{ "join", "merge", "combine" },
	{ "keep", "store", "save", "stored", "hold", "latch" },
	{ "kind", "type", "class" },
	{ "last", "previous", "prior", "old" },
	{ "left", "remaining" },
	{ "length", "size", "width" },
	{ "less", "smaller", "lt", "lower" },
	{ "limit", "maximum" },
	{ "line", "block", "row" },
	{ "list", "table", "array" },
	{ "low", "lower" },
	{ "memory", "ram", "sram" },
	{ "mix", "multiplexer", "mux", "select" },
	{ "mode", "state" },
	{ "multiplication", "multiplier", "multiply" },
	{ "number", "index", "id", "identifier" },
	{ "outgoing", "transmit" },
	{ "outstanding", "pending", "waiting" },
	{ "owner", "master", "holder" },
	{ "partial", "incomplete" },
	{ "permission", "allowed", "grant", "perm", "legal" },
	{ "place", "entry", "slot", "position", "index", "location" },
	{ "predict", "guess", "prediction", "speculative", "expect" },
	{ "queue", "fifo" },
	{ "random", "lfsr" },
	{ "rate", "speed", "frequency" },
	{ "reason", "cause" },
	{ "refuse", "reject", "deny" },
	{ "remember", "latch", "save", "store" },
	{ "repeat", "replay" },
	{ "request", "req", "demand", "ask" },
	{ "retire", "commit" },
	{ "retry", "attempt" },
	{ "same", "equal", "eq", "identical" },
	{ "sender", "send", "transmit", "transmitter" },
	{ "share", "arbiter", "arbitrate", "mux" },
	{ "short", "compressed", "small" },
	{ "shorten", "truncate" },
	{ "sign", "signed" },
	{ "slave", "target" },
	{ "sleep", "idle", "suspend", "standby" },
	{ "small", "mini", "lite", "tiny" },
	{ "sort", "order" },
	{ "speculate", "speculative", "spec" },
	{ "split", "demux", "distribute", "splitter" },
	{ "start", "init", "begin", "go", "launch" },
	{ "stop", "halt", "pause", "freeze" },
	{ "sum", "accumulate", "accumulator", "acc", "total" },
	{ "suppress", "mask", "block", "inhibit" },
	{ "switch", "toggle" },
	{ "table", "map" },
	{ "turn", "rotate" },
	{ "unaligned", "misaligned", "misalign" },
	{ "wake", "resume", "wakeup" },
	{ "walk", "ptw", "walker" },
	{ "watch", "monitor", "observe", "snoop" },
	{ "wrong", "bad", "error", "illegal", "invalid" },
};

static bool is_of(const char *const *words, const char *word)
{
	for (; *words; words++)
		if (strcmp(*words, word) == 0 || graph_is_form(word, strlen(word), *words))
			return true;
	return false;
}

void graph_senses(const char *word, const char **out)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(senses) / sizeof(*senses); i++) {
		if (!is_of(senses[i], word))
			continue;
		for (const char *const *w = senses[i]; *w && n < GRAPH_ALIKE_MAX; w++)
			if (strcmp(*w, word) != 0)
				out[n++] = *w;
	}
	out[n] = NULL;
}

/* Forms of a word ------------------------------------------------------------------------ */

/* Endings after a common beginning of at least so many letters. */
static const struct {
	const char *ending;
	size_t least;
} endings[] = {
	{ "", 4 },	{ "able", 5 },	 { "al", 6 },	{ "ance", 5 },	{ "ancy", 5 },
	{ "ant", 5 },	{ "ate", 5 },	 { "ated", 5 }, { "ates", 5 },	{ "ating", 5 },
	{ "ation", 4 }, { "ations", 4 }, { "ator", 5 }, { "d", 4 },	{ "de", 4 },
	{ "der", 4 },	{ "des", 4 },	 { "ding", 4 }, { "e", 4 },	{ "ed", 4 },
	{ "ence", 5 },	{ "encies", 5 }, { "ency", 5 }, { "ent", 5 },	{ "er", 4 },
	{ "ers", 4 },	{ "es", 4 },	 { "ies", 5 },	{ "ing", 4 },	{ "ion", 4 },
	{ "ions", 4 },	{ "ive", 5 },	 { "ly", 5 },	{ "ment", 4 },	{ "ments", 4 },
	{ "n", 4 },	{ "or", 4 },	 { "ors", 4 },	{ "ption", 4 }, { "r", 4 },
	{ "rs", 4 },	{ "s", 3 },	 { "sion", 4 }, { "ssion", 5 }, { "t", 7 },
	{ "y", 5 },
};

static bool is_ending(const char *s, size_t n, size_t common)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (strlen(endings[i].ending) == n && memcmp(endings[i].ending, s, n) == 0)
			return common >= endings[i].least;
	return false;
}

/* The common beginning may be cut within an ending: retir-e, retir-ement. */
bool graph_is_form(const char *p, size_t n, const char *word)
{
	size_t common = 0, len = strlen(word);

	while (common < n && common < len && p[common] == word[common])
		common++;
	for (size_t k = common; k >= 3 && k + 3 > common; k--)
		if (is_ending(p + k, n - k, k) && is_ending(word + k, len - k, k))
			return true;
	return false;
}
