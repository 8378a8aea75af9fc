/* A user names a signal by as much of it as makes it unique: "q", "dut.q", "tb.dut.q".
 * Among several matches the outermost is chosen; if these are several nets, they are
 * listed.
 */
#include "config.h"

#include "session/waveview/waveview.h"

#include <string.h>

#include "session/base/str.h"

#define NAMED 4 /* candidates listed */

static bool ends_so(const char *full, const char *name)
{
	size_t len = strlen(full), n = strlen(name);

	return len >= n && strcmp(full + len - n, name) == 0 &&
	       (len == n || full[len - n - 1] == '.');
}

static size_t depth(const char *full)
{
	size_t n = 0;

	for (; *full; full++)
		n += *full == '.';
	return n;
}

/* Matches of the smallest depth: inner modules repeat names. */
struct found {
	size_t n, first, stream, depth;
	bool several; /* several nets */
	struct str names;
};

static void consider(const struct trace *t, size_t i, const char *full, struct found *f)
{
	size_t stream = trace_signal_at(t, i)->stream, d = depth(full);

	if (f->n && d > f->depth)
		return;
	if (f->n && d < f->depth) {
		f->n = 0;
		f->several = false;
		str_clear(&f->names);
	}
	if (f->n == 0)
		f->first = i;
	f->several |= f->n && stream != f->stream;
	f->stream = stream;
	f->depth = d;
	if (f->n++ < NAMED)
		str_addf(&f->names, "%s%s", f->n > 1 ? ", " : "", full);
}

bool waveview_resolve(const struct trace *t, const char *name, size_t *signal, struct err *err)
{
	const char *last = strrchr(name, '.') ? strrchr(name, '.') + 1 : name;
	struct found f = { .names = STR_INIT };
	struct str full = STR_INIT;
	bool ok = true;

	*signal = trace_find(t, name);
	if (*signal != TRACE_NONE)
		return true;
	for (size_t i = 0; i < trace_signals(t); i++) {
		if (strcmp(trace_signal_at(t, i)->name, last) != 0)
			continue;
		str_clear(&full);
		trace_full_name(t, i, &full);
		if (ends_so(str_cstr(&full), name))
			consider(t, i, str_cstr(&full), &f);
	}
	if (f.n == 0)
		ok = err_set(err, ERR_NOT_FOUND, "%s: no signal of these waves has that name",
			     name);
	else if (f.several)
		ok = err_set(err, ERR_USAGE, "%s: %zu signals have that name: %s%s", name, f.n,
			     str_cstr(&f.names), f.n > NAMED ? ", ..." : "");
	*signal = f.first;
	str_free(&full);
	str_free(&f.names);
	return ok;
}
