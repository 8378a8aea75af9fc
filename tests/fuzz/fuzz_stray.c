/* Text in which a server may have left tool calls: what is found names a tool that was
 * offered, with an object of arguments. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/json.h"
#include "session/turn/stray_call.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool holds)
{
	if (!holds)
		abort();
}

static const char *schema(void *ctx, const char *name)
{
	return strcmp(name, "lint") == 0 ? "{\"properties\":{\"path\":{\"type\":\"string\"}}}"
					 : NULL;
}

static void hear(void *ctx, const char *name, const char *args, size_t len, bool maybe_quoted)
{
	cJSON *o = json_parse(args, len, NULL);

	check(strcmp(name, "lint") == 0 && cJSON_IsObject(o));
	cJSON_Delete(o);
	(*(size_t *)ctx)++;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	size_t heard = 0, start = 0;
	const struct stray_reader r = { schema, hear, &heard };

	check(stray_calls((const char *)data, len, &r, &start) == heard &&
	      heard <= STRAY_CALLS_MAX && start <= len);
	return 0;
}
