/* Memory given to a call lives until the call ends: a plugin frees nothing of ours. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_call.h"
#include "session/base/mem.h"

struct kept_part {
	struct kept_part *next;
	char data[];
};

void *call_keep(struct call *c, const void *data, size_t len, struct err *err)
{
	struct kept_part *p;

	if (len > CALL_KEPT_MAX - c->kept_bytes) {
		err_set(err, ERR_LIMIT, "plugin %s: one call is given at most %u MB",
			c->l->plugin->name, CALL_KEPT_MAX >> 20);
		return NULL;
	}
	c->kept_bytes += len;
	p = mem_alloc(sizeof(*p) + len + 1);
	p->next = c->kept;
	c->kept = p;
	if (data)
		memcpy(p->data, data, len);
	else
		memset(p->data, 0, len);
	p->data[len] = '\0';
	return p->data;
}

const char *call_keep_s(struct call *c, const char *text, struct err *err)
{
	return call_keep(c, text, strlen(text), err);
}

void call_drop_kept(struct call *c)
{
	while (c->kept) {
		struct kept_part *next = c->kept->next;

		free(c->kept);
		c->kept = next;
	}
}
