/* Finds instances with a small automaton over preprocessed tokens.
 *
 *     name  [# ( params )]  name  [ range ]  ( ports )  , or ;
 *
 * This is not a parser for SystemVerilog. A name that the caller wants starts the
 * automaton; the first token that does not fit resets it, because it was no
 * instance. Each token is examined once.
 */
#include "config.h"

#include "session/project/black_box_scan.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/project/project.h"
#include "session/verilog/vpp.h"

#define MAX_PORTS 4096u

enum place {
	OUTSIDE,
	AFTER_MODULE, /* next: "#", or the instance's name */
	AFTER_DOT,    /* of "glbl.GSR" */
	AFTER_HASH,
	IN_PARAMS,
	AFTER_PARAMS, /* next: the instance's name */
	AFTER_NAME,   /* next: "[" or "(" */
	IN_RANGE,
	IN_PORTS,
	AFTER_PORTS, /* next: "," or ";" */
	IN_DEFPARAM, /* "u0.WIDTH = 8, u1.DEPTH = 4;" */
};

struct scan {
	bool (*wants)(void *ctx, const char *module, size_t len);
	void (*on_instance)(void *ctx, const struct box_instance *in);
	void *ctx;
	enum place at;
	struct box_instance in;
	size_t depth; /* bracket depth in a list */
	/* dot: the last token was the dot of a named connection; any: the list is
	 * not empty */
	bool dot, any;
	bool comma;	       /* the last token of the list was one */
	bool named;	       /* the list uses names */
	struct strv instances; /* pairs of instance name and module */
	struct strv defparams; /* pairs of instance name and parameter */
	char *words[2];	       /* last two names of a defparam, in order */
	bool value;	       /* in a defparam, after "=" */
};

void box_shape_fini(struct box_shape *s)
{
	free(s->module);
	strv_free(&s->ports);
	strv_free(&s->params);
	strv_free(&s->nets);
	memset(s, 0, sizeof(*s));
}

static void forget(struct scan *s)
{
	box_shape_fini(&s->in.shape);
	strv_free(&s->in.signals);
	free(s->in.name);
	s->in = (struct box_instance){ 0 };
	s->at = OUTSIDE;
}

static bool is(const struct vpp_token *t, const char *symbol)
{
	return t->kind == VTOKEN_SYMBOL && t->len == strlen(symbol) &&
	       memcmp(t->s, symbol, t->len) == 0;
}

static bool opens(const struct vpp_token *t)
{
	return is(t, "(") || is(t, "[") || is(t, "{");
}

static bool closes(const struct vpp_token *t)
{
	return is(t, ")") || is(t, "]") || is(t, "}");
}

static void add_name(struct strv *l, const struct vpp_token *t)
{
	char *name = mem_strndup(t->s, t->len);

	if (l->n < MAX_PORTS && !strv_has(l, name))
		strv_give(l, name);
	else
		free(name);
}

static void begin_list(struct scan *s, enum place at)
{
	s->at = at;
	s->depth = 1;
	s->dot = s->any = s->comma = s->named = false;
}

/* Handles a token in a list of parameters or connections; true at the end of the list. */
static bool in_list(struct scan *s, const struct vpp_token *t, struct strv *names,
		    size_t *positions, struct strv *signals)
{
	bool word = t->kind == VTOKEN_NAME;

	if (s->depth == 1 && s->dot && word) {
		add_name(names, t);
		/* ".clk" alone connects the signal of the same name. */
		if (signals)
			add_name(signals, t);
	} else if (word && signals) {
		add_name(signals, t);
	}
	if (s->depth == 1 && is(t, "."))
		s->named = true;
	if (s->depth == 1 && (is(t, ",") || is(t, ")")) && !s->named && (s->any || is(t, ",")))
		++*positions;
	/* A comma before the bracket, which Yosys lets pass, is a connection by position. */
	if (s->depth == 1 && is(t, ")") && s->named && s->comma && *positions <= names->n)
		*positions = names->n + 1;
	s->comma = s->depth == 1 && is(t, ",");
	s->dot = s->depth == 1 && is(t, ".");
	s->any |= !is(t, ")");
	if (opens(t))
		s->depth++;
	else if (closes(t))
		s->depth--;
	return s->depth == 0;
}

static void name(struct scan *s, const struct vpp_token *t)
{
	free(s->in.name);
	s->in.name = mem_strndup(t->s, t->len);
	s->at = AFTER_NAME;
}

/* Handles the end of a defparam assignment. */
static void end_defparam(struct scan *s)
{
	if (s->words[0] && s->words[1] && s->defparams.n < 2 * MAX_PORTS) {
		strv_add(&s->defparams, s->words[0]);
		strv_add(&s->defparams, s->words[1]);
	}
	free(s->words[0]);
	free(s->words[1]);
	s->words[0] = s->words[1] = NULL;
	s->value = false;
}

static void in_defparam(struct scan *s, const struct vpp_token *t)
{
	if (is(t, ";") || (is(t, ",") && s->depth == 0)) {
		end_defparam(s);
		if (is(t, ";"))
			s->at = OUTSIDE;
	} else if (is(t, "=")) {
		s->value = true;
	} else if (opens(t)) {
		s->depth++;
	} else if (closes(t)) {
		s->depth -= s->depth > 0;
	} else if (!s->value && t->kind == VTOKEN_NAME && s->depth == 0) {
		free(s->words[0]);
		s->words[0] = s->words[1];
		s->words[1] = mem_strndup(t->s, t->len);
	}
}

static void note_instance(struct scan *s)
{
	if (!s->in.name || s->instances.n >= 2 * MAX_PORTS)
		return;
	strv_add(&s->instances, s->in.name);
	strv_add(&s->instances, s->in.shape.module);
}

/* Reports the defparams at the end, as they may precede or follow the instance. */
static void give_defparams(struct scan *s)
{
	end_defparam(s);
	for (size_t i = 0; i < s->defparams.n; i += 2)
		for (size_t k = 0; k < s->instances.n; k += 2) {
			struct box_instance in = { 0 };

			if (strcmp(s->defparams.v[i], s->instances.v[k]) != 0)
				continue;
			in.shape.module = s->instances.v[k + 1];
			strv_add(&in.shape.params, s->defparams.v[i + 1]);
			s->on_instance(s->ctx, &in);
			strv_free(&in.shape.params);
		}
	strv_free(&s->defparams);
	strv_free(&s->instances);
}

static void outside(struct scan *s, const struct vpp_token *t)
{
	if (t->kind == VTOKEN_KEYWORD && t->len == 8 && memcmp(t->s, "defparam", 8) == 0) {
		s->at = IN_DEFPARAM;
		s->depth = 0;
	} else if (t->kind == VTOKEN_NAME && s->wants(s->ctx, t->s, t->len)) {
		s->in.shape.module = mem_strndup(t->s, t->len);
		s->in.first = s->in.last = t->line;
		s->at = AFTER_MODULE;
	}
}

static void after_module(struct scan *s, const struct vpp_token *t)
{
	if (is(t, "#") && s->at == AFTER_MODULE)
		s->at = AFTER_HASH;
	else if (is(t, ".") && s->at == AFTER_MODULE)
		s->at = AFTER_DOT;
	else if (t->kind == VTOKEN_NAME)
		name(s, t);
	else if (is(t, "(")) /* an unnamed instance: invalid, but people write it */
		begin_list(s, IN_PORTS);
	else
		forget(s);
}

static void after_dot(struct scan *s, const struct vpp_token *t)
{
	if (t->kind == VTOKEN_NAME) {
		add_name(&s->in.shape.nets, t);
		s->in.first = 0;
		s->on_instance(s->ctx, &s->in);
	}
	forget(s);
}

static void after_ports(struct scan *s, const struct vpp_token *t)
{
	note_instance(s);
	s->on_instance(s->ctx, &s->in);
	if (is(t, ",")) { /* another instance of the same module */
		s->in.first = t->line;
		s->in.shape.n_ports = 0;
		strv_free(&s->in.shape.ports);
		strv_free(&s->in.signals);
		s->at = AFTER_PARAMS;
	} else {
		forget(s);
	}
}

static void take(struct scan *s, const struct vpp_token *t)
{
	s->in.last = t->line;
	switch (s->at) {
	case OUTSIDE:
		outside(s, t);
		break;
	case AFTER_MODULE:
	case AFTER_PARAMS:
		after_module(s, t);
		break;
	case AFTER_DOT:
		after_dot(s, t);
		break;
	case AFTER_HASH:
		if (is(t, "(")) {
			begin_list(s, IN_PARAMS);
		} else { /* "#5" */
			s->in.shape.n_params = 1;
			s->at = AFTER_PARAMS;
		}
		break;
	case IN_PARAMS:
		if (in_list(s, t, &s->in.shape.params, &s->in.shape.n_params, NULL))
			s->at = AFTER_PARAMS;
		break;
	case AFTER_NAME:
		if (is(t, "("))
			begin_list(s, IN_PORTS);
		else if (is(t, "["))
			begin_list(s, IN_RANGE);
		else
			forget(s);
		break;
	case IN_RANGE:
		s->depth += opens(t);
		s->depth -= closes(t);
		if (s->depth == 0)
			s->at = AFTER_NAME;
		break;
	case IN_PORTS:
		if (in_list(s, t, &s->in.shape.ports, &s->in.shape.n_ports, &s->in.signals))
			s->at = AFTER_PORTS;
		break;
	case IN_DEFPARAM:
		in_defparam(s, t);
		break;
	case AFTER_PORTS:
		after_ports(s, t);
		break;
	}
}

static void on_token(void *ctx, const struct vpp_token *t)
{
	take(ctx, t);
}

void box_scan(const struct project *p, const char *path, const char *text, size_t len,
	      bool (*wants)(void *ctx, const char *module, size_t len),
	      void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx)
{
	struct scan s = { .wants = wants, .on_instance = on_instance, .ctx = ctx };

	project_tokens(p, path, text, len, on_token, &s);
	forget(&s);
	give_defparams(&s);
}

void box_scan_tokens(struct vpp *pp, bool (*wants)(void *ctx, const char *module, size_t len),
		     void (*on_instance)(void *ctx, const struct box_instance *in), void *ctx)
{
	struct scan s = { .wants = wants, .on_instance = on_instance, .ctx = ctx };
	struct vpp_token t;

	while (vpp_next(pp, &t))
		take(&s, &t);
	forget(&s);
	give_defparams(&s);
}

static void print_ports(const struct box_shape *s, struct str *out)
{
	const char *sep = "";

	for (size_t i = 0; i < s->ports.n; i++, sep = ", ")
		str_addf(out, "%sinput %s ", sep,
			 s->ports.v[i]); /* an escaped name ends with a blank */
	/* Ports by position of other instances; only their number matters. */
	for (size_t i = s->ports.n; i < s->n_ports; i++, sep = ", ")
		str_addf(out, "%sinput posedge_p%zu ", sep, i);
}

static void print_params(const struct box_shape *s, const struct strv *types, struct str *out)
{
	const char *sep = "";

	for (size_t i = 0; i < s->params.n; i++, sep = ", ")
		if (strv_has(types, s->params.v[i]))
			str_addf(out, "%sparameter type %s = logic", sep, s->params.v[i]);
		else
			str_addf(out, "%sparameter %s = 0", sep, s->params.v[i]);
	for (size_t i = s->params.n; i < s->n_params; i++, sep = ", ")
		str_addf(out, "%sparameter posedge_p%zu = 0", sep, i);
}

void box_shape_print(const struct box_shape *s, const struct strv *types, struct str *out)
{
	str_addf(out, "module %s ", s->module);
	if (s->params.n || s->n_params) {
		str_adds(out, "#(");
		print_params(s, types, out);
		str_adds(out, ") ");
	}
	str_adds(out, "(");
	print_ports(s, out);
	str_adds(out, ");\n");
	for (size_t i = 0; i < s->nets.n; i++)
		str_addf(out, "wire %s ;\n", s->nets.v[i]);
	str_adds(out, "endmodule\n");
}
