#include "config.h"

#include "session/option/opt.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/words.h"

static const struct opt table[] = {
	{ "backend", OPT_TEXT, "cookbook", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names",
	  "the backend that `ask` and `fix` use" },
	{ "blackbox", OPT_WORDS, "", NULL, OPT_SAFE,
	  "hides modules from lint; `posedge files` lists them",
	  "modules, with * and ?, that are taken as black boxes without a word, also when they have a source" },
	{ "defines", OPT_WORDS, "", NULL, OPT_SAFE,
	  "another variant of the design is judged",
	  "macros of the design: NAME or NAME=VALUE" },
	{ "engine", OPT_CHOICE, "auto", "auto verilator icarus fake", OPT_SAFE,
	  "a simulator that notices less, named beside its verdict; fake is refused",
	  "what simulates and lints; auto: the simulator that answers first, and lint by Verilator" },
	{ "exclude", OPT_WORDS, "", NULL, OPT_SAFE,
	  "files stay unread, which lint counts",
	  "files and folders, with *, ? and **, that are no part of the design" },
	{ "files", OPT_WORDS, "", NULL, OPT_SAFE,
	  "only some files of the project are read; none outside of it",
	  "the design's files, with * and ?, or @LIST for a file list; empty: found by looking" },
	{ "gutter.authors", OPT_FLAG, "off", NULL, OPT_SAFE,
	  "a mark more or less on the screen",
	  "show who wrote each line: u you, m a model, * a model and then you, o outside" },
	{ "include", OPT_WORDS, "", NULL, OPT_SAFE,
	  "another file of the project is included; none outside of it",
	  "folders that `include looks in, before those that are guessed" },
	{ "language", OPT_CHOICE, "", "verilog2001 verilog2005 sv2017", OPT_SAFE,
	  "a wrong verdict on syntax, which names the language",
	  "the language of the design; empty: as its files are" },
	{ "link.allow", OPT_WORDS, "", NULL, OPT_TRUSTED,
	  "files outside the project are read, and sent to a model",
	  "folders outside the project that its links may lead to" },
	{ "lint.live", OPT_FLAG, "on", NULL, OPT_SAFE,
	  "findings come only when asked for",
	  "lint while typing, on the screen" },
	{ "lint.style", OPT_FLAG, "off", NULL, OPT_SAFE,
	  "more findings or fewer of the lowest rank",
	  "style findings count and are shown one by one" },
	{ "mouse", OPT_FLAG, "on", NULL, OPT_SAFE,
	  "the mouse does nothing",
	  "the screen takes the mouse; off: it stays the terminal's" },
	{ "parameters", OPT_WORDS, "", NULL, OPT_SAFE,
	  "another variant of the design is judged",
	  "parameters of the top module: NAME=VALUE" },
	{ "plusargs", OPT_WORDS, "", NULL, OPT_SAFE,
	  "another test is run",
	  "what a simulation is started with: NAME or NAME=VALUE, with + or without" },
	{ "prompt.budget", OPT_NUMBER, "24000", NULL, OPT_LOWER,
	  "less context in a request; more would cost money",
	  "tokens of a request, estimated" },
	{ "review.must_read", OPT_FLAG, "off", NULL, OPT_TRUSTED,
	  "lines are applied that nobody has seen",
	  "lines that have not been on the screen in a review are not applied" },
	{ "review.unread", OPT_NUMBER, "50", NULL, OPT_TRUSTED,
	  "lines are taken in bulk without a question",
	  "ask before more lines than that are taken that nobody has looked at" },
	{ "sim.build_seconds", OPT_NUMBER, "120", NULL, OPT_LOWER,
	  "a build that ends early, with a message",
	  "a build takes no longer" },
	{ "sim.confirm", OPT_FLAG, "on", NULL, OPT_SAFE,
	  "one simulator judges alone, named beside its verdict",
	  "with engine auto, a second simulator repeats a run to confirm its verdict" },
	{ "sim.folder", OPT_TEXT, "", NULL, OPT_SAFE,
	  "a run starts in another folder of the project",
	  "the folder of the project that a simulation starts in; empty: by the files it reads" },
	{ "sim.memory_mb", OPT_NUMBER, "4096", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more could stop the machine",
	  "memory of each process of a simulation" },
	{ "sim.output_mb", OPT_NUMBER, "64", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would fill the disk",
	  "what a simulation may print" },
	{ "sim.run_seconds", OPT_NUMBER, "60", NULL, OPT_LOWER,
	  "a run that ends early, with a message",
	  "a simulation takes no longer" },
	{ "sim.seeds", OPT_NUMBER, "2", NULL, OPT_LOWER,
	  "fewer runs with other initial values",
	  "how often Verilator alone runs a short test again with other initial values" },
	{ "sim.wave_mb", OPT_NUMBER, "1024", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would fill the disk",
	  "the largest file a simulation may write" },
	{ "testbench", OPT_TEXT, "", NULL, OPT_SAFE,
	  "another testbench of the project is run",
	  "the testbench that `sim` takes; empty: found by looking" },
	{ "theme", OPT_CHOICE, "dark", "dark light mono safe", OPT_SAFE,
	  "other colours; colour is never the only sign",
	  "colours; safe: none that only differ in red and green; NO_COLOR means mono" },
	{ "top", OPT_TEXT, "", NULL, OPT_SAFE,
	  "another module of the project is linted",
	  "the module that `lint` starts from; empty: found by looking" },
	{ "wave.cycles", OPT_NUMBER, "12", NULL, OPT_SAFE,
	  "a longer or shorter table",
	  "clock cycles shown before the first failure" },
	{ "wave.quota_mb", OPT_NUMBER, "4096", NULL, OPT_TRUSTED,
	  "too small, it removes the waves of earlier runs",
	  "what the waves of all runs may take; the oldest go first" },
};
#define COUNT (sizeof(table) / sizeof(*table))

struct options {
	char *value[COUNT];
};

struct options *options_new(void)
{
	struct options *o = mem_zalloc(sizeof(*o));

	for (size_t i = 0; i < COUNT; i++)
		o->value[i] = mem_strdup(table[i].initial);
	return o;
}

void options_free(struct options *o)
{
	for (size_t i = 0; o && i < COUNT; i++)
		free(o->value[i]);
	free(o);
}

size_t opt_count(void)
{
	return COUNT;
}

const struct opt *opt_at(size_t i)
{
	return &table[i];
}

const struct opt *opt_find(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

size_t word_distance(const char *a, const char *b, size_t limit)
{
	size_t n = strlen(a), m = strlen(b);
	size_t *row;
	size_t result;

	if (n > m + limit || m > n + limit || n > 200 || m > 200)
		return limit + 1;
	row = mem_calloc(m + 1, sizeof(*row));
	for (size_t j = 0; j <= m; j++)
		row[j] = j;
	for (size_t i = 1; i <= n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= m; j++) {
			size_t best = diagonal + (a[i - 1] != b[j - 1]);

			diagonal = row[j];
			if (row[j] + 1 < best)
				best = row[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			row[j] = best;
		}
	}
	result = row[m];
	free(row);
	return result > limit ? limit + 1 : result;
}

size_t word_near(const char *word)
{
	size_t n = strlen(word) / 2;

	return n < 1 ? 1 : n > 3 ? 3 : n;
}

static bool no_such_option(const char *name, struct err *err)
{
	const char *nearest = NULL;
	size_t best = word_near(name) + 1;

	for (size_t i = 0; i < COUNT; i++) {
		size_t d = word_distance(name, table[i].name, best);

		if (d < best) {
			best = d;
			nearest = table[i].name;
		}
	}
	return nearest ? err_set(err, ERR_USAGE, "set %s: no such option; did you mean %s?", name, nearest) :
			 err_set(err, ERR_USAGE, "set %s: no such option; `posedge set` lists them", name);
}

static bool is_choice(const char *choices, const char *value)
{
	size_t len = strlen(value);

	for (const char *p = choices; *p;) {
		size_t n = strcspn(p, " ");

		if (n == len && strncmp(p, value, n) == 0)
			return true;
		p += n + (p[n] == ' ');
	}
	return false;
}

void options_words(const struct options *o, const char *name, struct strv *out)
{
	const char *text = options_text(o, name);

	words_split(text, strlen(text), out, NULL);
}

/* A word that rc files would read otherwise: blank, a quote, a comment. */
static bool add_word(struct str *out, const char *word, struct err *err)
{
	char quote = strchr(word, '"') ? '\'' : '"';

	for (const char *c = word; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return err_set(err, ERR_USAGE, "%s: a word without control characters was expected", word);
	if (quote == '\'' && strchr(word, '\''))
		return err_set(err, ERR_USAGE, "%s: a word without both kinds of quotes was expected", word);
	if (word[0] != '#' && !strpbrk(word, " '\"")) {
		str_adds(out, word);
		return true;
	}
	str_addc(out, quote);
	for (const char *c = word; *c; c++) {
		if (quote == '"' && *c == '\\')
			str_addc(out, '\\');
		str_addc(out, *c);
	}
	str_addc(out, quote);
	return true;
}

char *options_join(char *const *words, size_t n, struct err *err)
{
	struct str s = STR_INIT;

	for (size_t i = 0; i < n; i++) {
		if (!words[i][0])
			continue;
		if (s.len)
			str_addc(&s, ' ');
		if (!add_word(&s, words[i], err)) {
			str_free(&s);
			return NULL;
		}
	}
	return s.data ? str_take(&s) : mem_strdup("");
}

bool options_set(struct options *o, const char *name, const char *value, struct err *err)
{
	const struct opt *opt = opt_find(name);
	char *end;

	if (!opt)
		return no_such_option(name, err);
	if (opt->type == OPT_NUMBER) {
		long v;

		errno = 0;
		v = strtol(value, &end, 10);
		if (errno || end == value || *end || v < 1 || v > 1000000000)
			return err_set(err, ERR_USAGE, "set %s %s: a whole number from 1 on was expected", name, value);
	}
	if (opt->type == OPT_WORDS) {
		struct strv words = STRV_INIT;
		bool ok = words_split(value, strlen(value), &words, err) || err_prefix(err, "set %s", name);

		strv_free(&words);
		if (!ok)
			return false;
	}
	if (opt->type == OPT_FLAG && !is_choice("on off", value))
		return err_set(err, ERR_USAGE, "set %s %s: on or off was expected", name, value);
	if (opt->type == OPT_CHOICE && value[0] && !is_choice(opt->choices, value))
		return err_set(err, ERR_USAGE, "set %s %s: one of %s was expected", name, value, opt->choices);
	free(o->value[opt - table]);
	o->value[opt - table] = mem_strdup(value);
	return true;
}

bool options_harmless(const struct options *o, const struct opt *opt, const char *value, struct err *err)
{
	if (opt->trust == OPT_TRUSTED)
		return err_set(err, ERR_AUTH, "set %s: not from a file that nobody trusted", opt->name);
	if (opt->trust == OPT_LOWER && strtol(value, NULL, 10) > options_number(o, opt->name))
		return err_set(err, ERR_AUTH, "set %s %s: a file that nobody trusted may only lower it", opt->name, value);
	if (strcmp(opt->name, "engine") == 0 && strcmp(value, "fake") == 0)
		return err_set(err, ERR_AUTH, "set engine fake: not from a file that nobody trusted");
	return true;
}

const char *options_text(const struct options *o, const char *name)
{
	const struct opt *opt = opt_find(name);

	assert(opt);
	return o->value[opt - table];
}

long options_number(const struct options *o, const char *name)
{
	return strtol(options_text(o, name), NULL, 10);
}

bool options_flag(const struct options *o, const char *name)
{
	return strcmp(options_text(o, name), "on") == 0;
}
