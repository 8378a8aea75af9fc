/* Options of Verilog tools, in file lists and on command lines.
 *
 * One table for all tools: Icarus (`iverilog -h`, its command files), Verilator
 * (its manual, "verilator Arguments"), and what the commercial ones have shared
 * since Verilog-XL. Options that take a separate word must be known, or that word
 * would look like a file; so after an unknown option a word counts as a file only
 * if it exists and has a source extension.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/manifest/manifest_inner.h"
#include "session/manifest/shell.h"

enum form {
	ALONE,	/* takes no value */
	NEXT,	/* value is the next word */
	JOINED, /* value is the rest of the word or, if empty, the next word */
	EQUALS, /* value follows `=`, or is the next word */
	PREFIX, /* any word with this prefix; takes no value */
};

typedef void option_fn(struct reading *r, const char *value);

struct option {
	const char *name;
	enum form form;
	option_fn *fn; /* NULL: does not affect which files there are */
};

/* What options mean ------------------------------------------------------------------ */

static void each_between(struct reading *r, const char *text, char between,
			 void (*fn)(struct reading *r, const char *text, size_t len))
{
	while (*text) {
		const char *end = strchr(text, between);
		size_t n = end ? (size_t)(end - text) : strlen(text);

		if (n)
			fn(r, text, n);
		text += n + (end != NULL);
	}
}

static void add_folder(struct reading *r, const char *text, size_t len)
{
	char *name = mem_strndup(text, len);

	reading_add_include(r, name);
	free(name);
}

static void add_ext(struct reading *r, const char *text, size_t len)
{
	char *ext = mem_strndup(text, len);

	if (ext[0] == '.' && !strv_has(&r->out->library_exts, ext) && r->out->library_exts.n < 20)
		strv_add(&r->out->library_exts, ext);
	free(ext);
}

static void add_library_dir(struct reading *r, const char *name)
{
	char *path = reading_dir(r, name);

	if (path && !strv_has(&r->out->library_dirs, path) && r->out->library_dirs.n < 1000)
		strv_add(&r->out->library_dirs, path);
	free(path);
}

static void incdirs(struct reading *r, const char *v)
{
	each_between(r, v, '+', add_folder);
}

static void defines(struct reading *r, const char *v)
{
	each_between(r, v, '+', reading_add_define);
}

static void exts(struct reading *r, const char *v)
{
	each_between(r, v, '+', add_ext);
}

static void libdirs(struct reading *r, const char *v)
{
	add_library_dir(r, v);
}

static void incdir(struct reading *r, const char *v)
{
	reading_add_include(r, v);
}

static void define(struct reading *r, const char *v)
{
	reading_add_define(r, v, strlen(v));
}

static void parameter(struct reading *r, const char *v)
{
	const char *dot = strchr(v, '.'), *eq = strchr(v, '=');

	if (v[0] == '/') /* ModelSim, an instance path: -G/tb/W=8 */
		v = strrchr(v, '/') + 1;
	else if (dot && eq && dot < eq) /* Icarus: -P tb.W=8 */
		v = dot + 1;
	reading_add_parameter(r, v, strlen(v));
}

static void top(struct reading *r, const char *v)
{
	const char *dot = strrchr(v, '.'); /* work.tb */

	reading_add_top(r, dot ? dot + 1 : v);
}

static void library(struct reading *r, const char *v)
{
	reading_add(r, v, MANIFEST_LIBRARY);
}

static void library_ext(struct reading *r, const char *v)
{
	add_ext(r, v, strlen(v));
}

static void systemverilog(struct reading *r, const char *v)
{
	r->out->sv = true;
}

static void generation(struct reading *r, const char *v)
{
	if (str_starts(v, "2009") || str_starts(v, "2012"))
		r->out->sv = true;
}

static void list(struct reading *r, const char *v)
{
	char *path = reading_file(r, v);

	if (path)
		reading_include(r, path, MANIFEST_LIST, r->base);
	free(path);
}

/* Its names are relative to the list, not to where the tool runs. */
static void relative_list(struct reading *r, const char *v)
{
	char *path = reading_file(r, v), *folder;

	if (path) {
		folder = path_dir(path);
		reading_include(r, path, MANIFEST_LIST, folder);
		free(folder);
	}
	free(path);
}

static const struct option options[] = {
	{ "+incdir+", PREFIX, incdirs },
	{ "+define+", PREFIX, defines },
	{ "+libext+", PREFIX, exts },
	{ "+systemverilogext+", PREFIX, systemverilog },
	{ "-f", NEXT, list },
	{ "-file", NEXT, list },
	{ "-c", JOINED, list },
	{ "-F", NEXT, relative_list },
	{ "-y", JOINED, libdirs },
	{ "-v", NEXT, library },
	{ "-I", JOINED, incdir },
	{ "-incdir", NEXT, incdir },
	{ "-i", NEXT, incdir },
	{ "-D", JOINED, define },
	{ "-define", NEXT, define },
	{ "-d", NEXT, define },
	{ "-pvalue+", PREFIX, parameter },
	{ "-G", JOINED, parameter },
	{ "-P", JOINED, parameter },
	{ "-parameter", NEXT, parameter },
	{ "-generic_top", NEXT, parameter },
	{ "-top-module", EQUALS, top },
	{ "-top", EQUALS, top },
	{ "-s", JOINED, top },
	{ "-Y", JOINED, library_ext },
	{ "-sv", ALONE, systemverilog },
	{ "-sverilog", ALONE, systemverilog },
	{ "-sv09", ALONE, systemverilog },
	{ "-sv12", ALONE, systemverilog },
	{ "-g", JOINED, generation },
	/* These take a word that is not a file of the design. */
	{ "-o", JOINED, NULL },
	{ "-Mdir", NEXT, NULL },
	{ "-l", NEXT, NULL },
	{ "-t", JOINED, NULL },
	{ "-m", JOINED, NULL },
	{ "-M", JOINED, NULL },
	{ "-N", JOINED, NULL },
	{ "-L", JOINED, NULL },
	{ "-CFLAGS", NEXT, NULL },
	{ "-LDFLAGS", NEXT, NULL },
	{ "-MAKEFLAGS", NEXT, NULL },
	{ "-prefix", EQUALS, NULL },
	{ "-timescale", EQUALS, NULL },
	{ "-timescale-override", NEXT, NULL },
	{ "-work", NEXT, NULL },
	{ "-lib", NEXT, NULL },
	{ "-threads", NEXT, NULL },
	{ "-trace-depth", NEXT, NULL },
	{ "-trace-threads", NEXT, NULL },
	{ "-unroll-count", NEXT, NULL },
	{ "-unroll-stmts", NEXT, NULL },
	{ "-output-split", NEXT, NULL },
	{ "-output-split-cfuncs", NEXT, NULL },
	{ "-max-num-width", NEXT, NULL },
	{ "-x-assign", NEXT, NULL },
	{ "-x-initial", NEXT, NULL },
	{ "-language", NEXT, NULL },
	{ "-default-language", NEXT, NULL },
	{ "-converge-limit", NEXT, NULL },
	{ "-compiler", NEXT, NULL },
	{ "-mod-prefix", NEXT, NULL },
	{ "-build-jobs", NEXT, NULL },
	{ "-j", JOINED, NULL },
	{ "-cm", NEXT, NULL }, /* VCS: coverage, of which one names a file of hierarchies */
	{ "-cm_hier", NEXT, NULL },
	{ "-cm_dir", NEXT, NULL },
	{ "-cm_name", NEXT, NULL },
	{ "-cm_log", NEXT, NULL },
	{ "-cm_tgl", NEXT, NULL },
	{ "-cm_line", NEXT, NULL },
	{ "-cm_cond", NEXT, NULL },
	{ "-ntb_opts", NEXT, NULL },
	{ "-covfile", NEXT, NULL }, /* Xcelium */
	{ "-covdut", NEXT, NULL },
	{ "-covworkdir", NEXT, NULL },
	{ "-input", NEXT, NULL },
	{ "-xmlibdirname", NEXT, NULL },
	{ "-nclibdirname", NEXT, NULL },
	{ "-suppress", NEXT, NULL }, /* Questa */
	{ "-svinputport=", JOINED, NULL },
	{ "-do", NEXT, NULL },
	{ "-error-limit", NEXT, NULL },
	{ "-inline-mult", NEXT, NULL },
	{ "-pins-bv", NEXT, NULL },
	{ "-cpp", NEXT, NULL },
	{ "-vpi", NEXT, NULL },
	{ "-snapshot", NEXT, NULL },
	{ "-b", ALONE, NULL },
	/* These take no value. */
	{ "-W", PREFIX, NULL },
	{ "-O", PREFIX, NULL },
	{ "-E", ALONE, NULL },
	{ "-S", ALONE, NULL },
	{ "-u", ALONE, NULL },
	{ "-V", ALONE, NULL },
	{ "-cc", ALONE, NULL },
	{ "-sc", ALONE, NULL },
	{ "-exe", ALONE, NULL },
	{ "-build", ALONE, NULL },
	{ "-binary", ALONE, NULL },
	{ "-main", ALONE, NULL },
	{ "-lint-only", ALONE, NULL },
	{ "-xml-only", ALONE, NULL },
	{ "-timing", ALONE, NULL },
	{ "-no-timing", ALONE, NULL },
	{ "-trace", PREFIX, NULL },
	{ "-assert", ALONE, NULL },
	{ "-coverage", PREFIX, NULL },
	{ "-bbox-", PREFIX, NULL },
	{ "-public", PREFIX, NULL },
	{ "-no-", PREFIX, NULL },
	{ "-autoflush", ALONE, NULL },
	{ "-full64", ALONE, NULL },
	{ "-R", ALONE, NULL },
	{ "-quiet", ALONE, NULL },
	{ "-debug", PREFIX, NULL },
	{ "-fno-", PREFIX, NULL },
	{ "-clk", NEXT, NULL },
	{ "-Wno", PREFIX, NULL },
	{ "-64bit", ALONE, NULL },
	{ "-access", NEXT, NULL },
	{ "-relax", ALONE, NULL },
	{ "-n", ALONE, NULL },
	{ "-lxt2", ALONE, NULL },
	{ "-fst", ALONE, NULL },
	{ "-vcd", ALONE, NULL },
	{ "-lxt", ALONE, NULL },
	{ "-uvm", ALONE, NULL },
	{ "+verilator+", PREFIX, NULL },
	{ "+lint=", PREFIX, NULL },
	{ "+access+", PREFIX, NULL },
	{ "+acc", PREFIX, NULL },
	{ "+v2k", ALONE, NULL },
	{ "+nospecify", ALONE, NULL },
	{ "+notimingcheck", PREFIX, NULL },
	{ "+vcs+", PREFIX, NULL },
	{ "+cover", PREFIX, NULL },
	{ "+librescan", ALONE, NULL },
	{ "+libverbose", ALONE, NULL },
	{ "+1800", PREFIX, NULL },
	{ "+1364", PREFIX, NULL },
	{ "+timescale+", PREFIX, NULL },
	{ "+nc", PREFIX, NULL },
	{ "+warn", PREFIX, NULL },
	{ "+error", PREFIX, NULL },
	{ "+neg_tchk", ALONE, NULL },
};

/* The longest option name that matches, so that -top is not taken as -t op. */
static const struct option *option_of(const char *word)
{
	const struct option *best = NULL;
	size_t best_len = 0;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		const struct option *o = &options[i];
		size_t n = strlen(o->name);
		bool whole = strncmp(word, o->name, n) == 0 && word[n] == '\0';
		bool fits = whole || (strncmp(word, o->name, n) == 0 &&
				      (o->form == JOINED || o->form == PREFIX ||
				       (o->form == EQUALS && word[n] == '=')));

		if (fits && n > best_len) {
			best = o;
			best_len = n;
		}
	}
	return best;
}

/* Words ------------------------------------------------------------------------------- */

static void plusarg(struct reading *r, const char *word)
{
	if (shell_unknown(word))
		return;
	if (strchr(word, '=') && !strv_has(&r->out->plusargs, word) && r->out->plusargs.n < 1000)
		strv_add(&r->out->plusargs, word);
	else if (!strchr(word, '=') && !r->quiet)
		reading_note(r, "the option %s is not known; it is left out", word);
}

/* Sources and libraries for a compiler, listed among Verilator's sources. */
static bool is_compiler_input(const char *word)
{
	static const char *const endings[] = { ".c",  ".cc",  ".cpp", ".cxx", ".o",   ".a",
					       ".so", ".vlt", ".vpi", ".sdc", ".xdc", ".tbl" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (str_ends(word, endings[i]))
			return true;
	return false;
}

static bool is_list(const char *word)
{
	return manifest_kind(word) == MANIFEST_LIST && !strpbrk(word, "*?");
}

static void file(struct reading *r, const char *word, bool after_unknown)
{
	if (is_compiler_input(word))
		return;
	if (after_unknown && !reading_is_hdl(word))
		return;
	if (is_list(word)) { /* Verilator does not accept these; other tools do */
		list(r, word);
		return;
	}
	r->given = true;
	reading_add(r, word, reading_role(word));
	r->given = false;
}

/* Returns the number of following words that belong to the option. */
static size_t option(struct reading *r, const struct option *o, const char *word, const char *next)
{
	size_t n = strlen(o->name);
	const char *value = NULL;
	bool takes = false;

	if (o->form == PREFIX || (o->form == JOINED && word[n]))
		value = word + n;
	else if (o->form == EQUALS && word[n] == '=')
		value = word + n + 1;
	else if (o->form != ALONE)
		takes = next != NULL;
	if (takes)
		value = next;
	if (o->fn && (value || o->form == ALONE))
		o->fn(r, value);
	return takes;
}

/* Learns variables from `$RTL/cpu.v` first, so that $RTL alone is understood before it. */
static void learn_variables(struct reading *r, char *const *words, size_t n)
{
	bool quiet = r->quiet;

	r->quiet = true;
	for (size_t i = 0; i < n; i++) {
		if (words[i][0] == '$' && reading_is_hdl(words[i]) && !strpbrk(words[i], "*?"))
			free(reading_file(r, words[i]));
	}
	r->quiet = quiet;
}

void reading_args(struct reading *r, char *const *words, const int *lines, size_t n)
{
	bool unknown = false;

	learn_variables(r, words, n);
	for (size_t i = 0; i < n; i++) {
		/* Verilator accepts both --top-module and -top-module. */
		const char *word = words[i] + (words[i][0] == '-' && words[i][1] == '-');
		const struct option *o = *word == '-' || *word == '+' ? option_of(word) : NULL;

		if (lines)
			r->line = lines[i];
		if (o) {
			i += option(r, o, word, i + 1 < n ? words[i + 1] : NULL);
		} else if (*word == '+') {
			plusarg(r, word);
		} else if (*word == '-') {
			if (!r->quiet)
				reading_note(r, "the option %s is not known; it is left out",
					     words[i]);
		} else if (*word) {
			file(r, word, unknown);
		}
		unknown = *word == '-' && !o;
	}
}
