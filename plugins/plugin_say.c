/* A plugin's messages: output, progress, reasons of failure. */
#include "config.h"

#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/str.h"
#include "session/base/utf8.h"

static bool serve_print(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const char *text = args;
	size_t len = strlen(text);
	bool ok =
		utf8_valid(text, len) ||
		err_set(err, ERR_PARSE, "plugin %s: it printed what is no UTF-8", l->plugin->name);

	if (ok && c && len > CALL_PRINT_MAX - c->printed)
		ok = err_set(err, ERR_LIMIT, "plugin %s: it printed more than %u MB",
			     l->plugin->name, CALL_PRINT_MAX >> 20);
	if (ok && !c) {
		report_text(&l->w->out, "%s", text);
	} else if (ok) {
		c->printed += len;
		ok = c->print ? c->print(c, text, err)
			      : err_set(err, ERR_USAGE, "plugin %s: there is nothing to print to",
					l->plugin->name);
	}
	if (!ok && c && !c->failed.code)
		c->failed = *err;
	return ok;
}

void host_print(void *ctx, const char *text)
{
	if (text)
		call_ask(ctx, serve_print, (void *)text, false);
}

static bool serve_note(struct loaded *l, struct call *c, void *args, struct err *err)
{
	struct str line = STR_LIMIT(4000);

	utf8_show(args, strlen(args), &line);
	for (size_t i = 0; i < line.len; i++)
		if (line.data[i] == '\n' || line.data[i] == '\t')
			line.data[i] = ' ';
	report_note(&l->w->out, "%s: %.*s", l->plugin->name,
		    (int)utf8_valid_prefix(str_cstr(&line), line.len), str_cstr(&line));
	str_free(&line);
	return true;
}

void host_note(void *ctx, const char *line)
{
	if (line)
		call_ask(ctx, serve_note, (void *)line, false);
}

/* Constant while the plugin is loaded. */
const char *host_project(void *ctx)
{
	return ((struct loaded *)ctx)->w->place.root;
}

const char *host_error(void *ctx)
{
	struct loaded *l = ctx;
	struct call *c = call_here(l);

	return c ? c->err.text : pthread_equal(pthread_self(), l->loop_thread) ? l->err.text : "";
}

/* Runs on the thread: nobody else reads c->failed before the call has returned. */
bool host_fail(void *ctx, const char *sentence)
{
	struct call *c = call_here(ctx);

	if (c && !c->failed.code)
		err_set(&c->failed, ERR_TOOL, "%s: %s", c->l->plugin->name,
			sentence && sentence[0] ? sentence : "it failed and did not say why");
	return false;
}

bool host_cancelled(void *ctx)
{
	struct call *c = call_here(ctx);

	return c && call_cancelled(c);
}
