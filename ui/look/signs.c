#include "config.h"

#include "ui/look/signs.h"

#include <stdlib.h>

const char *sign(enum sign s)
{
	static const char *const all[SIGNS][2] = {
		[SIGN_FOLDED] = { "\xe2\x96\xb8", ">" },
		[SIGN_SUGGESTION] = { "\xe2\x97\x86", "*" },
		[SIGN_UNSAVED] = { "\xe2\x97\x8f", "+" },
		[SIGN_DIVIDER] = { "\xe2\x94\x82", "|" },
		[SIGN_RECORDING] = { "\xe2\x97\x8f", "o" },
		[SIGN_PROMPT] = { "\xe2\x96\xb8", ">" },
		[SIGN_MORE] = { "\xe2\x80\xa6", "~" },
		[SIGN_TAB] = { "\xe2\x86\x92", ">" },
	};

	return all[s][MB_CUR_MAX == 1];
}
