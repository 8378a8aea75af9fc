/* Converts events to and from lines of JSON, using one table.
 *
 * A row of event_rows[] lists the members of an event's JSON object: name on disk, kind
 * of value, offset in struct event. Writing and reading use the same row, so they
 * always match. A kind is a pair of small functions; a new member is one entry,
 * with LATER() if older journals lack it, with OUTSIDE() if its text comes from a
 * question, a model or a tool and may hold a secret. Memory allocated by reading belongs to
 * the event; event_fini() frees it.
 */
#include "config.h"

#include "session/journal/event.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/output/diag.h"
#include "session/journal/event_inner.h"

/* clang-format off */
#define KEY(name) ",\"" name "\":"
#define ROW(name, kind, field, later, outside) \
	{ name, KEY(name), sizeof(KEY(name)) - 1, kind, offsetof(struct event, field), later, outside }
#define M(name, kind, field) ROW(name, kind, field, false, false)
#define LATER(name, kind, field) ROW(name, kind, field, true, false)
#define OUTSIDE(name, kind, field) ROW(name, kind, field, false, true)
#define LATER_OUTSIDE(name, kind, field) ROW(name, kind, field, true, true)
#define END { NULL, NULL, 0, K_STRING, 0, false, false }

const struct event_row event_rows[EVENT_TYPES] = {
	[EVENT_UNKNOWN] = { "", { END } },
	[EVENT_START] = { "start", {
		M("version", K_STRING, start.version),
		M("neighbour", K_STRING, start.neighbour),
		M("parent", K_STRING, start.parent), END } },
	[EVENT_OPEN] = { "open", {
		M("path", K_STRING, open.path),
		M("size", K_UINT, open.size),
		M("mtime", K_UINT, open.mtime_us), END } },
	[EVENT_BASE] = { "base", {
		M("path", K_STRING, base.path),
		M("hash", K_STRING, base.hash),
		M("len", K_UINT, base.len),
		M("kept", K_BOOL, base.kept), END } },
	[EVENT_EDIT] = { "edit", {
		M("path", K_STRING, edit.path),
		M("by", K_BY, edit.by),
		M("changes", K_CHANGES, edit.v), END } },
	[EVENT_RENAME] = { "rename", {
		M("path", K_STRING, rename.path),
		M("to", K_STRING, rename.to),
		M("suggestion", K_UINT, rename.suggestion),
		M("changes", K_CHANGES, rename.v),
		M("authors", K_AUTHORS, rename.authors), END } },
	[EVENT_REMOVE] = { "remove", {
		M("path", K_STRING, remove.path),
		M("suggestion", K_UINT, remove.suggestion),
		M("changes", K_CHANGES, remove.v), END } },
	[EVENT_GOTO] = { "goto", {
		M("path", K_STRING, go.path),
		M("node", K_UINT, go.node), END } },
	[EVENT_SAVE] = { "save", {
		M("path", K_STRING, save.path),
		M("hash", K_STRING, save.hash),
		M("size", K_UINT, save.size),
		M("mtime", K_UINT, save.mtime_us),
		LATER("of", K_UINT, save.of), END } },
	[EVENT_CLOSE] = { "close", { M("path", K_STRING, close.path), END } },
	[EVENT_ASK] = { "ask", {
		OUTSIDE("backend", K_STRING, ask.backend),
		OUTSIDE("model", K_STRING, ask.model),
		OUTSIDE("question", K_BYTES, ask.question),
		OUTSIDE("prompt", K_KEPT, ask.prompt),
		LATER("follows", K_UINT, ask.follows),
		LATER("path", K_STRING, ask.path),
		LATER("line", K_BYTES, ask.line),
		LATER("at", K_UINT, ask.at),
		LATER("tokens", K_UINT, ask.tokens),
		LATER_OUTSIDE("sent", K_BYTES, ask.sent),
		LATER("beside", K_BOOL, ask.beside),
		LATER("flow", K_UINT, ask.flow), END } },
	[EVENT_PIECE] = { "piece", {
		M("ask", K_UINT, piece.ask),
		M("kind", K_STRING, piece.kind),
		OUTSIDE("text", K_BYTES, piece.text), END } },
	[EVENT_CALL] = { "call", {
		M("ask", K_UINT, call.ask),
		OUTSIDE("id", K_STRING, call.id),
		OUTSIDE("name", K_STRING, call.name),
		OUTSIDE("args", K_BYTES, call.args), END } },
	[EVENT_RESULT] = { "result", {
		M("ask", K_UINT, result.ask),
		OUTSIDE("id", K_STRING, result.id),
		OUTSIDE("text", K_BYTES, result.text),
		M("failed", K_BOOL, result.failed), END } },
	[EVENT_OPAQUE] = { "opaque", {
		M("ask", K_UINT, opaque.ask),
		M("kind", K_STRING, opaque.kind),
		OUTSIDE("data", K_BYTES, opaque.data), END } },
	[EVENT_STEER] = { "steer", {
		M("ask", K_UINT, steer.ask),
		OUTSIDE("text", K_BYTES, steer.text),
		LATER("by", K_STRING, steer.by), END } },
	[EVENT_ANSWER] = { "answer", {
		M("ask", K_UINT, answer.ask),
		OUTSIDE("finish", K_STRING, answer.finish),
		OUTSIDE("model", K_STRING, answer.model),
		OUTSIDE("error", K_STRING, answer.error),
		M("cut", K_BOOL, answer.cut),
		M("in", K_INT, answer.in),
		M("out", K_INT, answer.out),
		M("cached", K_INT, answer.cached),
		M("reasoning", K_INT, answer.reasoning),
		LATER("rounds", K_UINT, answer.rounds),
		LATER_OUTSIDE("stopped", K_STRING, answer.stopped),
		LATER("written", K_UINT, answer.written),
		LATER("cost", K_UINT, answer.cost),
		LATER_OUTSIDE("currency", K_STRING, answer.currency), END } },
	[EVENT_SUGGEST] = { "suggest", {
		M("ask", K_UINT, suggest.ask),
		M("path", K_STRING, suggest.path),
		OUTSIDE("by", K_STRING, suggest.by),
		M("new", K_BOOL, suggest.new_file),
		M("incomplete", K_BOOL, suggest.incomplete),
		LATER("removes", K_BOOL, suggest.removes),
		LATER("in_place", K_BOOL, suggest.in_place),
		LATER("moves", K_STRING, suggest.moves),
		LATER("with", K_UINT, suggest.with),
		M("base", K_BYTES, suggest.base),
		M("proposed", K_BYTES, suggest.proposed),
		M("units", K_UNITS, suggest.units), END } },
	[EVENT_DECIDE] = { "decide", {
		M("suggestion", K_UINT, decide.suggestion),
		M("first", K_UINT, decide.first),
		M("last", K_UINT, decide.last),
		M("decision", K_DECISION, decide.decision), END } },
	[EVENT_SPLIT] = { "split", {
		M("suggestion", K_UINT, split.suggestion),
		M("unit", K_UINT, split.unit), END } },
	[EVENT_AMEND] = { "amend", {
		M("suggestion", K_UINT, amend.suggestion),
		M("unit", K_UINT, amend.unit),
		M("line", K_BYTES, amend.line), END } },
	[EVENT_APPLY] = { "apply", {
		M("suggestion", K_UINT, apply.suggestion),
		M("taken", K_UINT, apply.taken),
		M("refused", K_UINT, apply.refused),
		M("open", K_UINT, apply.open),
		M("how", K_STRING, apply.how),
		LATER("looked", K_UINT, apply.looked),
		LATER("with", K_UINT, apply.with), END } },
	[EVENT_LINT] = { "lint", {
		OUTSIDE("tool", K_STRING, lint.tool),
		OUTSIDE("error", K_STRING, lint.error),
		M("files", K_BYTES, lint.files),
		OUTSIDE("found", K_DIAGS, lint.found),
		LATER("read", K_UINT, lint.read),
		LATER_OUTSIDE("unread", K_BYTES, lint.unread),
		LATER("part", K_BOOL, lint.part),
		LATER("lang", K_STRING, lint.lang),
		LATER_OUTSIDE("version", K_STRING, lint.version),
		LATER("hashes", K_BYTES, lint.hashes), END } },
	[EVENT_CRITIQUE] = { "critique", {
		M("ask", K_UINT, critique.ask),
		M("path", K_STRING, critique.path),
		OUTSIDE("found", K_DIAGS, critique.found),
		OUTSIDE("unplaced", K_BYTES, critique.unplaced), END } },
	[EVENT_FIX] = { "fix", {
		M("ask", K_UINT, fix.ask),
		M("end", K_STRING, fix.end),
		OUTSIDE("text", K_STRING, fix.text), END } },
	[EVENT_RUN] = { "run", {
		M("testbench", K_STRING, run.testbench),
		M("engine", K_STRING, run.engine),
		M("files", K_BYTES, run.files),
		LATER("confirms", K_UINT, run.confirms),
		LATER("as_if", K_BOOL, run.as_if),
		LATER("hashes", K_BYTES, run.hashes), END } },
	[EVENT_VERDICT] = { "verdict", {
		M("run", K_UINT, verdict.run),
		M("verdict", K_STRING, verdict.verdict),
		OUTSIDE("error", K_STRING, verdict.error),
		M("checks", K_INT, verdict.checks),
		M("failures", K_COUNT, verdict.failures),
		OUTSIDE("first", K_BYTES, verdict.first),
		M("first_path", K_STRING, verdict.first_path),
		M("first_line", K_UINT, verdict.first_line),
		M("first_time", K_INT, verdict.first_time),
		M("output", K_STRING, verdict.output),
		M("output_len", K_UINT, verdict.output_len),
		M("output_hash", K_STRING, verdict.output_hash),
		M("wave", K_STRING, verdict.wave),
		OUTSIDE("unprotected", K_STRING, verdict.unprotected),
		M("build_ms", K_UINT, verdict.build_ms),
		M("run_ms", K_UINT, verdict.run_ms),
		LATER("sites", K_UINT, verdict.sites),
		LATER("mismatches", K_UINT, verdict.mismatches),
		LATER("samples", K_UINT, verdict.samples),
		LATER("steps", K_BYTES, verdict.steps),
		LATER("log", K_STRING, verdict.log),
		LATER_OUTSIDE("beside", K_BYTES, verdict.beside),
		LATER_OUTSIDE("differs", K_BYTES, verdict.differs),
		LATER("lang", K_STRING, verdict.lang),
		LATER("written", K_BYTES, verdict.written),
		LATER_OUTSIDE("version", K_STRING, verdict.version),
		LATER("seeds", K_UINT, verdict.seeds), END } },
	[EVENT_SET] = { "set", {
		M("name", K_STRING, set.name),
		OUTSIDE("value", K_STRING, set.value), END } },
	[EVENT_NOTE] = { "note", { OUTSIDE("text", K_BYTES, note.text), END } },
	[EVENT_MARK] = { "mark", { OUTSIDE("name", K_STRING, mark.name), END } },
	[EVENT_REWIND] = { "rewind", {
		M("to", K_UINT, rewind.to),
		M("from", K_UINT, rewind.from), END } },
	[EVENT_SEAL] = { "seal", {
		M("head", K_STRING, seal.head),
		M("key", K_STRING, seal.key),
		M("signature", K_STRING, seal.signature),
		M("files", K_BYTES, seal.files), END } },
};
/* clang-format on */

const char *event_name(enum event_type t)
{
	return event_rows[t].name;
}

enum event_type event_type_of(const char *name)
{
	for (int t = 1; t < EVENT_TYPES; t++)
		if (strcmp(event_rows[t].name, name) == 0)
			return (enum event_type)t;
	return EVENT_UNKNOWN;
}

void event_fill(struct event *e)
{
	for (const struct event_member *m = event_rows[e->type].m; m->name; m++) {
		const char **p = (const char **)(void *)((char *)e + m->at);

		if (m->kind == K_STRING && !*p)
			*p = "";
	}
}

const char *const event_sources[EVENT_SOURCES] = {
	[EDIT_BY_YOU] = "you", [EDIT_BY_DISK] = "disk", [EDIT_BY_REWIND] = "rewound"
};

void edit_by_print(struct edit_by by, struct str *out)
{
	if (by.source == EDIT_BY_SUGGESTION)
		str_addf(out, "suggestion %llu", (unsigned long long)by.suggestion);
	else
		str_adds(out, event_sources[by.source]);
}

const char *const event_author_names[AUTHOR_KINDS] = { [AUTHOR_BEFORE] = "before",
						       [AUTHOR_YOU] = "you",
						       [AUTHOR_MODEL] = "model",
						       [AUTHOR_MODEL_YOU] = "both",
						       [AUTHOR_DISK] = "disk" };

/* Memory of an event, kept in a list and freed with it. */
struct owned {
	struct owned *next;
	void *p;
	bool diags;
};

void *event_own(struct event *e, void *p, bool diags)
{
	struct owned *o = mem_alloc(sizeof(*o));

	*o = (struct owned){ e->owned, p, diags };
	e->owned = o;
	return p;
}

void event_fini(struct event *e)
{
	struct owned *o = e->owned;

	while (o) {
		struct owned *next = o->next;

		if (o->diags)
			diag_list_free(o->p);
		else
			free(o->p);
		free(o);
		o = next;
	}
	e->owned = NULL;
}
