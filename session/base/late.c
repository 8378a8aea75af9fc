#include "config.h"

#include "session/base/late.h"

#include <dlfcn.h>
#include <string.h>

/* C has no cast between data and function pointers, but wherever dlsym() exists they
 * have the same representation. */
static bool find(void *lib, const struct late_call *call, void *out)
{
	void *at = dlsym(lib, call->name);

	memcpy((char *)out + call->at, &at, sizeof(at));
	return at != NULL;
}

bool late_load(const char *soname, const char *purpose, const struct late_call *calls, size_t n,
	       void *out, struct err *err)
{
	/* Never closed: not every library survives being loaded twice. */
	void *lib = dlopen(soname, RTLD_NOW | RTLD_LOCAL);

	if (!lib)
		return err_set(err, ERR_TOOL, "load %s, %s: %s", soname, purpose, dlerror());
	for (size_t i = 0; i < n; i++)
		if (!find(lib, &calls[i], out))
			return err_set(err, ERR_TOOL, "load %s: it has no %s()", soname,
				       calls[i].name);
	return true;
}
