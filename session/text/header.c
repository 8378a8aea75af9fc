#include "config.h"

#include "session/text/header.h"

#include <string.h>

bool header_check(const char *option, struct err *err)
{
	size_t n = strcspn(option, "=");

	if (n == 0 || option[n] != '=' ||
	    strspn(option, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != n)
		return err_set(err, ERR_USAGE,
			       "header.%s: a name of letters, digits and dashes was expected",
			       option);
	for (const char *p = option + n; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return err_set(err, ERR_USAGE,
				       "header.%.*s: a control character has no place in it",
				       (int)n, option);
	return true;
}
