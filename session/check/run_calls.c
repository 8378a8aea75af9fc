#include "config.h"

#include "session/check/run_calls.h"

#include <string.h>

#include "session/text/slice.h"
#include "session/tool/simulator.h"
#include "session/verilog/verilog.h"

#define MAX_SOURCE (1u << 20)
#define MAX_PLACES 100u

static bool draws(struct slice call)
{
	return slice_is(call, "$random") || slice_is(call, "$urandom") ||
	       slice_is(call, "$urandom_range") || slice_is(call, "randomize") ||
	       slice_starts(call, "$dist_");
}

static void add_place(struct strv *out, const char *what, const char *path, int line)
{
	if (out->n < MAX_PLACES)
		strv_addf(out, "%s%s:%d", what, path, line);
}

/* True if the next tokens are a bracket and a text. */
static bool takes_text(const char *text, size_t len, size_t off)
{
	while (off < len && strchr(" \t(", text[off]))
		off++;
	return off < len && text[off] == '"';
}

static void read_text(const char *path, const char *text, size_t len, struct run_calls *out)
{
	enum vlex_state state = VLEX_CODE;
	int line = 1, specify = 0; /* specify: the line of the open block, until it has a path */

	for (size_t off = 0; off < len;) {
		struct vtoken k = vlex_next(text, len, off, &state);
		struct slice s = { text + off, k.len };

		if (k.kind == VTOKEN_SYSTEM || k.kind == VTOKEN_NAME) {
			out->random = out->random || draws(s);
			out->annotates = out->annotates || slice_is(s, "$sdf_annotate");
			if (slice_is(s, "$finish"))
				add_place(&out->ends, "$finish in ", path, line);
			else if (slice_is(s, "$stop"))
				add_place(&out->ends, "$stop in ", path, line);
			else if (slice_is(s, "$fatal") && takes_text(text, len, off + k.len))
				add_place(&out->fatals, "", path, line);
		} else if (k.kind == VTOKEN_KEYWORD && slice_is(s, "specify")) {
			specify = line;
		} else if (k.kind == VTOKEN_KEYWORD && slice_is(s, "endspecify")) {
			specify = 0;
		} else if (specify && (slice_is(s, "=>") || slice_is(s, "*>"))) {
			add_place(&out->paths, "", path, specify);
			specify = 0;
		}
		for (size_t i = 0; i < k.len; i++)
			line += s.p[i] == '\n';
		off += k.len;
	}
}

void run_calls_read(const struct sim_job *j, struct run_calls *out)
{
	*out = (struct run_calls){ .random = false };
	for (size_t i = 0; i < j->n; i++) {
		struct str text = STR_INIT;

		if (source_read(&j->sources[i], j->root, MAX_SOURCE, &text, NULL))
			read_text(j->sources[i].path, str_cstr(&text), text.len, out);
		str_free(&text);
	}
}

void run_calls_tell(const struct run_calls *c, struct strv *notes)
{
	if (c->fatals.n)
		strv_addf(notes,
			  "%s: the first argument of $fatal is a number: write $fatal(1, \"...\")",
			  c->fatals.v[0]);
	if (c->paths.n && !c->annotates)
		strv_addf(
			notes,
			"the path delays in %s%s (specify) are left out: a run has them only with "
			"Icarus and $sdf_annotate",
			c->paths.v[0], c->paths.n > 1 ? " and elsewhere" : "");
}

void run_calls_fini(struct run_calls *c)
{
	strv_free(&c->fatals);
	strv_free(&c->ends);
	strv_free(&c->paths);
}
