/* yosys - statistics of a synthesized module: cells, flip-flops, latches, and the
 * longest path.
 *
 *   yosys [MODULE]   the command
 *   yosys_stats      a tool for the model
 *   pane yosys       in place of the code
 *
 * posedge runs Yosys (yosyshq.net, ISC licence) in its sandbox: a design may come from
 * anywhere, and a synthesizer is a large program. It maps to its own generic gates, so
 * the numbers are for comparison and are no chip areas: a cell is a gate of at most
 * three inputs, and the path counts gates between registers. Without Yosys the
 * command, the tool and the pane exist, and say that it is missing.
 *
 * Parses stat -json, whose "design" member is the total of all modules, and the first
 * line of ltp; both in the format of Yosys 0.23 to 0.50. */
#include "plugins/posedge_plugin.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCRIPT_MAX 65536
#define TYPES_MAX  64 /* kinds of cells; further ones are summed up as others */
#define MISSING	   "yosys is not installed: apt-get install yosys"

typedef const struct posedge_host *host_t;

struct stats {
	char top[128];
	unsigned long cells, flip_flops, latches;
	long path; /* -1: not reported by Yosys */
	struct {
		char name[64];
		unsigned long n;
	} type[TYPES_MAX];
	size_t n_types;
	unsigned long others;
};

/* The script -------------------------------------------------------------------------- */

struct script {
	char text[SCRIPT_MAX];
	size_t len;
	bool full;
};

__attribute__((format(printf, 2, 3))) static void add(struct script *s, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(s->text + s->len, sizeof(s->text) - s->len, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= sizeof(s->text) - s->len)
		s->full = true;
	else
		s->len += (size_t)n;
}

/* Yosys scripts have no escapes inside quotes, and words cannot be quoted. */
static bool is_path(const char *w)
{
	return w[0] && !strpbrk(w, "\"\n\r;#");
}

static bool is_word(const char *w)
{
	return is_path(w) && !strpbrk(w, " \t");
}

static bool write_script(host_t h, const struct posedge_design *d, struct script *s)
{
	bool good = is_word(d->top);

	add(s, "read_verilog%s", d->systemverilog ? " -sv" : "");
	for (const char *const *w = d->include_dirs; *w; w++) {
		good &= is_word(*w);
		add(s, " -I%s", *w);
	}
	for (const char *const *w = d->defines; *w; w++) {
		good &= is_word(*w);
		add(s, " -D%s", *w);
	}
	for (size_t i = 0; i < d->n_sources; i++) {
		if (d->sources[i].included)
			continue;
		good &= is_path(d->sources[i].path);
		add(s, " \"%s\"", d->sources[i].path);
	}
	add(s, "\nhierarchy -check -top %s", d->top);
	for (const char *const *w = d->parameters; *w; w++) {
		size_t name = strcspn(*w, "=");

		good &= is_word(*w);
		add(s, " -chparam %.*s %s", (int)name, *w, (*w)[name] ? *w + name + 1 : "1");
	}
	add(s, "\nsynth -flatten -top %s\ntee -o stat.json stat -json\ntee -o ltp.txt ltp -noff\n",
	    d->top);
	if (!good)
		return h->fail(
			h->ctx,
			"a name in this design has a quote, a blank, a # or a ; in it, which "
			"a script of Yosys cannot hold");
	return !s->full || h->fail(h->ctx, "the design has more files than fit into a script");
}

/* Parsing its output ------------------------------------------------------------------ */

static unsigned long number_of(const char *json, const char *name)
{
	const char *at = strstr(json, name);

	return at ? strtoul(at + strlen(name), NULL, 10) : 0;
}

static void count(struct stats *s, const char *name, size_t len, unsigned long n)
{
	char type[64];

	snprintf(type, sizeof(type), "%.*s", (int)len, name);
	if (strstr(type, "LATCH"))
		s->latches += n;
	else if (type[0] == '$' && strstr(type, "FF"))
		s->flip_flops += n;
	if (s->n_types == TYPES_MAX) {
		s->others += n;
		return;
	}
	memcpy(s->type[s->n_types].name, type, sizeof(type));
	s->type[s->n_types++].n = n;
}

static bool read_stat(const char *json, struct stats *s)
{
	const char *design = strstr(json, "\"design\""), *at;

	if (!design)
		return false;
	s->cells = number_of(design, "\"num_cells\":");
	at = strstr(design, "\"num_cells_by_type\"");
	at = at ? strchr(at, '{') : NULL;
	while (at && *(at += strcspn(at + 1, "\"}") + 1) == '"') {
		const char *name = at + 1, *end = strchr(name, '"');

		at = end ? strchr(end, ':') : NULL;
		if (at)
			count(s, name, (size_t)(end - name), strtoul(at + 1, NULL, 10));
	}
	return true;
}

static long read_path(const char *ltp)
{
	const char *at = strstr(ltp, "(length=");

	return at ? strtol(at + strlen("(length="), NULL, 10) : -1;
}

/* Fails with the last "ERROR:" line of the output. */
static bool fail_as_told(host_t h, const struct posedge_output *o)
{
	const char *last = NULL;
	char line[400];

	for (const char *at = o->errors.data; (at = strstr(at, "ERROR:")); at++)
		last = at;
	if (!last)
		return h->fail(h->ctx, "yosys ended without a result");
	snprintf(line, sizeof(line), "yosys: %.*s",
		 (int)(strcspn(last, "\n") < 380 ? strcspn(last, "\n") : 380), last);
	return h->fail(h->ctx, line);
}

static bool measure(host_t h, const char *top, struct stats *s)
{
	const char *const argv[] = { "yosys", "-q", "-s", "posedge.ys", NULL };
	const char *const results[] = { "stat.json", "ltp.txt", NULL };
	struct posedge_design d = { .size = sizeof(d) };
	struct posedge_output o = { .size = sizeof(o) };
	struct posedge_program p = { .size = sizeof(p), .argv = argv, .results = results };
	struct script *script = calloc(1, sizeof(*script));
	struct posedge_file *files = NULL;
	bool ok = script && (h->design(h->ctx, top, &d) || h->fail(h->ctx, h->error(h->ctx))) &&
		  write_script(h, &d, script);

	if (ok)
		files = calloc(d.n_sources + 1, sizeof(*files));
	if (files) {
		for (size_t i = 0; i < d.n_sources; i++)
			files[i] = (struct posedge_file){ d.sources[i].path, d.sources[i].text };
		files[d.n_sources] =
			(struct posedge_file){ "posedge.ys", { script->text, script->len } };
		p.files = files;
		p.n_files = d.n_sources + 1;
		memset(s, 0, sizeof(*s));
		snprintf(s->top, sizeof(s->top), "%s", d.top);
		ok = h->program(h->ctx, &p, &o);
		if (!ok)
			h->fail(h->ctx, strstr(h->error(h->ctx), "yosys is not installed")
						? MISSING
						: h->error(h->ctx));
	}
	if (ok && (o.status != 0 || !o.results[0].data || !read_stat(o.results[0].data, s)))
		ok = fail_as_told(h, &o);
	s->path = ok && o.results[1].data ? read_path(o.results[1].data) : -1;
	free(files);
	free(script);
	return ok;
}

/* Output ------------------------------------------------------------------------------ */

static void headline(const struct stats *s, char *text, size_t size)
{
	char path[60] = "path not known";

	if (s->path >= 0)
		snprintf(path, sizeof(path), "longest path %ld cell%s", s->path,
			 s->path == 1 ? "" : "s");
	snprintf(text, size, "%s: %lu cells, %lu flip-flops, %lu latches, %s", s->top, s->cells,
		 s->flip_flops, s->latches, path);
}

static bool print_all(host_t h, const char *top)
{
	struct stats s;
	char line[400];

	if (!measure(h, top, &s))
		return false;
	headline(&s, line, sizeof(line));
	h->print(h->ctx, line);
	h->print(h->ctx, "\n");
	for (size_t i = 0; i < s.n_types; i++) {
		snprintf(line, sizeof(line), "%8lu  %s\n", s.type[i].n, s.type[i].name);
		h->print(h->ctx, line);
	}
	if (s.others) {
		snprintf(line, sizeof(line), "%8lu  of other kinds\n", s.others);
		h->print(h->ctx, line);
	}
	return true;
}

static int run(void *state, host_t h, size_t argc, const char *const *argv)
{
	return print_all(h, argc ? argv[0] : NULL) ? 0 : 2;
}

/* args: {"module":"NAME"}; posedge has checked that it is an object without other names. */
static bool call(void *state, host_t h, const char *args)
{
	const char *at = strstr(args, "\"module\"");
	char top[128] = "";

	at = at ? strchr(at + strlen("\"module\""), '"') : NULL;
	if (at)
		snprintf(top, sizeof(top), "%.*s", (int)strcspn(at + 1, "\"\\"), at + 1);
	return print_all(h, top[0] ? top : NULL);
}

static bool show_grey(host_t h, const char *why)
{
	struct posedge_line line = { POSEDGE_DIM, why };

	return h->show(h->ctx, "yosys", &line, 1);
}

/* The pane's contents. Needs no lock: one call at a time is inside, and show() copies. */
struct shown {
	struct stats s;
	char text[TYPES_MAX + 1][100];
	struct posedge_line lines[TYPES_MAX + 3];
};

static bool fill(void *state, host_t h)
{
	struct shown *x = state;
	const char *const version[] = { "yosys", "-V", NULL };
	const struct posedge_program p = { .size = sizeof(p), .argv = version, .seconds = 20 };
	struct posedge_output o = { .size = sizeof(o) };
	char head[400];
	size_t n = 0;

	if (!h->program(h->ctx, &p, &o))
		return show_grey(h, strstr(h->error(h->ctx), "is not installed")
					    ? MISSING
					    : h->error(h->ctx));
	if (!measure(h, NULL, &x->s))
		return false;
	headline(&x->s, head, sizeof(head));
	x->lines[n++] = (struct posedge_line){ POSEDGE_TITLE, head };
	for (size_t i = 0; i < x->s.n_types; i++) {
		const char *name = x->s.type[i].name;

		snprintf(x->text[i], sizeof(x->text[i]), "%8lu  %s", x->s.type[i].n, name);
		x->lines[n++] =
			(struct posedge_line){ strstr(name, "LATCH") ? POSEDGE_RISK : POSEDGE_PLAIN,
					       x->text[i] };
	}
	snprintf(x->text[TYPES_MAX], sizeof(x->text[0]), "by %.80s", o.out.data);
	x->text[TYPES_MAX][strcspn(x->text[TYPES_MAX], "\n")] = '\0';
	x->lines[n++] = (struct posedge_line){ POSEDGE_DIM, x->text[TYPES_MAX] };
	return h->show(h->ctx, "yosys", x->lines, n);
}

static void stop(void *state)
{
	free(state);
}

/* The plugin -------------------------------------------------------------------------- */

static bool start(const struct posedge_host *h, void **state)
{
	static const struct posedge_command command = {
		.size = sizeof(command),
		.name = "yosys",
		.args = "[MODULE]",
		.max_args = 1,
		.help = "synthesize a module: cells, flip-flops, latches, the longest path",
		.run = run,
	};
	static const struct posedge_tool tool = {
		.size = sizeof(tool),
		.name = "stats",
		.about = "Synthesizes a module with Yosys and says how many cells, flip-flops and "
			 "latches it has, and how many cells its longest path.",
		.schema = "{\"type\":\"object\",\"properties\":{\"module\":{\"type\":\"string\","
			  "\"description\":\"the top one, if it is the only one\"}}}",
		.call = call,
	};
	static const struct posedge_pane pane = {
		.size = sizeof(pane), .name = "yosys", .title = "synthesis", .fill = fill
	};

	*state = NULL;
	if (h->size < sizeof(*h)) {
		h->note(h->ctx, "this posedge is too old");
		return false;
	}
	*state = calloc(1, sizeof(struct shown));
	return *state && h->add_command(h->ctx, &command) && h->add_tool(h->ctx, &tool) &&
	       h->add_pane(h->ctx, &pane);
}

const struct posedge_plugin *posedge_plugin(void)
{
	static const struct posedge_plugin p = {
		.size = sizeof(p),
		.abi = POSEDGE_PLUGIN_ABI,
		.name = "yosys",
		.version = "1",
		.about = "statistics of a synthesized module, by Yosys",
		.start = start,
		.stop = stop,
	};

	return &p;
}
