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

#include "session/base/mem.h"
#include "session/base/path.h"
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
	option_fn *fn; /* NULL: it has no effect here */
};

/* What options mean ------------------------------------------------------------------ */

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
	reading_each(r, v, "+", reading_add_folder);
}

static void defines(struct reading *r, const char *v)
{
	reading_each(r, v, "+", reading_add_define);
}

static void exts(struct reading *r, const char *v)
{
	reading_each(r, v, "+", add_ext);
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
	{ "-y", JOINED, add_library_dir },
	{ "-v", NEXT, library },
	{ "-I", JOINED, reading_add_include },
	{ "-incdir", NEXT, reading_add_include },
	{ "-i", NEXT, reading_add_include },
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
};

/* Of Icarus, Verilator, VCS, Xcelium and Questa: known, and of no effect on which files there
 * are. */
static const char *const ignored[] = {
	[ALONE] = "-b -E -S -u -V -cc -sc -exe -build -binary -main -lint-only "
		  "-xml-only -timing -no-timing -assert -autoflush -full64 -R -quiet "
		  "-64bit -relax -n -lxt2 -fst -vcd -lxt -uvm +v2k +nospecify "
		  "+librescan +libverbose +neg_tchk",
	[NEXT] = "-Mdir -l -CFLAGS -LDFLAGS -MAKEFLAGS -timescale-override -work "
		 "-lib -threads -trace-depth -trace-threads -unroll-count "
		 "-unroll-stmts -output-split -output-split-cfuncs -max-num-width "
		 "-x-assign -x-initial -language -default-language -converge-limit "
		 "-compiler -mod-prefix -build-jobs -cm -cm_hier -cm_dir -cm_name "
		 "-cm_log -cm_tgl -cm_line -cm_cond -ntb_opts -covfile -covdut "
		 "-covworkdir -input -xmlibdirname -nclibdirname -suppress -do "
		 "-error-limit -inline-mult -pins-bv -cpp -vpi -snapshot -clk "
		 "-access",
	[JOINED] = "-o -t -m -M -N -L -j -svinputport=",
	[EQUALS] = "-prefix -timescale",
	[PREFIX] = "-W -O -trace -coverage -bbox- -public -no- -debug -fno- -Wno "
		   "+verilator+ +lint= +access+ +acc +notimingcheck +vcs+ +cover "
		   "+1800 +1364 +timescale+ +nc +warn +error",
};

static bool is_option(const char *word, const char *name, size_t n, enum form form)
{
	return strncmp(word, name, n) == 0 &&
	       (!word[n] || form == JOINED || form == PREFIX || (form == EQUALS && word[n] == '='));
}

/* The length of the longest option name that matches, so that -top is not taken as -t op; 0:
 * none does. */
static size_t option_of(const char *word, struct option *out)
{
	size_t len = 0, n;

	for (size_t i = 0; i < sizeof(options) / sizeof(*options); i++) {
		n = strlen(options[i].name);
		if (n > len && is_option(word, options[i].name, n, options[i].form)) {
			*out = options[i];
			len = n;
		}
	}
	for (enum form f = ALONE; f <= PREFIX; f++)
		for (const char *name = ignored[f]; *name; name += n + (name[n] == ' ')) {
			n = strcspn(name, " ");
			if (n > len && is_option(word, name, n, f)) {
				*out = (struct option){ .form = f };
				len = n;
			}
		}
	return len;
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
	static const char *const endings[] = { ".c",  ".cc",  ".cpp", ".cxx", ".o",  ".a",
					       ".so", ".vpi", ".sdc", ".xdc", ".tbl" };

	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++)
		if (str_ends(word, endings[i]))
			return true;
	return false;
}

static bool is_list(const char *word)
{
	return manifest_kind(word) == MANIFEST_LIST && !strpbrk(word, "*?");
}

/* More folders of one call are not searched: each costs a look for each name. */
#define MAX_FOLDERS 100

struct folders {
	const char *v[MAX_FOLDERS];
	size_t n;
};

/* The folders of -I and -y, wherever those stand. */
static struct folders folders_of(char *const *words, size_t n)
{
	struct folders f = { .n = 0 };

	for (size_t i = 0; i < n && f.n < MAX_FOLDERS; i++) {
		if (!str_starts(words[i], "-I") && !str_starts(words[i], "-y"))
			continue;
		if (words[i][2])
			f.v[f.n++] = words[i] + 2;
		else if (i + 1 < n)
			f.v[f.n++] = words[i + 1];
	}
	return f;
}

/* Verilator looks for "top.sv" there, too. The caller frees; NULL: it is in none of them, or
 * here. */
static char *behind_folder(struct reading *r, const struct folders *f, const char *name)
{
	bool quiet = r->quiet;
	char *here, *path = NULL;

	if (f->n == 0 || strpbrk(name, "/$*?"))
		return NULL;
	r->quiet = true;
	here = reading_file(r, name);
	for (size_t i = 0; i < f->n && !here && !path; i++) {
		char *both = str_fmt("%s/%s", f->v[i], name);

		path = reading_file(r, both);
		free(both);
	}
	free(here);
	r->quiet = quiet;
	return path;
}

static void file(struct reading *r, const char *word, bool after_unknown)
{
	if (is_compiler_input(word))
		return;
	if (str_ends(word, ".vlt")) {
		reading_note(r, "%s: settings of Verilator, which are not read", word);
		return;
	}
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

/* rest: the word behind the option's name. Returns the number of following words that belong
 * to it. */
static size_t option(struct reading *r, const struct option *o, const char *rest, const char *next)
{
	const char *value = NULL;
	bool takes = false;

	if (o->form == PREFIX || (o->form == JOINED && *rest))
		value = rest;
	else if (o->form == EQUALS && *rest == '=')
		value = rest + 1;
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
	const struct folders folders = folders_of(words, n);
	bool unknown = false;

	learn_variables(r, words, n);
	for (size_t i = 0; i < n; i++) {
		/* Verilator accepts both --top-module and -top-module. */
		const char *word = words[i] + (words[i][0] == '-' && words[i][1] == '-');
		struct option o;
		size_t len = *word == '-' || *word == '+' ? option_of(word, &o) : 0;

		if (lines)
			r->line = lines[i];
		if (len) {
			i += option(r, &o, word + len, i + 1 < n ? words[i + 1] : NULL);
		} else if (*word == '+') {
			plusarg(r, word);
		} else if (*word == '-') {
			if (!r->quiet)
				reading_note(r, "the option %s is not known; it is left out",
					     words[i]);
		} else if (*word) {
			char *path = behind_folder(r, &folders, word);

			file(r, path ? path : word, unknown);
			free(path);
		}
		unknown = *word == '-' && !len;
	}
}
