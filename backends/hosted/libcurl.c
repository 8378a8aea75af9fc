/* libcurl is loaded when the first server is asked, not linked: it depends on some two
 * dozen libraries, and most runs of the program ask no server. libcurl.h lists the
 * functions, with types from curl's own headers.
 */
#include "config.h"

#include "backends/hosted/libcurl.h"

#include <dlfcn.h>
#include <string.h>

/* Unchanged since 2006; releases only add functions to it. */
static const char soname[] = "libcurl.so.4";

/* C has no cast between data and function pointers, but wherever dlsym() exists they
 * have the same representation. */
static bool find(void *lib, const char *name, void *call, size_t size)
{
	void *at = dlsym(lib, name);

	memcpy(call, &at, size);
	return at != NULL;
}

bool libcurl_begin(struct libcurl *c, struct err *err)
{
	/* Never closed: its dependencies do not survive being loaded twice. */
	void *lib = dlopen(soname, RTLD_NOW | RTLD_LOCAL);

	if (!lib)
		return err_set(err, ERR_NET, "load libcurl, which servers are asked with: %s",
			       dlerror());
#define LIBCURL_FIND(name)                                        \
	if (!find(lib, "curl_" #name, &c->name, sizeof(c->name))) \
		return err_set(err, ERR_NET, "load %s: it has no curl_" #name "()", soname);
	LIBCURL_CALLS(LIBCURL_FIND)
#undef LIBCURL_FIND
	if (c->global_init(CURL_GLOBAL_DEFAULT) != 0)
		return err_set(err, ERR_NET, "start libcurl");
	return true;
}

void libcurl_end(struct libcurl *c)
{
	c->global_cleanup();
}
