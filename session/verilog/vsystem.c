#include "config.h"

#include "session/verilog/vsystem.h"

#include <string.h>

#include "session/verilog/vstmt.h"

static const struct {
	const char *name;
	enum vsystem kind;
} functions[] = {
	/* conversion, and types */
	{ "$bits", VSYSTEM_VALUE },
	{ "$bitstoreal", VSYSTEM_VALUE },
	{ "$bitstoshortreal", VSYSTEM_VALUE },
	{ "$dimensions", VSYSTEM_VALUE },
	{ "$high", VSYSTEM_VALUE },
	{ "$increment", VSYSTEM_VALUE },
	{ "$itor", VSYSTEM_VALUE },
	{ "$left", VSYSTEM_VALUE },
	{ "$low", VSYSTEM_VALUE },
	{ "$realtobits", VSYSTEM_VALUE },
	{ "$right", VSYSTEM_VALUE },
	{ "$rtoi", VSYSTEM_VALUE },
	{ "$shortrealtobits", VSYSTEM_VALUE },
	{ "$signed", VSYSTEM_VALUE },
	{ "$size", VSYSTEM_VALUE },
	{ "$unpacked_dimensions", VSYSTEM_VALUE },
	{ "$unsigned", VSYSTEM_VALUE },
	/* bits */
	{ "$countbits", VSYSTEM_VALUE },
	{ "$countones", VSYSTEM_VALUE },
	{ "$isunknown", VSYSTEM_VALUE },
	{ "$onehot", VSYSTEM_VALUE },
	{ "$onehot0", VSYSTEM_VALUE },
	/* mathematics; $abs, $max and $min are of Verilog-AMS */
	{ "$abs", VSYSTEM_VALUE },
	{ "$acos", VSYSTEM_VALUE },
	{ "$acosh", VSYSTEM_VALUE },
	{ "$asin", VSYSTEM_VALUE },
	{ "$asinh", VSYSTEM_VALUE },
	{ "$atan", VSYSTEM_VALUE },
	{ "$atan2", VSYSTEM_VALUE },
	{ "$atanh", VSYSTEM_VALUE },
	{ "$ceil", VSYSTEM_VALUE },
	{ "$clog2", VSYSTEM_VALUE },
	{ "$cos", VSYSTEM_VALUE },
	{ "$cosh", VSYSTEM_VALUE },
	{ "$exp", VSYSTEM_VALUE },
	{ "$floor", VSYSTEM_VALUE },
	{ "$hypot", VSYSTEM_VALUE },
	{ "$ln", VSYSTEM_VALUE },
	{ "$log10", VSYSTEM_VALUE },
	{ "$max", VSYSTEM_VALUE },
	{ "$min", VSYSTEM_VALUE },
	{ "$pow", VSYSTEM_VALUE },
	{ "$sin", VSYSTEM_VALUE },
	{ "$sinh", VSYSTEM_VALUE },
	{ "$sqrt", VSYSTEM_VALUE },
	{ "$tan", VSYSTEM_VALUE },
	{ "$tanh", VSYSTEM_VALUE },
	/* what differs from call to call */
	{ "$realtime", VSYSTEM_TIME },
	{ "$stime", VSYSTEM_TIME },
	{ "$time", VSYSTEM_TIME },
	{ "$random", VSYSTEM_RANDOM },
	{ "$urandom", VSYSTEM_RANDOM },
	{ "$urandom_range", VSYSTEM_RANDOM },
};

enum vsystem vsystem_of(const char *name, size_t len)
{
	for (size_t i = 0; len && *name == '$' && i < sizeof(functions) / sizeof(*functions); i++)
		if (strncmp(functions[i].name, name, len) == 0 && !functions[i].name[len])
			return functions[i].kind;
	return VSYSTEM_OTHER;
}

bool vsystem_is(const struct vstmts *s, size_t i, unsigned kinds)
{
	return i < s->n_tokens &&
	       (vsystem_of(s->text + s->tokens[i].off, s->tokens[i].len) & kinds) != 0;
}
