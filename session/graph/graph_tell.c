/* Formats answers as lines, "PATH:LINE: what", and as JSON, and a module as text for a model. */
#include "config.h"

#include "session/base/json.h"
#include "session/graph/graph.h"
#include "session/graph/graph_sql.h"

#define DOC_SHOWN 100

static const char *const asks[] = { [GRAPH_ASK_WHERE] = "driven",
				    [GRAPH_ASK_DRIVEN] = "driven",
				    [GRAPH_ASK_LOADS] = "read",
				    [GRAPH_ASK_RESET] = "reset" };

static const char *unit_word(enum vunit_kind k)
{
	static const char *const words[] = {
		[VUNIT_MODULE] = "module",	 [VUNIT_INTERFACE] = "interface",
		[VUNIT_PACKAGE] = "package",	 [VUNIT_PROGRAM] = "program",
		[VUNIT_PRIMITIVE] = "primitive", [VUNIT_CLASS] = "class"
	};

	return words[k];
}

static void say_hit(const struct graph_hit *h, struct str *out)
{
	switch (h->kind) {
	case GRAPH_HIT_MODULE:
		str_addf(out, "%s %s", unit_word(h->unit), h->name);
		break;
	case GRAPH_HIT_SIGNAL:
		str_addf(out, "%s %s of %s", graph_signal_word(h->signal), h->name, h->module);
		if (h->type[0])
			str_addf(out, "%s%s", h->signal == GRAPH_PARAMETER ? " = " : ", ", h->type);
		break;
	case GRAPH_HIT_INSTANCE:
		str_addf(out, "instance %s of %s, in %s", h->name, h->type, h->module);
		break;
	case GRAPH_HIT_BLOCK:
		str_addf(out, "%s %s of %s", h->type, h->name, h->module);
		break;
	}
}

void graph_tell_hits(const struct graph_hits *h, struct str *out)
{
	for (size_t i = 0; i < h->n; i++) {
		str_addf(out, "%s:%d: ", h->v[i].path, h->v[i].line);
		say_hit(&h->v[i], out);
		if (h->v[i].doc[0])
			str_addf(out, "  // %.*s", DOC_SHOWN, h->v[i].doc);
		str_addc(out, '\n');
	}
}

void graph_tell_cut(const struct graph_hits *h, struct str *out)
{
	static const struct {
		enum graph_cut cut;
		const char *text;
	} cuts[] = { { GRAPH_CUT_WORDS, "the question has more words than are looked for" },
		     { GRAPH_CUT_NAMES, "the design has more names than are compared" },
		     { GRAPH_CUT_HITS, "more was found than is shown" } };

	for (size_t i = 0; i < sizeof(cuts) / sizeof(*cuts); i++)
		if (h->cut & cuts[i].cut)
			str_addf(out, "%s%s", out->len ? "; " : "", cuts[i].text);
}

static void say_none(const struct graph_hit *of, enum graph_ask ask, bool reached, struct str *out)
{
	bool outside = of->signal == GRAPH_INPUT && ask == GRAPH_ASK_DRIVEN;
	bool out_of = of->signal == GRAPH_OUTPUT && ask == GRAPH_ASK_LOADS;

	if (outside || out_of)
		str_addf(out, "%s:%d: nothing in the project is connected to the %s %s of %s\n",
			 of->path, of->line, graph_signal_word(of->signal), of->name, of->module);
	else
		str_addf(out, "%s:%d: %s of %s is %s nowhere%s\n", of->path, of->line, of->name,
			 of->module, asks[ask], reached ? " in it" : "");
}

/* Says that there may be more sites, reached through ports. */
static void say_reached(const struct graph_hit *of, enum graph_ask ask, struct str *out)
{
	static const char *const verbs[] = { [GRAPH_ASK_WHERE] = "drive",
					     [GRAPH_ASK_DRIVEN] = "drive",
					     [GRAPH_ASK_LOADS] = "read",
					     [GRAPH_ASK_RESET] = "reset" };

	str_addf(out,
		 "%s:%d: whoever has %s as a port or an instance may %s %s: ask for that port or "
		 "instance\n",
		 of->path, of->line, of->module, verbs[ask], of->name);
}

void graph_tell_sites(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		      struct str *out)
{
	if (s->n == 0)
		say_none(of, ask, s->reached, out);
	for (size_t i = 0; i < s->n; i++) {
		const struct graph_site *v = &s->v[i];

		str_addf(out, "%s:%d: %s.%s %s: %s", v->path, v->line, v->module, v->signal,
			 asks[ask], v->what);
		if (v->block && v->block != v->line)
			str_addf(out, " (block at line %d)", v->block);
		str_addc(out, '\n');
	}
	if (s->reached)
		say_reached(of, ask, out);
	if (s->cut)
		str_adds(out, "[cut: there may be more places]\n");
}

/* JSON ------------------------------------------------------------------------------------ */

void graph_json_hit(const struct graph_hit *h, struct str *out)
{
	static const char *const hits[] = {
		[GRAPH_HIT_INSTANCE] = "instance", [GRAPH_HIT_BLOCK] = "block"
	};
	static const char *const ranks[] = { "name", "case", "like", "words" };

	str_addf(out, "{\"type\":\"find\",\"kind\":\"%s\"",
		 h->kind == GRAPH_HIT_SIGNAL   ? graph_signal_word(h->signal)
		 : h->kind == GRAPH_HIT_MODULE ? unit_word(h->unit)
					       : hits[h->kind]);
	json_add_text(out, "name", h->name);
	json_add_text(out, "module", h->module);
	json_add_text(out, "path", h->path);
	str_addf(out, ",\"line\":%d", h->line);
	json_add_text(out, "by", ranks[h->rank]);
	if (h->type[0])
		json_add_text(out, "of", h->type);
	str_addc(out, '}');
}

void graph_json_site(const struct graph_hit *of, enum graph_ask ask, const struct graph_site *s,
		     struct str *out)
{
	str_addf(out, "{\"type\":\"%s\"", asks[ask]);
	json_add_text(out, "name", of->name);
	json_add_text(out, "module", of->module);
	json_add_text(out, "path", s->path);
	str_addf(out, ",\"line\":%d", s->line);
	json_add_text(out, "what", s->what);
	json_add_text(out, "signal", s->signal);
	json_add_text(out, "in", s->module);
	if (s->block)
		str_addf(out, ",\"block\":%d", s->block);
	str_addf(out, ",\"ports\":%u}", s->depth);
}

void graph_json_none(const struct graph_hit *of, enum graph_ask ask, const struct graph_sites *s,
		     struct str *out)
{
	struct graph_sites none = { .reached = s->reached, .cut = s->cut };
	struct str why = STR_INIT;

	if (s->n == 0)
		graph_tell_sites(of, ask, &none, &why);
	else if (s->reached)
		say_reached(of, ask, &why);
	if (s->n && s->cut)
		str_adds(&why, "[cut: there may be more places]\n");
	if (why.len) {
		str_addf(out, "{\"type\":\"%s\"", asks[ask]);
		json_add_text(out, "name", of->name);
		json_add_text(out, "module", of->module);
		str_addf(out, ",\"places\":%zu", s->n);
		json_add_text(out, "note", str_cstr(&why));
		str_addc(out, '}');
	}
	str_free(&why);
}

/* A digest ---------------------------------------------------------------------------------- */

static void add_names(struct str *out, const char *lead, const char *names)
{
	if (names[0])
		str_addf(out, "%s%s", lead, names);
}

static bool ports(struct graph *g, int64_t module, struct str *out, struct err *err)
{
	struct graph_rows r;

	if (!graph_sql(
		    g,
		    "SELECT name, kind, type, doc FROM signals WHERE module = ? AND position >= 0"
		    " ORDER BY position",
		    &r, err, "i", module))
		return false;
	while (graph_sql_row(&r)) {
		int64_t kind = graph_sql_int(&r, 1);
		const char *type = graph_sql_text(&r, 2), *doc = graph_sql_text(&r, 3);

		str_addf(out, "  %s %s%s%s",
			 kind >= 0 && kind <= GRAPH_INTERFACE
				 ? graph_signal_word((enum graph_signal_kind)kind)
				 : "port",
			 type, type[0] ? " " : "", graph_sql_text(&r, 0));
		if (doc[0])
			str_addf(out, "  // %.*s", DOC_SHOWN, doc);
		str_addc(out, '\n');
	}
	return graph_sql_end(&r, err);
}

/* Appends "always_ff at clk, reset rst: writes a, b; decides on c; reads d". */
static bool blocks(struct graph *g, int64_t module, struct str *out, struct err *err)
{
	struct graph_rows r;

	if (!graph_sql(
		    g,
		    "SELECT kind, name, clock, reset, line,"
		    " group_concat(DISTINCT CASE WHEN role & 1 THEN signal END),"
		    " group_concat(DISTINCT CASE WHEN role & 4 AND NOT role & 16 AND what < 6 THEN "
		    "signal END),"
		    " group_concat(DISTINCT CASE WHEN role & 2 AND NOT role & 60 AND what < 5 THEN"
		    " signal END) FROM (SELECT b.id AS id, b.kind, b.name, b.clock, b.reset, "
		    "b.line,"
		    " u.role, s.name AS signal, s.kind AS what FROM blocks b LEFT JOIN (signals s"
		    " JOIN uses u ON u.signal = s.id) ON s.module = b.module AND u.block = b.id"
		    " WHERE b.module = ? ORDER BY b.id, s.id) GROUP BY id ORDER BY line, id",
		    &r, err, "i", module))
		return false;
	while (graph_sql_row(&r)) {
		str_addf(out, "  line %d: %s", (int)graph_sql_int(&r, 4), graph_sql_text(&r, 0));
		add_names(out, " ", graph_sql_text(&r, 1));
		add_names(out, " at ", graph_sql_text(&r, 2));
		add_names(out, ", reset ", graph_sql_text(&r, 3));
		add_names(out, "; writes ", graph_sql_text(&r, 5));
		add_names(out, "; decides on ", graph_sql_text(&r, 6));
		add_names(out, "; reads ", graph_sql_text(&r, 7));
		str_addc(out, '\n');
	}
	return graph_sql_end(&r, err);
}

static bool instances(struct graph *g, int64_t module, struct str *out, struct err *err)
{
	struct graph_rows r;

	if (!graph_sql(
		    g,
		    "SELECT name, of, line, group_concat(port, ' ') FROM (SELECT i.id AS id, "
		    "i.name,"
		    " i.of, i.line, '.' || coalesce(u.port, u.position) || '(' || s.name || ')' AS"
		    " port FROM instances i LEFT JOIN uses u ON u.instance = i.id AND u.instance > "
		    "0"
		    " LEFT JOIN signals s ON s.id = u.signal WHERE i.module = ?"
		    " ORDER BY i.id, u.position, u.port, s.id) GROUP BY id ORDER BY line, id",
		    &r, err, "i", module))
		return false;
	while (graph_sql_row(&r)) {
		str_addf(out, "  line %d: instance %s of %s", (int)graph_sql_int(&r, 2),
			 graph_sql_text(&r, 0), graph_sql_text(&r, 1));
		add_names(out, ": ", graph_sql_text(&r, 3));
		str_addc(out, '\n');
	}
	return graph_sql_end(&r, err);
}

static bool head(struct graph *g, int64_t module, struct str *out, struct err *err)
{
	struct graph_rows r;
	bool there = false;

	if (!graph_sql(g,
		       "SELECT m.name, f.path, m.line, m.doc FROM modules m JOIN files f ON f.id ="
		       " m.file WHERE m.id = ?",
		       &r, err, "i", module))
		return false;
	if (graph_sql_row(&r)) {
		there = true;
		str_addf(out, "module %s, %s:%d", graph_sql_text(&r, 0), graph_sql_text(&r, 1),
			 (int)graph_sql_int(&r, 2));
		add_names(out, "  // ", graph_sql_text(&r, 3));
		str_addc(out, '\n');
	}
	return graph_sql_end(&r, err) &&
	       (there || err_set(err, ERR_NOT_FOUND, "there is no such module in the graph"));
}

bool graph_ports(struct graph *g, int64_t module, struct str *out, struct err *err)
{
	return head(g, module, out, err) && ports(g, module, out, err);
}

static bool tell(struct graph *g, int64_t module, bool with_ports, size_t max, struct str *out,
		 struct err *err)
{
	struct str text = STR_LIMIT(max);
	bool ok = head(g, module, &text, err) && (!with_ports || ports(g, module, &text, err)) &&
		  blocks(g, module, &text, err) && instances(g, module, &text, err);

	if (ok) {
		str_add(out, str_cstr(&text), text.len);
		if (text.full)
			str_adds(out, "\n[cut]\n");
	}
	str_free(&text);
	return ok;
}

bool graph_digest(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err)
{
	return tell(g, module, true, max, out, err);
}

bool graph_flows(struct graph *g, int64_t module, size_t max, struct str *out, struct err *err)
{
	return tell(g, module, false, max, out, err);
}
