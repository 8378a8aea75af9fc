/* libcurl is loaded when the first server is asked, not linked: it depends on some two
 * dozen libraries, and most runs of the program ask no server. libcurl.h lists the
 * functions, with types from curl's own headers.
 */
#include "config.h"

#include "backends/hosted/libcurl.h"

#include "session/base/late.h"

bool libcurl_begin(struct libcurl *c, struct err *err)
{
#define CALL(name) { "curl_" #name, offsetof(struct libcurl, name) },
	static const struct late_call calls[] = { LIBCURL_CALLS(CALL) };
#undef CALL

	/* This soname is unchanged since 2006; releases only add functions to it. */
	if (!late_load("libcurl.so.4", "which servers are asked with", calls,
		       sizeof(calls) / sizeof(*calls), c, err))
		return false;
	if (c->global_init(CURL_GLOBAL_DEFAULT) != 0)
		return err_set(err, ERR_NET, "start libcurl");
	return true;
}

void libcurl_end(struct libcurl *c)
{
	c->global_cleanup();
}
