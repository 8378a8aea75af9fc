/* wavedrom - the last run's waves as timing diagrams in documents show them: by clock
 * cycles.
 *
 *   wavedrom [FROM..TO] [clock=NAME] [svg] [SIGNAL...]
 *   export --as wavejson, export --as wavedrom-svg    the last 24 cycles
 *   wavedrom_waves   a tool for the model
 *   pane wavedrom    in place of the code
 *
 * `posedge wave --wavejson` has a column for each change and loses nothing; here a
 * column is a cycle, so that WaveDrom's output looks like a data sheet. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "plugins/wavedrom/wavedrom.h"

static bool print_buffer(host_t h, struct buffer *b)
{
	bool ok = !b->bad;

	if (ok && b->text)
		h->print(h->ctx, b->text);
	free(b->text);
	return ok || h->fail(h->ctx, "no memory");
}

static bool draw(host_t h, const struct wish *w, void (*how)(const struct lanes *, struct buffer *))
{
	struct buffer out = { 0 };
	struct lanes l;
	bool ok = lanes_read(h, w, &l);

	if (ok) {
		how(&l, &out);
		ok = print_buffer(h, &out);
	}
	lanes_end(&l);
	return ok;
}

/* The command ------------------------------------------------------------------------- */

/* "100", "100ns": to end, and no further. */
static bool take_time(const char *at, const char *end, uint64_t *time, int *unit)
{
	static const char *const units[] = { "s", "ms", "us", "ns", "ps", "fs" };
	size_t digits = strspn(at, "0123456789"), n;

	if (digits == 0)
		return false;
	*time = strtoull(at, NULL, 10);
	at += digits;
	n = (size_t)(end - at);
	for (size_t i = 0; n && i < sizeof(units) / sizeof(*units); i++)
		if (strlen(units[i]) == n && memcmp(at, units[i], n) == 0) {
			*unit = i ? -3 * (int)i : UNIT_SECONDS;
			return true;
		}
	return n == 0;
}

/* "100..250", "..250ns", "100ns..", "1..2us"; a unit behind the second is for both. */
static bool take_times(const char *word, struct wish *w)
{
	const char *dots = strstr(word, ".."), *end = word + strlen(word);
	struct wish t = { .has_from = dots > word, .has_to = dots && dots[2] };

	if (!dots || (!t.has_from && !t.has_to) ||
	    (t.has_from && !take_time(word, dots, &t.from, &t.from_unit)) ||
	    (t.has_to && !take_time(dots + 2, end, &t.to, &t.to_unit)))
		return false;
	w->has_from = t.has_from;
	w->has_to = t.has_to;
	w->from = t.from;
	w->to = t.to;
	w->from_unit = t.from_unit ? t.from_unit : t.to_unit;
	w->to_unit = t.to_unit;
	return true;
}

static int run(void *state, host_t h, size_t argc, const char *const *argv)
{
	struct wish w = { 0 };
	bool svg = false;

	for (size_t i = 0; i < argc; i++) {
		if (strcmp(argv[i], "svg") == 0)
			svg = true;
		else if (strncmp(argv[i], "clock=", 6) == 0)
			w.clock = argv[i] + 6;
		else if (!take_times(argv[i], &w))
			w.names[w.n++] = argv[i]; /* posedge passes at most LANES_MAX words */
	}
	return draw(h, &w, svg ? draw_svg : draw_wavejson) ? 0 : 2;
}

/* Exporters --------------------------------------------------------------------------- */

static bool export_wavejson(void *state, host_t h, const char *session, struct posedge_text events)
{
	const struct wish w = { 0 };

	return draw(h, &w, draw_wavejson);
}

static bool export_svg(void *state, host_t h, const char *session, struct posedge_text events)
{
	const struct wish w = { 0 };

	return draw(h, &w, draw_svg);
}

/* The tool ---------------------------------------------------------------------------- */

/* Reads a numeric member; args was printed by posedge, so its form is known. */
static bool take_number(const char *args, const char *name, uint64_t *out)
{
	const char *at = strstr(args, name);
	char *end;

	at = at ? strchr(at + strlen(name), ':') : NULL;
	if (!at)
		return false;
	*out = strtoull(at + 1, &end, 10);
	return end > at + 1;
}

static bool call(void *state, host_t h, const char *args)
{
	struct wish w = { 0 };

	w.has_from = take_number(args, "\"from\"", &w.from);
	w.has_to = take_number(args, "\"to\"", &w.to);
	return draw(h, &w, draw_wavejson);
}

/* The pane ---------------------------------------------------------------------------- */

static bool say(host_t h, enum posedge_style style, const char *text)
{
	const struct posedge_line line = { style, text };

	return h->show(h->ctx, "wavedrom", &line, 1);
}

static bool fill(void *state, host_t h)
{
	const struct wish w = { 0 };
	struct posedge_line lines[LANES_MAX + 2];
	struct buffer text[LANES_MAX + 1] = { 0 };
	struct posedge_waves probe = { .size = sizeof(probe) };
	struct lanes l;
	size_t n = 0;
	bool ok;

	if (!h->waves(h->ctx, NULL, &probe))
		return say(h, POSEDGE_DIM, h->error(h->ctx));
	ok = lanes_read(h, &w, &l);
	if (ok) {
		draw_head(&l, &text[n]);
		lines[n] = (struct posedge_line){ POSEDGE_TITLE, text[n].text };
		n++;
		for (size_t i = 0; i < l.n; i++, n++) {
			draw_lane_text(&l, i, &text[n]);
			lines[n] = (struct posedge_line){ POSEDGE_PLAIN, text[n].text };
		}
		ok = h->show(h->ctx, "wavedrom", lines, n);
	}
	for (size_t i = 0; i < n; i++)
		free(text[i].text);
	lanes_end(&l);
	return ok;
}

/* The plugin -------------------------------------------------------------------------- */

static bool start(const struct posedge_host *h, void **state)
{
	static const struct posedge_command command = {
		.size = sizeof(command),
		.name = "wavedrom",
		.args = "[FROM..TO] [clock=NAME] [svg] [SIGNAL...]",
		.max_args = LANES_MAX,
		.help = "the last run's waves by clock cycle, as WaveJSON or SVG; times as in "
			"5ns..2us, or in the dump's unit",
		.run = run,
	};
	static const struct posedge_exporter wavejson = {
		.size = sizeof(wavejson),
		.name = "wavejson",
		.help = "the last cycles of the last run, for WaveDrom",
		.run = export_wavejson,
	};
	static const struct posedge_exporter svg = {
		.size = sizeof(svg),
		.name = "wavedrom-svg",
		.help = "the same as a picture",
		.run = export_svg,
	};
	static const struct posedge_tool tool = {
		.size = sizeof(tool),
		.name = "waves",
		.about = "The signals of the testbench in the last simulation, a column for each "
			 "clock cycle, as WaveJSON.",
		.schema = "{\"type\":\"object\",\"properties\":{\"from\":{\"type\":\"integer\"},"
			  "\"to\":{\"type\":\"integer\"}}}",
		.call = call,
	};
	static const struct posedge_pane pane = {
		.size = sizeof(pane), .name = "wavedrom", .title = "last cycles", .fill = fill
	};

	*state = NULL;
	if (h->size < sizeof(*h)) {
		h->note(h->ctx, "this posedge is too old");
		return false;
	}
	return h->add_command(h->ctx, &command) && h->add_exporter(h->ctx, &wavejson) &&
	       h->add_exporter(h->ctx, &svg) && h->add_tool(h->ctx, &tool) &&
	       h->add_pane(h->ctx, &pane);
}

const struct posedge_plugin *posedge_plugin(void)
{
	static const struct posedge_plugin p = {
		.size = sizeof(p),
		.abi = POSEDGE_PLUGIN_ABI,
		.name = "wavedrom",
		.version = "1",
		.about = "waves by clock cycle, as WaveJSON and SVG",
		.start = start,
	};

	return &p;
}
