#include "config.h"

#include "session/model/backend.h"

const char *finish_name(enum finish_reason f)
{
	static const char *const names[] = {
		[FINISH_STOP] = "stop",	    [FINISH_LENGTH] = "length", [FINISH_TOOLS] = "tools",
		[FINISH_FILTER] = "filter", [FINISH_PAUSE] = "pause",	[FINISH_ERROR] = "error",
		[FINISH_OTHER] = "other",
	};

	return names[f];
}
