/* graph_job LINES RUNS: the cost of a keystroke for the graph of a design of fifty
 * modules.
 *
 * Changes one byte in a module of LINES lines and stores it again, RUNS times:
 * preprocessing, its facts, its rows. Prints the median and the 99th percentile in ms
 * of CPU time. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/graph/graph.h"
#include "session/verilog/vpp.h"

static double now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool put(struct graph *g, const char *path, const struct str *text, unsigned run)
{
	struct vpp *p = vpp_new(path, str_cstr(text), text->len, NULL);
	struct graph_flat flat = { 0 };
	struct graph_facts f;
	struct vpp_token t;
	char stamp[32];
	bool ok;

	while (vpp_next(p, &t))
		graph_flat_token(&flat, &t);
	vpp_free(p);
	graph_facts_read(&f, &flat, str_cstr(text), text->len);
	snprintf(stamp, sizeof(stamp), "%u", run);
	ok = graph_put(g, path, stamp, &f, NULL);
	graph_facts_fini(&f);
	graph_flat_fini(&flat);
	return ok;
}

/* Lines in equal parts declare, assign, and are clocked processes. */
static void module(struct str *out, unsigned n, unsigned lines)
{
	str_clear(out);
	str_addf(out,
		 "module block%u (input wire clk, rst, input wire [7:0] d, output wire [7:0] q);\n",
		 n);
	for (unsigned i = 0; i < lines / 3; i++)
		str_addf(out,
			 "  reg [7:0] r%u;  // number %u\n  wire [7:0] w%u = r%u ^ d;\n"
			 "  always @(posedge clk) if (rst) r%u <= 0; else r%u <= w%u;\n",
			 i, i, i, i, i, i, i);
	str_adds(out, "  assign q = w0;\nendmodule\n");
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	unsigned lines = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 100;
	unsigned runs = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : 200;
	double *ms = mem_calloc(runs + 1, sizeof(*ms));
	char folder[] = "/tmp/graph_job.XXXXXX";
	char *path = mkdtemp(folder) ? str_fmt("%s/g.db", folder) : NULL;
	struct graph *g = path ? graph_open(path, NULL) : NULL;
	struct str text = STR_INIT;
	bool ok = g != NULL;

	for (unsigned i = 0; ok && i < 50; i++) {
		char *name = str_fmt("block%u.v", i);

		module(&text, i, 100);
		ok = put(g, name, &text, 0);
		free(name);
	}
	module(&text, 7, lines);
	for (unsigned i = 0; ok && i < runs; i++) {
		double start = now_ms();

		text.data[text.len / 2] ^= 1;
		ok = put(g, "block7.v", &text, i + 1);
		ms[i] = now_ms() - start;
	}
	qsort(ms, runs, sizeof(*ms), by_size);
	if (ok && runs)
		printf("%.3f %.3f\n", ms[runs / 2], ms[runs * 99 / 100]);
	graph_close(g);
	file_remove_tree(folder, NULL);
	str_free(&text);
	free(path);
	free(ms);
	return ok ? 0 : 1;
}
