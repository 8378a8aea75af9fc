/* Questions to the person, suggestions, and the command's words. */
#include "config.h"

#include "session/flow/flow_kit.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "session/flow/spec.h"
#include "session/journal/session.h"
#include "session/journal/state.h"
#include "session/option/opt.h"
#include "session/project/project.h"
#include "session/review/flow_replace.h"
#include "session/review/flow_suggest.h"
#include "session/verilog/verilog.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "session/workbench/workbench_read.h"

/* Records question and answer in the flow's exchange, as something the person said. */
static bool record_words(struct flow *f, const char *question, const char *answer, struct err *err)
{
	struct event e = { .type = EVENT_STEER };
	struct str text = STR_INIT;
	bool ok;

	str_addf(&text, "%s %s", question, answer);
	e.steer.ask = f->out->ask;
	e.steer.text = (struct bytes){ str_cstr(&text), text.len };
	ok = session_record(f->w->session, &e, NULL, err);
	str_free(&text);
	return ok;
}

bool flow_person(struct flow *f, const struct person_question *q, char **answer, struct err *err)
{
	const struct report *r = &f->w->out;
	struct person_question asked = *q;
	uint64_t since = loop_now_ms(f->w->loop);
	struct err why = { 0 };

	asked.from = f->row->name;
	*answer = r->question(r->ctx, &asked, &why);
	f->until_ms += loop_now_ms(f->w->loop) - since;
	if (!*answer)
		return why.code == ERR_CONSENT || err_copy(err, &why);
	if (record_words(f, q->text, *answer, err))
		return true;
	free(*answer);
	*answer = NULL;
	return false;
}

bool flow_text(struct flow *f, const char *path, struct str *out)
{
	return workbench_read(f->w, path, out);
}

bool flow_text_whole(struct flow *f, const char *path, struct str *out, struct err *err)
{
	return workbench_read_whole(f->w, path, out, err);
}

bool flow_module(struct flow *f, char **name, char **path, struct str *text, struct err *err)
{
	const struct project *p = workbench_project(f->w, err);
	const struct project_file *file;
	struct strv tops = STRV_INIT;

	if (!p)
		return false;
	project_tops(p, &tops);
	*name = flow_word(f) ? mem_strdup(flow_word(f)) : tops.n ? mem_strdup(tops.v[0]) : NULL;
	strv_free(&tops);
	file = *name ? project_module(p, *name, NULL) : NULL;
	if (!file)
		return err_set(err, ERR_NOT_FOUND, "%s: there is no module %s%shere", f->row->name,
			       *name ? *name : "", *name ? " " : "");
	*path = mem_strdup(file->path);
	return flow_text_whole(f, *path, text, err);
}

bool flow_module_outline(struct flow *f, char **name, char **path, struct str *text,
			 struct voutline *o, bool *read, const struct vmodule **m, struct err *err)
{
	if (!flow_module(f, name, path, text, err))
		return false;
	voutline_init(o, str_cstr(text), text->len);
	*read = true;
	*m = voutline_module(o, *name);
	return *m ||
	       err_set(err, ERR_NOT_FOUND, "%s: module %s cannot be read in it", *path, *name);
}

const char *flow_engine(const struct flow *f)
{
	const char *set = f->w->options->engine;

	return strcmp(set, ENGINE_AUTO) != 0		 ? set
	       : ports_has_engine(f->w->ports, "icarus") ? "icarus"
							 : "verilator";
}

enum port_role *flow_roles(struct flow *f, const struct project *p, const struct vmodule *m)
{
	const struct project_file *file = project_module(p, m->name, NULL);
	struct strv edges = STRV_INIT;
	struct str text = STR_INIT;
	enum port_role *roles;

	if (file && flow_text(f, file->path, &text))
		port_edges(str_cstr(&text), text.len, &edges);
	roles = port_roles(m, &edges);
	strv_free(&edges);
	str_free(&text);
	return roles;
}

bool flow_spec(struct flow *f, struct str *out, struct err *err)
{
	struct err why = { 0 };

	return workbench_read_whole(f->w, "spec.md", out, &why) || why.code == ERR_NOT_FOUND ||
	       err_copy(err, &why);
}

static void remember(struct flow *f, uint64_t n)
{
	struct flow_result *r = f->out;

	MEM_PUSH(r->suggestions, r->n, r->cap, n);
}

/* This flow's open suggestion for the file; NULL: there is none. */
static uint64_t *earlier(struct flow *f, const char *path)
{
	for (size_t i = 0; i < f->out->n; i++) {
		const struct proposal *p =
			state_proposal(session_state(f->w->session), f->out->suggestions[i]);

		if (p && p->state == PROPOSAL_OPEN && strcmp(suggestion_path(p->s), path) == 0)
			return &f->out->suggestions[i];
	}
	return NULL;
}

static bool is(const struct str *s, const char *text, size_t len)
{
	return s->len == len && memcmp(str_cstr(s), text, len) == 0;
}

bool flow_propose(struct flow *f, const char *path, const struct str *from, const char *text,
		  size_t len, struct err *err)
{
	struct str now = STR_INIT;
	struct proposed p = { .ask = f->out->ask, .path = path };
	char *by = str_fmt("flow %s", f->row->name);
	uint64_t n = 0, *old;
	bool ok = true;

	p.by = by;
	p.group = f->out->n ? f->out->suggestions[0] : 0;
	p.new_file = !workbench_read(f->w, path, &now);
	from = from && !p.new_file ? from : &now;
	p.base = (struct bytes){ str_cstr(from), from->len };
	p.text = (struct bytes){ text, len };
	if (p.new_file || (!is(&now, text, len) && !is(from, text, len))) {
		ok = flow_suggest(f->w->session, &p, &n, err);
		old = ok ? earlier(f, path) : NULL;
		if (old) {
			ok = flow_replace(f->w->session, *old, n, FLOW_REPLACED, err);
			*old = n;
		} else if (ok) {
			ok = flow_replace_earlier(f->w->session, n, err);
			remember(f, n);
		}
	}
	free(by);
	str_free(&now);
	return ok;
}

bool flow_withdraw(struct flow *f, const char *why, struct err *err)
{
	bool ok = true;

	for (size_t i = 0; ok && i < f->out->n; i++)
		ok = flow_close(f->w->session, f->out->suggestions[i], why, err);
	f->out->n = 0;
	return ok;
}

bool flow_require(struct flow *f, const struct strv *lines, struct err *err)
{
	struct str now = STR_INIT, text = STR_INIT;
	bool ok = lines->n == 0 || flow_spec(f, &now, err);

	if (ok && lines->n) {
		spec_extend(str_cstr(&now), now.len, lines, &text);
		ok = flow_propose(f, "spec.md", NULL, str_cstr(&text), text.len, err);
	}
	str_free(&now);
	str_free(&text);
	return ok;
}

/* The command's words ------------------------------------------------------------------- */

static bool is_option(const char *word)
{
	return str_starts(word, "--") && word[2];
}

const char *flow_option(const struct flow *f, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < f->argc; i++)
		if (strncmp(f->argv[i], name, n) == 0 && (f->argv[i][n] == '=' || !f->argv[i][n]))
			return f->argv[i] + n + (f->argv[i][n] == '=');
	return NULL;
}

const char *flow_word(const struct flow *f)
{
	for (size_t k = 0; k < f->argc; k++)
		if (!is_option(f->argv[k]))
			return f->argv[k];
	return NULL;
}

void flow_add_ports(const struct vmodule *m, struct str *out)
{
	static const char *const dirs[] = { [VPORT_INPUT] = "input",
					    [VPORT_OUTPUT] = "output",
					    [VPORT_INOUT] = "inout",
					    [VPORT_REF] = "ref",
					    [VPORT_INTERFACE] = "interface" };

	for (size_t i = 0; i < m->n_params; i++)
		if (!m->params[i].local)
			str_addf(out, "- parameter %s = %s\n", m->params[i].name,
				 m->params[i].value);
	for (size_t i = 0; i < m->n_ports; i++) {
		const struct vport *p = &m->ports[i];

		str_addf(out, "- %s %s%s%s%s\n", dirs[p->dir], p->type, p->type[0] ? " " : "",
			 p->name, p->dims);
	}
}
