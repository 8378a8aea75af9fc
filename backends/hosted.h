/* hosted.h - a model behind an address, as its two files share it. For hosted*.c only. */
#ifndef POSEDGE_HOSTED_H
#define POSEDGE_HOSTED_H

#include <stdbool.h>
#include <stdint.h>

#include "backends/wire.h"
#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"

struct http;
struct loop;

struct hosted {
	struct backend base;
	struct loop *loop;
	const struct wire *wire;
	struct http *http; /* made at the first question */
	char *name, *given_url, *model, *key, *ca;
	struct str key_value; /* once it was got */
	struct strv headers;  /* "NAME=VALUE", values as they were given */
	struct strv texts;    /* that settings point to */
	struct strv fields;
	struct wire_settings settings;
	uint64_t connect_ms, first_byte_ms, stall_ms, retry_base_ms;
	unsigned retries;
	bool fills; /* fill=on */
	void (*secret)(void *ctx, const char *key);
	void *secret_ctx;
};

/* What the protocols take, each with its help; the last one has no name. */
extern const struct backend_option hosted_options[];

/* Takes "NAME=VALUE" as its backend line has it. False with err: not known, or a value that
 * is none; b may be closed then, and nothing else. */
bool hosted_option(struct hosted *b, const struct backend_config *cfg, const char *option,
		   struct err *err);

#endif
