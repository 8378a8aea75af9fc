/* Lines of a journal: events are read, applied and written again. */
#include "config.h"

#include <stdint.h>
#include <string.h>

#include "session/base/json.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/state.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	const char *p = (const char *)data, *end = p + len;
	struct state s, again;
	struct str text = STR_INIT;

	state_init(&s);
	while (p < end) {
		const char *lf = memchr(p, '\n', (size_t)(end - p));
		size_t n = (size_t)((lf ? lf : end) - p);
		cJSON *o = json_parse(p, n, NULL);
		struct event e;

		if (o && event_read(o, NULL, &e, NULL)) {
			state_apply(&s, &e, NULL);
			str_clear(&text);
			event_write(&e, NULL, &text, NULL);
			event_fini(&e);
		}
		cJSON_Delete(o);
		p = lf ? lf + 1 : end;
	}
	str_clear(&text);
	state_write(&s, &text);
	state_init(&again);
	state_read(&again, text.data, text.len, NULL);
	state_fini(&again);
	state_read(&s, (const char *)data, len, NULL);
	state_fini(&s);
	str_free(&text);
	return 0;
}
