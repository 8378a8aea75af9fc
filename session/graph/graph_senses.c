/* Words that mean the same in a design and do not abbreviate each other. A word may be
 * in several rows; rows contain what is common to designs in general.
 */
#include "config.h"

#include "session/graph/graph_words.h"

#include <string.h>

#define ROW_MAX	   9u /* words of a row, and NULL */
#define WORD_LEAST 5u /* letters; shorter words are abbreviations, too */

static const char *const senses[][ROW_MAX] = {
	{ "accept", "acknowledge", "ok", "grant", "take", "allow" },
	{ "access", "enter" },
	{ "active", "busy", "running" },
	{ "add", "append", "attach", "insert", "prepend" },
	{ "address", "location" },
	{ "again", "retry", "resend", "repeat" },
	{ "allow", "permit", "grant" },
	{ "almost", "nearly", "near" },
	{ "amplitude", "gain", "volume", "level" },
	{ "answer", "response", "reply", "acknowledge", "ack", "resp", "rsp" },
	{ "attach", "plug", "connect", "insert", "present" },
	{ "audio", "sound", "pcm" },
	{ "background", "bg" },
	{ "begin", "start" },
	{ "big", "large", "long", "max" },
	{ "blocked", "suspend", "stall", "halt", "sleep" },
	{ "bounce", "debounce", "glitch", "filter" },
	{ "branch", "jump" },
	{ "brightness", "intensity", "duty", "level" },
	{ "broken", "corrupt", "bad", "error" },
	{ "build", "make", "generate", "form", "assemble" },
	{ "button", "btn", "key", "push" },
	{ "bypass", "forward", "fwd" },
	{ "byte", "octet", "character", "char" },
	{ "cancel", "abort", "kill", "flush", "squash", "clear" },
	{ "capture", "record", "sample", "latch", "trace" },
	{ "carry", "cy" },
	{ "change", "modify", "alter" },
	{ "check", "verify", "validate", "test" },
	{ "checksum", "crc", "fcs" },
	{ "choose", "pick", "select" },
	{ "clip", "saturate", "limit", "clamp", "sat" },
	{ "clock", "clk", "tick", "cycle" },
	{ "colour", "color", "rgb" },
	{ "compare", "cmp", "match", "equal" },
	{ "complete", "done", "finish" },
	{ "compute", "calculate", "calc" },
	{ "configuration", "setting", "setup" },
	{ "connect", "link", "bus", "interconnect" },
	{ "convert", "converter", "bridge", "adapter", "adaptor" },
	{ "copy", "duplicate", "mirror" },
	{ "count", "counter", "number", "amount" },
	{ "crossbar", "interconnect", "switch", "xbar" },
	{ "current", "actual", "present" },
	{ "cut", "truncate", "trim" },
	{ "decode", "interpret", "parse" },
	{ "defer", "postpone", "wait", "delay" },
	{ "delay", "latency", "wait" },
	{ "depend", "dependency", "hazard", "dep" },
	{ "descriptor", "desc", "bd" },
	{ "detect", "det", "detector", "find", "see", "seen" },
	{ "device", "slave", "peripheral", "function" },
	{ "difference", "diff", "delta" },
	{ "digit", "segment", "seg", "bcd" },
	{ "direction", "dir", "rw" },
	{ "disable", "off", "inactive" },
	{ "discard", "drop", "remove", "delete", "strip", "take", "throw", "ignore" },
	{ "display", "video", "screen", "vga", "lcd" },
	{ "divide", "divider", "division" },
	{ "double", "dual", "twice", "two" },
	{ "draw", "paint", "render", "plot" },
	{ "duration", "period", "time" },
	{ "edge", "rise", "rising", "transition" },
	{ "eight", "8" },
	{ "enabled", "on", "active", "en", "enable" },
	{ "end", "last", "finish", "final", "stop" },
	{ "evict", "victim", "replace", "replacement" },
	{ "exceed", "overflow" },
	{ "exception", "fault", "trap" },
	{ "exclusive", "lock", "mutex", "reserve", "reservation" },
	{ "expand", "decompress", "extend" },
	{ "expire", "timeout" },
	{ "exponent", "exp" },
	{ "extract", "take", "get", "strip" },
	{ "failed", "fail", "error", "down" },
	{ "fast", "quick" },
	{ "fill", "level", "count" },
	{ "fill", "level", "occupancy" },
	{ "fill", "pad", "padding" },
	{ "fire", "expire", "trigger", "match" },
	{ "first", "0", "a", "1" },
	{ "first", "head", "front" },
	{ "five", "5" },
	{ "flag", "bit" },
	{ "forbid", "illegal", "deny", "violation" },
	{ "four", "4", "quad" },
	{ "fourth", "4", "d", "3" },
	{ "fraction", "mantissa", "significand", "frac" },
	{ "frame", "packet" },
	{ "free", "available", "vacant" },
	{ "gap", "interval", "ifg", "ipg", "spacing" },
	{ "gather", "collect", "assemble" },
	{ "get", "read", "take" },
	{ "goto", "jump", "target" },
	{ "greater", "larger", "gt", "more" },
	{ "hash", "digest" },
	{ "high", "upper" },
	{ "hit", "match", "ok" },
	{ "hold", "stall", "wait" },
	{ "horizontal", "h", "horz", "hor", "x" },
	{ "host", "master", "initiator", "requester" },
	{ "incoming", "receive" },
	{ "inside", "internal", "local" },
	{ "interval", "slot", "window", "slice" },
	{ "invert", "negate", "complement", "not" },
	{ "join", "merge", "combine", "multiplexer", "mux" },
	{ "jumbo", "oversize" },
	{ "keep", "store", "save", "stored", "hold", "latch" },
	{ "keyboard", "ps2", "key" },
	{ "kind", "type", "class" },
	{ "lamp", "light", "led" },
	{ "largest", "max", "mtu", "maximum", "longest" },
	{ "last", "previous", "prior", "old" },
	{ "left", "remaining" },
	{ "length", "size", "width" },
	{ "less", "smaller", "lt", "lower" },
	{ "limit", "maximum" },
	{ "limit", "throttle" },
	{ "line", "block", "row" },
	{ "list", "table", "array" },
	{ "log", "record", "trace" },
	{ "low", "lower" },
	{ "mantissa", "significand", "fraction" },
	{ "measure", "meter", "monitor", "measurement" },
	{ "memory", "ram", "sram" },
	{ "message", "frame", "packet" },
	{ "middle", "mid", "center" },
	{ "minimum", "smallest", "least", "min" },
	{ "mirror", "mirrored", "flip", "reverse" },
	{ "mix", "multiplexer", "mux", "select" },
	{ "mode", "state" },
	{ "moment", "point", "instant", "time" },
	{ "multiple", "several", "multi", "many" },
	{ "multiplication", "multiplier", "multiply" },
	{ "multiply", "product", "mul", "prod" },
	{ "narrow", "downsize", "reduce", "shrink" },
	{ "noise", "random", "lfsr" },
	{ "note", "tone", "pitch" },
	{ "number", "index", "id", "identifier" },
	{ "occupied", "used", "busy" },
	{ "often", "count", "times" },
	{ "operand", "op", "source", "src" },
	{ "outgoing", "transmit" },
	{ "outstanding", "pending", "waiting", "inflight", "flight", "unanswered" },
	{ "own", "hold", "grant", "owner" },
	{ "owner", "master", "holder" },
	{ "palette", "table", "lut", "clut" },
	{ "partial", "incomplete" },
	{ "pattern", "prbs", "sequence" },
	{ "pause", "xoff", "flow" },
	{ "periodic", "period", "repeat" },
	{ "permission", "allowed", "grant", "perm", "legal" },
	{ "picture", "image", "frame", "video" },
	{ "pipeline", "pipe", "stage" },
	{ "place", "entry", "slot", "position", "index", "location" },
	{ "position", "coordinate", "coord", "pos" },
	{ "predict", "guess", "prediction", "speculative", "expect" },
	{ "press", "push", "pressed" },
	{ "privilege", "priv" },
	{ "pulse", "strobe", "stb", "tick", "event" },
	{ "put", "insert", "write", "place" },
	{ "queue", "fifo" },
	{ "quiet", "silent", "idle", "inactive" },
	{ "quotient", "div", "quot" },
	{ "random", "lfsr" },
	{ "range", "window", "bound" },
	{ "rate", "speed", "frequency" },
	{ "reason", "cause" },
	{ "recent", "recently", "mru" },
	{ "refuse", "reject", "deny" },
	{ "reload", "restart" },
	{ "remainder", "rem", "mod" },
	{ "remember", "latch", "save", "store" },
	{ "repeat", "replay" },
	{ "request", "req", "demand", "ask" },
	{ "result", "res", "out" },
	{ "retire", "commit" },
	{ "retry", "attempt" },
	{ "return", "ret" },
	{ "robin", "rr" },
	{ "rom", "table", "lut", "lookup" },
	{ "round", "rnd", "rounding" },
	{ "runt", "undersize", "short" },
	{ "same", "equal", "eq", "identical" },
	{ "sampling", "sample", "baud", "strobe" },
	{ "scale", "gain", "factor" },
	{ "second", "2", "b", "1" },
	{ "sender", "send", "transmit", "transmitter" },
	{ "separate", "split", "extract", "demux" },
	{ "serial", "uart" },
	{ "share", "arbiter", "arbitrate", "mux" },
	{ "short", "compressed", "small" },
	{ "shorten", "truncate" },
	{ "sign", "signed" },
	{ "sixteen", "16" },
	{ "slave", "target" },
	{ "sleep", "idle", "suspend", "standby", "wait" },
	{ "slow", "slowdown", "low" },
	{ "small", "mini", "lite", "tiny" },
	{ "sort", "order" },
	{ "speculate", "speculative", "spec" },
	{ "split", "demux", "distribute", "splitter" },
	{ "sprite", "object", "obj" },
	{ "start", "init", "begin", "go", "launch" },
	{ "statistics", "stats", "statistic", "counter" },
	{ "stay", "remain", "keep" },
	{ "stop", "halt", "pause", "freeze" },
	{ "sum", "accumulate", "accumulator", "acc", "total" },
	{ "suppress", "mask", "block", "inhibit" },
	{ "suspend", "sleep", "pause" },
	{ "switch", "toggle" },
	{ "table", "map" },
	{ "third", "3", "c", "2" },
	{ "thirty", "32" },
	{ "three", "3", "triple" },
	{ "threshold", "limit", "level", "compare" },
	{ "timeout", "expire", "elapsed", "watchdog" },
	{ "timestamp", "ts", "stamp" },
	{ "turn", "rotate" },
	{ "two", "2", "dual", "double" },
	{ "unaligned", "misaligned", "misalign", "aligned", "align" },
	{ "unplug", "disconnect", "detach" },
	{ "upscale", "scale", "double" },
	{ "vertical", "v", "vert", "y" },
	{ "wake", "resume", "wakeup" },
	{ "walk", "ptw", "walker" },
	{ "watch", "monitor", "observe", "snoop" },
	{ "wave", "waveform", "pulse" },
	{ "widen", "upsize", "enlarge" },
	{ "wire", "line", "pin", "pad" },
	{ "wrap", "wrapped", "rollover", "overflow" },
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

bool graph_is_word(const char *p, size_t n)
{
	for (size_t i = 0; n >= WORD_LEAST && i < sizeof(senses) / sizeof(*senses); i++)
		for (const char *const *w = senses[i]; *w; w++)
			if ((*w)[0] == p[0] && strncmp(*w, p, n) == 0 && (*w)[n] == '\0')
				return true;
	return false;
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
