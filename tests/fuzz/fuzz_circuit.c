#include "config.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/str.h"
#include "session/tool/circuit.h"
#include "tests/lib/wave.h"
#include "session/trace/trace.h"
#include "session/why/why.h"
#include "sim/netlist/circuit_xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SIGNALS 40u
#define TIMES	6

/* Waves with half of the design's signals, with arbitrary values. */
static struct trace *waves(const struct circuit *c, unsigned seed)
{
	struct wave *w = wave_new();

	for (uint32_t i = 0; i < c->n_instances && i < 8; i++)
		for (uint32_t v = 0; v < c->n_vars && wave_signals(w) < SIGNALS; v++) {
			if (c->vars[v].module != c->instances[i].module || v % 2)
				continue;
			wave_add_signal(w,
					&(struct wave_signal){ .scope = c->instances[i].path,
							       .name = c->vars[v].name,
							       .width = 1 + (int)(v % 9) },
					-1);
		}
	for (uint64_t t = 0; t < TIMES; t++)
		for (size_t i = 0; i < wave_signals(w); i++) {
			seed = seed * 1103515245u + 12345u;
			wave_change(w, i, t, &"01xz"[seed >> 16 & 3], 1);
		}
	wave_set_end(w, TIMES);
	return trace_of_wave(w);
}

static void ask(const struct circuit *c)
{
	struct trace *t = waves(c, c->n_nodes);
	struct why *w = why_new(c, t, NULL, NULL);
	const struct why_unit unit = { 1, "" };

	for (uint32_t v = 0; w && v < c->n_vars && v < SIGNALS; v++) {
		struct why_from from = { .time = TIMES - 1 };
		struct why_chain chain;
		struct str text = STR_INIT;

		if (!why_find(w, c->vars[v].name, &from.signal, NULL))
			continue;
		why_chain(w, &from, 1, 6, &chain);
		why_print(&chain, &unit, &text);
		for (size_t i = 0; i < text.len; i++)
			assert(text.data[i] == '\n' || (unsigned char)text.data[i] >= ' ');
		str_free(&text);
		why_chain_fini(&chain);
	}
	why_free(w);
	trace_close(t);
}

/* Every circuit that parses can be queried, and the output is safe to show; parsing it
 * in two slices gives the same result as in one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct circuit_xml *a = circuit_xml_new(), *b = circuit_xml_new();
	struct circuit one = CIRCUIT_INIT, two = CIRCUIT_INIT;
	bool ok = circuit_xml_feed(a, text, size, NULL) && circuit_xml_end(a, &one, NULL);
	bool again = circuit_xml_feed(b, text, size / 2, NULL) &&
		     circuit_xml_feed(b, text + size / 2, size - size / 2, NULL) &&
		     circuit_xml_end(b, &two, NULL);

	assert(ok == again && one.n_nodes == two.n_nodes && one.n_vars == two.n_vars);
	if (ok)
		ask(&one);
	circuit_fini(&one);
	circuit_fini(&two);
	circuit_xml_free(a);
	circuit_xml_free(b);
	return 0;
}
