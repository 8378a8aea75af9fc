/* Words that mean the same in a design and do not abbreviate each other. A word may be
 * in several rows; rows contain what is common to designs in general.
 */
#include "config.h"

#include "session/graph/graph_words.h"

#include <string.h>

#define ROW_MAX 7u /* words of a row, and NULL */

static const char *const senses[][ROW_MAX] = {
	{ "active", "busy", "running" },
	{ "add", "append", "attach", "insert", "prepend" },
	{ "address", "location" },
	{ "allow", "permit", "grant" },
	{ "almost", "nearly", "near" },
	{ "begin", "start" },
	{ "branch", "jump" },
	{ "cancel", "abort", "kill", "flush", "squash" },
	{ "change", "modify", "alter" },
	{ "checksum", "crc", "fcs" },
	{ "choose", "pick", "select" },
	{ "colour", "color", "rgb" },
	{ "complete", "done", "finish" },
	{ "configuration", "setting", "setup" },
	{ "convert", "converter", "bridge", "adapter", "adaptor" },
	{ "copy", "duplicate", "mirror" },
	{ "count", "counter", "number", "amount" },
	{ "decode", "interpret", "parse" },
	{ "discard", "drop", "remove", "delete", "strip", "take" },
	{ "divide", "divider", "division" },
	{ "duration", "period", "time" },
	{ "evict", "victim", "replace", "replacement" },
	{ "exceed", "overflow" },
	{ "exception", "fault", "trap" },
	{ "expire", "timeout" },
	{ "fast", "quick" },
	{ "fill", "level", "occupancy" },
	{ "first", "head", "front" },
	{ "frame", "packet" },
	{ "free", "available", "vacant" },
	{ "high", "upper" },
	{ "hit", "match", "ok" },
	{ "hold", "stall", "wait" },
	{ "incoming", "receive" },
	{ "last", "previous", "prior", "old" },
	{ "left", "remaining" },
	{ "length", "size", "width" },
	{ "limit", "maximum" },
	{ "low", "lower" },
	{ "memory", "ram", "sram" },
	{ "multiplication", "multiplier", "multiply" },
	{ "outgoing", "transmit" },
	{ "outstanding", "pending", "waiting" },
	{ "partial", "incomplete" },
	{ "queue", "fifo" },
	{ "random", "lfsr" },
	{ "rate", "speed", "frequency" },
	{ "repeat", "replay" },
	{ "retire", "commit" },
	{ "retry", "attempt" },
	{ "sender", "send", "transmit", "transmitter" },
	{ "slave", "target" },
	{ "small", "mini", "lite", "tiny" },
	{ "stop", "halt", "pause", "freeze" },
	{ "switch", "toggle" },
	{ "table", "map" },
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
