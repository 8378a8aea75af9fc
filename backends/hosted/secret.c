/* A key is in a variable (`env:NAME`) or in the first line that a program prints
 * (`cmd:pass show openai`), never in a configuration file. A value with a byte that
 * could end an HTTP header is refused, since it goes into one. Only the caller's string
 * holds it, and secret_wipe() overwrites that.
 */
#include "config.h"

#include "backends/hosted/secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/child.h"
#include "session/text/words.h"

bool secret_is_one(const char *source)
{
	return str_starts(source, "env:") || str_starts(source, "cmd:");
}

/* A control character could inject further headers. */
static bool check(const char *who, struct str *value, struct err *err)
{
	while (value->len && isspace((unsigned char)value->data[value->len - 1]))
		str_cut(value, value->len - 1);
	if (value->len == 0)
		return err_set(err, ERR_AUTH, "%s is empty", who);
	for (size_t i = 0; i < value->len; i++)
		if ((unsigned char)value->data[i] <= 0x20 || (unsigned char)value->data[i] >= 0x7f)
			return err_set(err, ERR_AUTH, "%s holds a blank or a control character",
				       who);
	return true;
}

static bool from_command(struct loop *l, const char *command, const char *who, struct str *value,
			 struct err *err)
{
	struct strv argv = STRV_INIT;
	struct child_spec spec = { .wall_ms = 30000, .output_limit = 65536 };
	struct child_result r = { 0 };
	bool ok;

	if (!words_split(command, strlen(command), &argv, err)) {
		strv_free(&argv);
		return err_prefix(err, "%s: cmd", who);
	}
	spec.argv = (const char *const *)argv.v;
	ok = argv.n ? child_run(l, &spec, 65536, value, NULL, &r, err)
		    : err_set(err, ERR_USAGE, "%s: cmd: names no program", who);
	if (ok && r.status != 0)
		ok = err_set(err, ERR_AUTH, "%s: %s, which gives it, failed", who, argv.v[0]);
	value->limit = 0;
	if (ok)
		str_cut(value, strcspn(str_cstr(value), "\n"));
	strv_free(&argv);
	return ok;
}

bool secret_read(const struct secret_reader *r, const char *source, const char *who,
		 struct str *out, struct err *err)
{
	const char *value = str_starts(source, "env:") ? getenv(source + 4) : NULL;

	if (str_starts(source, "cmd:")) {
		if (!from_command(r->loop, source + 4, who, out, err))
			return false;
	} else if (!value) {
		return err_set(err, ERR_AUTH, "%s: there is no %s in the environment", who,
			       source + 4);
	} else {
		str_adds(out, value);
	}
	if (!check(who, out, err))
		return false;
	if (r->tell)
		r->tell(r->ctx, str_cstr(out));
	return true;
}

void secret_wipe(struct str *s)
{
	if (s->data)
		explicit_bzero(s->data, s->cap);
	str_free(s);
}

bool header_read(const struct secret_reader *r, const char *who, const char *option,
		 struct strv *out, struct err *err)
{
	const char *value = strchr(option, '=') + 1;
	size_t n = (size_t)(value - 1 - option);
	struct str secret = STR_INIT;
	char *whose = str_fmt("%s: header %.*s", who, (int)n, option);
	bool ok = true;

	if (secret_is_one(value)) {
		ok = secret_read(r, value, whose, &secret, err);
		value = str_cstr(&secret);
	}
	if (ok)
		strv_addf(out, "%.*s: %s", (int)n, option, value);
	secret_wipe(&secret);
	free(whose);
	return ok;
}

void headers_wipe(struct strv *headers)
{
	for (size_t i = 0; i < headers->n; i++)
		explicit_bzero(headers->v[i], strlen(headers->v[i]));
	strv_free(headers);
}
