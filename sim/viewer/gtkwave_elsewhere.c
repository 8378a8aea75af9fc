/* Commands that bring the waves to a machine with a display. Over ssh the address is
 * the one by which the client reached us, the third word of SSH_CONNECTION; it may be
 * wrong behind a gateway, so the command is shown and not run.
 */
#include "config.h"

#include "sim/viewer/gtkwave_elsewhere.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/path.h"
#include "session/base/str.h"
#include "session/tool/viewer.h"

static void shell_word(struct str *out, const char *s)
{
	str_addc(out, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			str_adds(out, "'\\''");
		else
			str_addc(out, *s);
	}
	str_addc(out, '\'');
}

/* "user@10.0.0.7:", our address as the ssh client knows it. */
static bool ssh_host(struct str *out)
{
	const char *ssh = getenv("SSH_CONNECTION"), *user = getenv("USER");
	char host[65];

	if (!ssh || sscanf(ssh, "%*s %*s %64s", host) != 1)
		return false;
	if (user && *user)
		str_addf(out, "%s@", user);
	str_addf(out, strchr(host, ':') ? "[%s]:" : "%s:", host);
	return true;
}

char *gtkwave_elsewhere(const struct view_request *r, const char *why)
{
	struct str s = STR_INIT, host = STR_INIT;

	str_addf(&s, "%s: ", why);
	if (ssh_host(&host)) {
		str_adds(&s, "on your own machine run  scp ");
		str_adds(&s, str_cstr(&host));
		shell_word(&s, r->wave_path);
		str_addc(&s, ' ');
		str_adds(&s, str_cstr(&host));
		shell_word(&s, r->save_path);
		str_adds(&s, " .  and there  gtkwave ");
		shell_word(&s, path_base(r->wave_path));
		str_addc(&s, ' ');
		shell_word(&s, path_base(r->save_path));
	} else {
		str_adds(&s, "where there is one, run  gtkwave ");
		shell_word(&s, r->wave_path);
		str_addc(&s, ' ');
		shell_word(&s, r->save_path);
	}
	str_free(&host);
	return str_take(&s);
}
