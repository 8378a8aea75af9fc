/* Backends of plugins: rows of the port, created at run time. What the plugin prints is
 * the answer; reasoning, tool calls, usage and the finish reason come through separate
 * functions. */
#include "config.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/plugin_parts.h"
#include "session/base/json.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/utf8.h"
#include "session/model/backend.h"
#include "session/model/prompt.h"
#include "session/workbench/ports.h"

#define OPTIONS_MAX 64u
#define CALL_ID_MAX 200u
#define TOKENS_MAX  1000000000L

struct backed {
	struct backend_ops ops; /* must be first: backend_config.ops points to it */
	struct part part;
	struct posedge_backend b;
	struct backend_option *options;
};

struct opened {
	struct backend base;
	struct backed *a;
	char *name, *model, *url;
	struct strv options;
};

static void close_backend(struct backend *b)
{
	struct opened *o = (struct opened *)b;

	if (!o)
		return;
	free(o->name);
	free(o->model);
	free(o->url);
	strv_free(&o->options);
	free(o);
}

static struct backend *open_backend(struct loop *l, const struct backend_config *cfg,
				    struct err *err)
{
	struct opened *o = mem_zalloc(sizeof(*o));

	o->base.ops = cfg->ops;
	o->a = (struct backed *)cfg->ops;
	o->name = mem_strdup(cfg->name ? cfg->name : "");
	o->model = mem_strdup(cfg->model ? cfg->model : "");
	o->url = mem_strdup(cfg->url ? cfg->url : "");
	if (cfg->options)
		strv_addv(&o->options, cfg->options);
	return &o->base;
}

/* Asking ---------------------------------------------------------------------------------- */

struct answering {
	piece_fn *piece;
	void *ctx;
	enum finish_reason finish;
	struct usage usage; /* the last one reported */
	bool told, calls;
	unsigned made; /* number of ids made for calls without one */
};

static const char *role_name(enum prompt_role r)
{
	return r == ROLE_SYSTEM ? "system" : r == ROLE_USER ? "user" : "assistant";
}

static bool give_turn(struct call *c, const struct prompt_message *m, struct posedge_turn *out,
		      struct err *err)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < m->n; i++)
		if (m->parts[i].kind == PROMPT_TEXT || m->parts[i].kind == PROMPT_RESULT) {
			str_adds(&text, text.len ? "\n\n" : "");
			str_add(&text, m->parts[i].text, m->parts[i].len);
		}
	out->role = role_name(m->role);
	out->text = call_keep(c, str_cstr(&text), text.len, err);
	str_free(&text);
	return out->text != NULL;
}

static bool give_options(struct call *c, const struct strv *from, const char *const **out,
			 struct err *err)
{
	const char **v = call_keep(c, NULL, (from->n + 1) * sizeof(*v), err);

	for (size_t i = 0; v && i < from->n; i++)
		if (!(v[i] = call_keep_s(c, from->v[i], err)))
			return false;
	*out = v;
	return v != NULL;
}

static bool give_tools(struct call *c, const struct prompt *p, struct posedge_prompt *out,
		       struct err *err)
{
	struct posedge_offer *v = call_keep(c, NULL, (p->n_tools + 1) * sizeof(*v), err);

	for (size_t i = 0; v && i < p->n_tools; i++) {
		v[i] = (struct posedge_offer){ call_keep_s(c, p->tools[i].name, err),
					       call_keep_s(c, p->tools[i].description, err),
					       call_keep_s(c, p->tools[i].schema, err) };
		if (!v[i].name || !v[i].about || !v[i].schema)
			return false;
	}
	out->tools = v;
	out->n_tools = p->n_tools;
	return v != NULL;
}

static bool give_part(struct call *c, size_t turn, const struct prompt_part *part,
		      struct posedge_part *out, struct err *err)
{
	*out = (struct posedge_part){ .turn = turn,
				      .result = part->kind == PROMPT_RESULT,
				      .id = call_keep_s(c, part->id ? part->id : "", err),
				      .name = call_keep_s(c, part->name ? part->name : "", err),
				      .text = call_keep(c, part->text, part->len, err),
				      .failed = part->failed };
	return out->id && out->name && out->text;
}

static bool is_of_tool(const struct prompt_part *part)
{
	return part->kind == PROMPT_CALL || part->kind == PROMPT_RESULT;
}

static bool give_parts(struct call *c, const struct prompt *p, struct posedge_prompt *out,
		       struct err *err)
{
	struct posedge_part *v;
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		for (size_t k = 0; k < p->messages[i].n; k++)
			n += is_of_tool(&p->messages[i].parts[k]);
	v = call_keep(c, NULL, (n + 1) * sizeof(*v), err);
	for (size_t i = 0; v && i < p->n; i++)
		for (size_t k = 0; k < p->messages[i].n; k++)
			if (is_of_tool(&p->messages[i].parts[k]) &&
			    !give_part(c, i, &p->messages[i].parts[k], &v[out->n_parts++], err))
				return false;
	out->parts = v;
	return v != NULL;
}

static bool give_prompt(struct call *c, const struct opened *o, const struct prompt *p,
			struct posedge_prompt *out, struct err *err)
{
	struct posedge_turn *v = call_keep(c, NULL, (p->n + 1) * sizeof(*v), err);

	*out = (struct posedge_prompt){ .size = sizeof(*out),
					.backend = call_keep_s(c, o->name, err),
					.model = call_keep_s(c, o->model, err),
					.url = call_keep_s(c, o->url, err),
					.turns = v,
					.n_turns = p->n,
					.question = call_keep_s(c, p->question ? p->question : "",
								err) };
	for (size_t i = 0; v && i < p->n; i++)
		if (!give_turn(c, &p->messages[i], &v[i], err))
			return false;
	return v && out->backend && out->model && out->url && out->question &&
	       give_options(c, &o->options, &out->options, err) && give_tools(c, p, out, err) &&
	       give_parts(c, p, out, err);
}

static bool to_answer(struct call *c, const char *text, struct err *err)
{
	const struct answering *a = c->ctx;
	const struct piece p = { .kind = PIECE_TEXT, .text = text, .len = strlen(text) };

	return p.len == 0 || a->piece(a->ctx, &p) || err_set(err, ERR_CANCELLED, "cancelled");
}

/* Usage is kept until the end: a later one replaces it. */
static bool beside_answer(struct call *c, const struct piece *p, struct err *err)
{
	struct answering *a = c->ctx;

	a->calls |= p->kind == PIECE_CALL;
	if (p->kind != PIECE_USAGE)
		return p->len == 0 || a->piece(a->ctx, p) ||
		       err_set(err, ERR_CANCELLED, "cancelled");
	a->usage = p->usage;
	a->finish = p->finish;
	a->told = true;
	return true;
}

static bool serve_piece(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct piece *p = args;
	bool ok = true;

	if (!c || !c->piece)
		return err_set(err, ERR_USAGE,
			       "plugin %s: think(), usage() and call() are for a backend's ask",
			       l->plugin->name);
	if (p->len > CALL_PRINT_MAX - c->printed)
		ok = err_set(err, ERR_LIMIT, "plugin %s: it printed more than %u MB",
			     l->plugin->name, CALL_PRINT_MAX >> 20);
	if (ok && !utf8_valid(p->text, p->len))
		ok = err_set(err, ERR_PARSE, "plugin %s: what it thinks or calls is no UTF-8",
			     l->plugin->name);
	if (!ok)
		return false;
	c->printed += p->len;
	return c->piece(c, p, err);
}

bool host_think(void *ctx, const char *text)
{
	struct piece p = { .kind = PIECE_REASONING,
			   .text = text,
			   .len = text ? strlen(text) : 0,
			   .usage = { -1, -1, -1, -1, 0 } };

	return text ? call_ask(ctx, serve_piece, &p, false) : call_lacks(ctx, "think", "a text");
}

static long tokens(long n)
{
	return n >= 0 && n <= TOKENS_MAX ? n : -1;
}

bool host_usage(void *ctx, const struct posedge_usage *u)
{
	struct piece p = { .kind = PIECE_USAGE, .text = "", .finish = FINISH_STOP };

	if (!u || u->size < sizeof(*u))
		return call_lacks(ctx, "usage", "an account, with its size");
	p.usage = (struct usage){ tokens(u->in), tokens(u->out), tokens(u->cached), -1, 0 };
	if (u->finish && strcmp(u->finish, "stop") != 0)
		p.finish = strcmp(u->finish, "length") == 0   ? FINISH_LENGTH
			   : strcmp(u->finish, "filter") == 0 ? FINISH_FILTER
							      : FINISH_OTHER;
	return call_ask(ctx, serve_piece, &p, false);
}

struct calling {
	const char *id, *name, *args;
};

static bool is_tool_name(const char *s)
{
	size_t n = s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
		     : 0;

	return n > 0 && n <= 64 && !s[n];
}

static bool is_object(const char *args)
{
	cJSON *json = args ? json_parse(args, strlen(args), NULL) : NULL;
	bool is = cJSON_IsObject(json);

	cJSON_Delete(json);
	return is;
}

static bool serve_call(struct loaded *l, struct call *c, void *args, struct err *err)
{
	const struct calling *x = args;
	size_t n = x->id ? strlen(x->id) : 0;
	struct piece p = { .kind = PIECE_CALL,
			   .name = x->name,
			   .text = x->args,
			   .len = x->args ? strlen(x->args) : 0,
			   .usage = { -1, -1, -1, -1, 0 } };
	char *made = NULL;
	bool ok;

	if (!is_tool_name(x->name) || !is_object(x->args) || n > CALL_ID_MAX ||
	    !utf8_valid(x->id, n))
		return err_set(err, ERR_USAGE,
			       "plugin %s: a call has a name of a-z, A-Z, 0-9, _ and -, an id of "
			       "at most %u bytes, and a JSON object of arguments",
			       l->plugin->name, CALL_ID_MAX);
	if (n == 0 && c && c->piece)
		made = str_fmt("made%u", ++((struct answering *)c->ctx)->made);
	p.id = made ? made : x->id;
	ok = serve_piece(l, c, &p, err);
	free(made);
	return ok;
}

bool host_call(void *ctx, const char *id, const char *name, const char *args)
{
	struct calling x = { id, name, args };

	return call_ask(ctx, serve_call, &x, false);
}

struct question {
	struct posedge_prompt p;
	const struct posedge_backend *b;
};

static bool answer_on_thread(struct call *c)
{
	const struct question *q = c->arg;

	return q->b->ask(c->l->state, &c->l->host, &q->p);
}

static bool end_answer(const struct answering *to, struct err *err)
{
	const struct piece took = { .kind = PIECE_USAGE, .text = "", .usage = to->usage };
	const struct piece last = { .kind = PIECE_FINISH,
				    .text = "",
				    .finish = to->calls && to->finish == FINISH_STOP ? FINISH_TOOLS
										     : to->finish };

	return ((!to->told || to->piece(to->ctx, &took)) && to->piece(to->ctx, &last)) ||
	       err_set(err, ERR_CANCELLED, "cancelled");
}

static bool ask(struct backend *b, const struct prompt *p, piece_fn *piece, void *ctx,
		struct err *err)
{
	struct opened *o = (struct opened *)b;
	struct answering to = { .piece = piece, .ctx = ctx, .finish = FINISH_STOP };
	const char *who = o->model[0] ? o->model : o->a->b.protocol;
	const struct piece first = { .kind = PIECE_START, .text = who, .len = strlen(who) };
	struct question *q = mem_zalloc(sizeof(*q));
	struct call *c = call_new(o->a->part.plugin, answer_on_thread, q, free);
	bool ok;

	q->b = &o->a->b;
	c->print = to_answer;
	c->piece = beside_answer;
	c->ctx = &to;
	ok = give_prompt(c, o, p, &q->p, err) &&
	     (piece(ctx, &first) || err_set(err, ERR_CANCELLED, "cancelled")) && call_run(c, err);
	call_end(c);
	return ok && end_answer(&to, err);
}

/* Adding ---------------------------------------------------------------------------------- */

static struct backed *of_part(struct part *p)
{
	return (struct backed *)((char *)p - offsetof(struct backed, part));
}

static void forget_backend(struct part *p)
{
	parts_drop_backend(p->plugin->w, &of_part(p)->ops);
}

static void free_backend(struct part *p)
{
	struct backed *a = of_part(p);

	free(a->options);
	free(a);
}

static bool options_of(struct loaded *l, const struct posedge_backend *b,
		       struct backend_option **out)
{
	size_t n = 0;

	while (b->options && b->options[n] && n < OPTIONS_MAX)
		if (!given_name(l, "option", b->options[n++]))
			return false;
	if (b->options && b->options[n])
		return err_set(&l->err, ERR_LIMIT, "backend %s: more than %u options", b->protocol,
			       OPTIONS_MAX);
	*out = n ? mem_calloc(n + 1, sizeof(**out)) : NULL;
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct backend_option){ b->options[i], "VALUE", "of a plugin" };
	return true;
}

bool host_add_backend(void *ctx, const struct posedge_backend *b)
{
	struct loaded *l = ctx;
	struct backend_option *options = NULL;
	struct backed *a;

	if (!given_fit(l, "backends", b, b ? b->size : 0,
		       offsetof(struct posedge_backend, tools)) ||
	    !given_name(l, "backend", b->protocol) ||
	    !given_text(l, "backend", b->protocol, b->help, 400))
		return false;
	if (!b->ask)
		return err_set(&l->err, ERR_USAGE, "backend %s: it answers nothing", b->protocol);
	if (ports_protocol(l->w->ports, b->protocol, NULL))
		return err_set(&l->err, ERR_CONFLICT, "backend %s: there is one of that name",
			       b->protocol);
	if (!options_of(l, b, &options))
		return false;
	a = mem_zalloc(sizeof(*a));
	given_copy(&a->b, sizeof(a->b), b, b->size);
	a->options = options;
	a->part.forget = forget_backend;
	a->part.free = free_backend;
	a->ops = (struct backend_ops){ .protocol = a->b.protocol,
				       .help = a->b.help,
				       .options = options,
				       .tools = a->b.tools,
				       .open = open_backend,
				       .close = close_backend,
				       .ask = ask };
	part_add(&a->part, l);
	parts_add_backend(l->w, &a->ops);
	return true;
}
