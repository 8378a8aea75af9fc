/* A name is matched against the ends of full names, part by part. If several match, the
 * outermost is meant, since inner modules repeat the testbench's names. Signals of one net
 * are one match: a port has a name on each side. Some simulators write an escaped name
 * with its backslash, others without: neither spelling distinguishes two signals. */
#include "config.h"

#include "session/trace/trace.h"

#include <string.h>

#include "session/base/str.h"

#define SHOWN_MAX 4

void trace_unescape(const char *name, struct str *out)
{
	for (const char *at = name; *at; at++)
		if (*at != '\\' && *at != ' ')
			str_addc(out, *at);
}

/* True if name is full, or its last parts. */
static bool ends_with(const char *full, size_t len, const char *name, size_t name_len)
{
	if (len < name_len || memcmp(full + len - name_len, name, name_len) != 0)
		return false;
	return len == name_len || full[len - name_len - 1] == '.';
}

struct search {
	const struct trace *t;
	const char *name;
	size_t found, streams; /* streams: number of nets with that name at depth */
	size_t depth;
	bool exact;
	struct str shown;
};

static void meet(struct search *s, size_t signal, const struct str *full)
{
	size_t stream = trace_signal_at(s->t, signal)->stream, d = str_count(str_cstr(full), '.');
	bool exact = full->len == strlen(s->name);

	if (s->exact || (s->streams && !exact && d > s->depth))
		return;
	if (s->streams && d < s->depth) {
		s->streams = 0;
		str_clear(&s->shown);
	}
	if (s->streams && !exact && trace_signal_at(s->t, s->found)->stream == stream)
		return;
	s->depth = d;
	if (s->streams++ < SHOWN_MAX)
		str_addf(&s->shown, "%s%s", s->shown.len ? ", " : "", str_cstr(full));
	if (exact || s->streams == 1)
		s->found = signal;
	s->exact = exact;
}

bool trace_find_by_end(const struct trace *t, const char *name, size_t *signal, struct err *err)
{
	struct search s = { .t = t, .shown = STR_INIT };
	struct str wanted = STR_INIT, written = STR_INIT, full = STR_INIT;
	size_t n = trace_signals(t);
	bool ok;

	trace_unescape(name, &wanted);
	s.name = str_cstr(&wanted);
	for (size_t i = 0; i < n; i++) {
		const char *last = trace_signal_at(t, i)->name;

		last += *last == '\\';
		if (!str_ends(s.name, last)) /* rejects most without making their full names */
			continue;
		str_clear(&written);
		str_clear(&full);
		trace_full_name(t, i, &written);
		trace_unescape(str_cstr(&written), &full);
		if (ends_with(str_cstr(&full), full.len, s.name, wanted.len))
			meet(&s, i, &full);
	}
	*signal = s.found;
	ok = s.exact || s.streams == 1;
	if (s.streams == 0)
		err_set(err, ERR_NOT_FOUND, "no signal of the run is called %.200s", name);
	else if (!ok)
		err_set(err, ERR_NOT_FOUND, "%.200s is several signals: %s%s", name,
			str_cstr(&s.shown), s.streams > SHOWN_MAX ? ", ..." : "");
	str_free(&s.shown);
	str_free(&wanted);
	str_free(&written);
	str_free(&full);
	return ok;
}
