/* Output of an agent: each line is a message. Its updates become pieces of whole characters. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "backends/acp/acp_update.h"
#include "backends/acp/acp_words.h"
#include "session/base/json.h"
#include "session/base/jsonrpc.h"
#include "session/base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static bool hear(void *ctx, const struct piece *p)
{
	if (p->len == 0 || !utf8_valid(p->text, p->len))
		abort();
	return true;
}

static void line(struct acp_turn *t, const char *text, size_t len)
{
	struct jsonrpc m, again;
	struct str out = STR_INIT;
	struct err err;

	if (jsonrpc_read(text, len, &m, NULL, &err)) {
		acp_update(t, json_object(m.params, "update"), hear, NULL);
		acp_login(json_array(m.result, "authMethods"), "agent", &out);
		str_clear(&out);
		/* A result written again is a result when read. */
		if (m.kind == JSONRPC_RESULT)
			jsonrpc_result(&out, m.id, cJSON_Duplicate(m.result, true));
		if (out.len && (!jsonrpc_read(out.data, out.len, &again, NULL, &err) ||
				again.kind != JSONRPC_RESULT))
			abort();
		if (out.len)
			jsonrpc_fini(&again);
	}
	jsonrpc_fini(&m);
	str_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *p = (const char *)data, *end = p + len;
	struct acp_turn t;

	acp_turn_init(&t);
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((lf ? lf : end) - p);

		line(&t, p, n);
		p += n + (lf != NULL);
	}
	acp_turn_fini(&t);
	return 0;
}
