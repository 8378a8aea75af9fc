/* A text read into reused memory has the values that json_parse() gives it. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>

#include "session/base/json.h"
#include "session/base/json_doc.h"
#include "tests/lib/json_same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct json_doc *d; /* one for all, as for the events of a stream */
	struct err err;
	cJSON *want = json_parse((const char *)data, len, &err);

	if (!d)
		d = json_doc_new();
	if (!json_same(json_doc_parse(d, (const char *)data, len, &err), want))
		abort();
	cJSON_Delete(want);
	return 0;
}
