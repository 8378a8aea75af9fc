/* Options as a table.
 *
 * A row has the offset and the type of its member in struct options, so one loop
 * sets, shows and frees them all. The row's macro names the member once and
 * compares its C type with the row's at compile time. The text as given is kept
 * with the value: `set` shows it and rc files get it back in its original spelling,
 * which the words of an OPT_WORDS no longer have.
 */
#include "config.h"

#include "session/option/opt.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/words.h"
#include "session/tool/simulator.h"

#define AT(type, c_type, m) \
	type, _Generic(((struct options *)0)->m, c_type : offsetof(struct options, m))
#define TEXT(m)	  AT(OPT_TEXT, char *, m)
#define NUMBER(m) AT(OPT_NUMBER, unsigned, m)
#define MONEY(m)  AT(OPT_MONEY, char *, m)
#define FLAG(m)	  AT(OPT_FLAG, bool, m)
#define CHOICE(m) AT(OPT_CHOICE, char *, m)
#define ENGINE(m) AT(OPT_ENGINE, char *, m)
#define WORDS(m)  AT(OPT_WORDS, struct strv, m)

static const struct opt table[] = {
	{ TEXT(backend), "backend", "cookbook", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names", "backend of `ask` and `fix`", true },
	{ TEXT(backend_complete), "backend.complete", "", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names", "backend of `complete`; empty: that of `ask`",
	  true },
	{ TEXT(backend_escalate), "backend.escalate", "", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names",
	  "backend `solve` turns to when it is stuck; empty: none", true },
	{ TEXT(backend_fix), "backend.fix", "", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names", "backend of `fix`; empty: that of `ask`", true },
	{ TEXT(backend_judge), "backend.judge", "", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names",
	  "backend of `critique` and `ask --role judge`; empty: that of `ask`", true },
	{ TEXT(backend_plan), "backend.plan", "", NULL, OPT_TRUSTED,
	  "sends the design to whoever it names",
	  "backend of mode read and `ask --role plan`; empty: that of `ask`", true },
	{ WORDS(blackbox), "blackbox", "", NULL, OPT_SAFE,
	  "hides modules from lint; `posedge files` lists them",
	  "modules (with * and ?) treated as black boxes, even with a source" },
	{ MONEY(budget), "budget", "", NULL, OPT_TRUSTED, "more money is spent than was meant",
	  "most that a session's questions may cost, by the file `prices`; empty: no limit", true },
	{ NUMBER(compact_percent), "compact.percent", "50", NULL, OPT_SAFE,
	  "earlier exchanges are sent shortened, or longer word for word",
	  "share of a request's budget above which earlier exchanges are compacted" },
	{ NUMBER(complete_idle), "complete.idle", "off", "off", OPT_TRUSTED,
	  "a model is asked without a key, each time for money",
	  "seconds without a key after which `complete` asks by itself; off: only on Ctrl-B",
	  true },
	{ WORDS(defines), "defines", "", NULL, OPT_SAFE, "another variant of the design is judged",
	  "macros of the design: NAME or NAME=VALUE" },
	{ CHOICE(digest), "digest", "off", "off flow netlist both", OPT_SAFE,
	  "more context in a request, within its budget, and yosys runs for some seconds",
	  "add a digest of the design to questions: data flow, netlist (with yosys), or both" },
	{ ENGINE(engine), "engine", ENGINE_AUTO, NULL, OPT_SAFE,
	  "a simulator that notices less; its verdicts name it; fake is refused",
	  "simulator and linter; auto: whichever simulator answers first, lint by Verilator" },
	{ WORDS(exclude), "exclude", "", NULL, OPT_SAFE, "files stay unread, which lint counts",
	  "files and folders (with *, ?, **) that are not part of the design" },
	{ WORDS(files), "files", "", NULL, OPT_SAFE,
	  "only some files of the project are read; none outside of it",
	  "the design's files (with *, ?), or @LIST for a file list; empty: found automatically" },
	{ NUMBER(fix_rounds), "fix.rounds", "3", NULL, OPT_LOWER,
	  "a fix is given up earlier; more would cost money",
	  "most times `fix` lets a model with tools try again" },
	{ NUMBER(flow_rounds), "flow.rounds", "16", NULL, OPT_LOWER,
	  "a flow ends early, with a message; more would cost money",
	  "most questions a flow may ask a model" },
	{ NUMBER(flow_seconds), "flow.seconds", "600", NULL, OPT_LOWER,
	  "a flow ends early, with a message",
	  "most time a flow may take, without the time it waits for you" },
	{ NUMBER(flow_tokens), "flow.tokens", "200000", NULL, OPT_LOWER,
	  "a flow ends early, with a message; more would cost money",
	  "most tokens a flow may use, counted by the server or estimated" },
	{ WORDS(flows), "flows", "", NULL, OPT_TRUSTED,
	  "a flow is run that a course does not allow",
	  "flows that may run; -NAME: all but that one; empty: all" },
	{ FLAG(gutter_authors), "gutter.authors", "off", NULL, OPT_SAFE,
	  "a mark more or less on the screen",
	  "show who wrote each line: u you, m a model, * a model and then you, o outside" },
	{ WORDS(include), "include", "", NULL, OPT_SAFE,
	  "another file of the project is included; none outside of it",
	  "folders searched by `include, before the guessed ones" },
	{ CHOICE(language), "language", "", "verilog2001 verilog2005 sv2017", OPT_SAFE,
	  "a wrong verdict on syntax, which names the language",
	  "language of the design; empty: decided by each file" },
	{ WORDS(link_allow), "link.allow", "", NULL, OPT_TRUSTED,
	  "files outside the project are read, and sent to a model",
	  "folders outside the project that its links may lead to" },
	{ FLAG(lint_live), "lint.live", "on", NULL, OPT_SAFE, "findings come only when asked for",
	  "lint while typing" },
	{ FLAG(lint_style), "lint.style", "off", NULL, OPT_SAFE,
	  "more findings or fewer of the lowest rank",
	  "count style findings, and show them one by one" },
	{ TEXT(log), "log", "", NULL, OPT_TRUSTED, "a file is written anywhere",
	  "file for a log of decisions: tasks, programs, requests, cache hits; empty: none", true },
	{ CHOICE(mode), "mode", "ask", "ask assist read", OPT_TRUSTED,
	  "a model is given tools, each round of which costs tokens",
	  "tools of a model: ask: none; assist: all, and it may propose; read: only those that "
	  "look",
	  true },
	{ FLAG(mouse), "mouse", "on", NULL, OPT_SAFE, "the mouse does nothing",
	  "use the mouse on the screen; off: leave it to the terminal" },
	{ FLAG(mutants_idle), "mutants.idle", "off", NULL, OPT_SAFE,
	  "the processor works while you do not; an edit or a run ends that",
	  "run mutants on a passing testbench while idle" },
	{ FLAG(notify), "notify", "on", NULL, OPT_SAFE, "a bell more or less",
	  "ring, and send a notification, when something is ready and the terminal has no focus" },
	{ WORDS(parameters), "parameters", "", "", OPT_SAFE,
	  "another variant of the design is judged", "parameters of the top module: NAME=VALUE" },
	{ WORDS(plusargs), "plusargs", "", NULL, OPT_SAFE, "another test is run",
	  "plusargs of a simulation: NAME or NAME=VALUE, with or without +" },
	{ NUMBER(prompt_budget), "prompt.budget", "24000", NULL, OPT_LOWER,
	  "less context in a request; more would cost money",
	  "most tokens of a request, estimated" },
	{ TEXT(prompt_folder), "prompt.folder", "", NULL, OPT_TRUSTED,
	  "a model is given other instructions",
	  "folder of the project with instructions that replace posedge's; empty: none" },
	{ FLAG(review_equivalent), "review.equivalent", "off", NULL, OPT_SAFE,
	  "the processor works while you look at a suggestion",
	  "prove while idle which hunks of a suggestion change nothing" },
	{ FLAG(review_must_read), "review.must_read", "off", NULL, OPT_TRUSTED,
	  "lines are applied that nobody has seen",
	  "do not apply lines that were never shown in a review" },
	{ NUMBER(review_unread), "review.unread", "50", NULL, OPT_TRUSTED,
	  "lines are taken in bulk without a question",
	  "ask before more than this many unseen lines are taken" },
	{ CHOICE(sandbox), "sandbox", "bubblewrap", "bubblewrap none", OPT_TRUSTED,
	  "what a project runs reads and changes the person's files",
	  "none: where bubblewrap is missing, simulate without it and without asking" },
	{ NUMBER(sim_build_seconds), "sim.build_seconds", "120", NULL, OPT_LOWER,
	  "a build that ends early, with a message", "time limit of a build" },
	{ FLAG(sim_confirm), "sim.confirm", "on", NULL, OPT_SAFE,
	  "one simulator judges alone; its verdicts name it",
	  "with engine auto, confirm a verdict with the other simulator" },
	{ NUMBER(sim_disk_mb), "sim.disk_mb", "4096", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would fill the disk",
	  "most that a build and its simulation may write" },
	{ NUMBER(sim_files), "sim.files", "20000", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would use up the disk's files",
	  "most files and folders that a build and its simulation may create" },
	{ TEXT(sim_folder), "sim.folder", "", NULL, OPT_SAFE,
	  "a run starts in another folder of the project",
	  "folder of the project a simulation starts in; empty: guessed from the files it reads" },
	{ NUMBER(sim_memory_mb), "sim.memory_mb", "4096", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more could stop the machine",
	  "memory limit of a simulation, for each process and for all together" },
	{ NUMBER(sim_output_mb), "sim.output_mb", "64", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would fill the disk",
	  "most that a simulation may print" },
	{ NUMBER(sim_processes), "sim.processes", "256", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more could stop the machine",
	  "most processes and threads of a simulation at a time" },
	{ NUMBER(sim_run_seconds), "sim.run_seconds", "60", NULL, OPT_LOWER,
	  "a run that ends early, with a message", "time limit of a simulation" },
	{ NUMBER(sim_seeds), "sim.seeds", "2", NULL, OPT_LOWER,
	  "fewer runs with other initial values",
	  "further runs of a short test with other initial values, with Verilator alone" },
	{ CHOICE(sim_trace), "sim.trace", "vcd", "vcd fst", OPT_SAFE,
	  "waves are written in another format",
	  "format of a run's waves; fst is some 20 times smaller, but lost if a run is killed" },
	{ NUMBER(sim_wave_mb), "sim.wave_mb", "1024", NULL, OPT_LOWER,
	  "a run that ends early, with a message; more would fill the disk",
	  "largest file a simulation may write" },
	{ TEXT(testbench), "testbench", "", NULL, OPT_SAFE,
	  "another testbench of the project is run",
	  "testbench that `sim` runs; empty: found automatically" },
	{ CHOICE(theme), "theme", "dark", "dark light mono safe", OPT_SAFE,
	  "other colours; colour is never the only sign",
	  "colours; safe: none that differ only in red and green; NO_COLOR means mono" },
	{ CHOICE(tools), "tools", "on", "on off text", OPT_TRUSTED,
	  "a model is given tools, each round of which costs tokens",
	  "how models get tools: by tool calls, as blocks in their text, or not at all", true },
	{ WORDS(tools_policy), "tools.policy", "", "allow ask deny", OPT_TRUSTED,
	  "a model runs a tool that the person wanted to be asked about",
	  "policy of a tool, or of a family NAME_*: TOOL=allow, =ask (once a session) or =deny",
	  true },
	{ TEXT(top), "top", "", NULL, OPT_SAFE, "another module of the project is linted",
	  "module that `lint` starts from; empty: found automatically" },
	{ NUMBER(turn_rounds), "turn.rounds", "12", NULL, OPT_LOWER,
	  "a model's work ends early, with a message; more would cost money",
	  "most times a model with tools is asked within one question" },
	{ NUMBER(turn_seconds), "turn.seconds", "300", NULL, OPT_LOWER,
	  "a model's work ends early, with a message", "time limit of such a turn" },
	{ NUMBER(turn_simulations), "turn.simulations", "6", NULL, OPT_LOWER,
	  "a model sees fewer runs", "most simulations of a turn" },
	{ NUMBER(turn_tokens), "turn.tokens", "200000", NULL, OPT_LOWER,
	  "a model's work ends early, with a message; more would cost money",
	  "most tokens of a turn, counted by the server or estimated" },
	{ CHOICE(viewer), "viewer", "auto", "auto gtkwave surfer", OPT_SAFE,
	  "waves are opened in another program",
	  "window for waves; auto: GTKWave, or Surfer if only that is installed" },
	{ NUMBER(wave_cycles), "wave.cycles", "12", NULL, OPT_SAFE, "a longer or shorter table",
	  "clock cycles shown before the first failure" },
	{ NUMBER(wave_quota_mb), "wave.quota_mb", "4096", NULL, OPT_TRUSTED,
	  "too small, it removes the waves of earlier runs",
	  "most disk for the waves of all runs; the oldest are removed first" },
	{ FLAG(why_idle), "why.idle", "on", NULL, OPT_SAFE,
	  "the processor works while you do not; an edit or a run ends that",
	  "after `why` on the screen, try small changes of the design while idle" },
};
#define COUNT (sizeof(table) / sizeof(*table))

struct kept {
	struct options values; /* first, so a pointer to it is a pointer to struct kept */
	const struct simulator_ops *const *engines;
	char *text[COUNT]; /* per row, as given */
};

static struct kept *kept(struct options *o)
{
	return (struct kept *)o;
}

static const struct kept *kept_const(const struct options *o)
{
	return (const struct kept *)o;
}

static void *member(struct options *o, const struct opt *opt)
{
	return (char *)o + opt->member;
}

struct options *options_new(const struct simulator_ops *const *engines)
{
	struct kept *k = mem_zalloc(sizeof(*k));

	k->engines = engines;
	for (size_t i = 0; i < COUNT; i++) {
		bool ok = options_put(&k->values, &table[i], table[i].initial, NULL);

		assert(ok);
		(void)ok;
	}
	k->values.changes = 0;
	return &k->values;
}

void options_engines(struct options *o, const struct simulator_ops *const *engines)
{
	kept(o)->engines = engines;
}

static void clear(struct options *o, const struct opt *opt)
{
	if (opt->type == OPT_WORDS)
		strv_free(member(o, opt));
	else if (opt->type == OPT_TEXT || opt->type == OPT_CHOICE || opt->type == OPT_ENGINE ||
		 opt->type == OPT_MONEY)
		free(*(char **)member(o, opt));
}

void options_free(struct options *o)
{
	for (size_t i = 0; o && i < COUNT; i++) {
		clear(o, &table[i]);
		free(kept(o)->text[i]);
	}
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

const struct opt *opt_of_member(size_t offset)
{
	for (size_t i = 0; i < COUNT; i++)
		if (table[i].member == offset)
			return &table[i];
	assert(!"a member without a row");
	return NULL;
}

/* Computes row a[i] of the distance table from the row before it; i begins at 1.
 * beyond: the row before that one. */
static void next_row(size_t *row, const size_t *before, const size_t *beyond, const char *a,
		     const char *b, size_t i, size_t m)
{
	row[0] = i;
	for (size_t j = 1; j <= m; j++) {
		size_t best = before[j - 1] + (a[i - 1] != b[j - 1]);

		if (before[j] + 1 < best)
			best = before[j] + 1;
		if (row[j - 1] + 1 < best)
			best = row[j - 1] + 1;
		if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
		    beyond[j - 2] + 1 < best)
			best = beyond[j - 2] + 1;
		row[j] = best;
	}
}

size_t word_distance(const char *a, const char *b, size_t limit)
{
	size_t n = strlen(a), m = strlen(b);
	size_t rows[3][201] = { { 0 } }, result;

	if (n > m + limit || m > n + limit || n > 200 || m > 200)
		return limit + 1;
	for (size_t j = 0; j <= m; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= n; i++)
		next_row(rows[i % 3], rows[(i + 2) % 3], rows[(i + 1) % 3], a, b, i, m);
	result = rows[n % 3][m];
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
	return nearest ? err_set(err, ERR_USAGE, "set %s: no such option; did you mean %s?", name,
				 nearest)
		       : err_set(err, ERR_USAGE, "set %s: no such option; `posedge set` lists them",
				 name);
}

/* True if users can select it as the engine; SIMULATOR_COMMAND is only used by
 * `testbench add`. */
static bool can_be_chosen(const struct simulator_ops *s)
{
	return s->kind != SIMULATOR_COMMAND;
}

void options_choices(const struct options *o, const struct opt *opt, struct strv *out)
{
	if (opt->type == OPT_FLAG)
		strv_addv(out, (const char *const[]){ "on", "off", NULL });
	if (opt->type == OPT_CHOICE || (opt->type == OPT_NUMBER && opt->choices))
		words_split(opt->choices, strlen(opt->choices), out, NULL);
	if (opt->type != OPT_ENGINE)
		return;
	strv_add(out, ENGINE_AUTO);
	for (const struct simulator_ops *const *s = kept_const(o)->engines; s && *s; s++)
		if (can_be_chosen(*s))
			strv_add(out, (*s)->name);
}

/* Quotes a word that rc files would read differently: one with a blank, a quote or
 * a comment sign. */
static bool add_word(struct str *out, const char *word, struct err *err)
{
	char quote = strchr(word, '"') ? '\'' : '"';

	for (const char *c = word; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return err_set(err, ERR_USAGE,
				       "%s: a word without control characters was expected", word);
	if (quote == '\'' && strchr(word, '\''))
		return err_set(err, ERR_USAGE,
			       "%s: a word without both kinds of quotes was expected", word);
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
	return str_take(&s);
}

static bool one_of(const struct options *o, const struct opt *opt, const char *value,
		   struct err *err)
{
	struct strv choices = STRV_INIT;
	struct str all = STR_INIT;
	bool ok;

	options_choices(o, opt, &choices);
	ok = strv_has(&choices, value) || (opt->type == OPT_CHOICE && !value[0]);
	for (size_t i = 0; !ok && i < choices.n; i++)
		str_addf(&all, "%s%s", i ? " " : "", choices.v[i]);
	if (!ok && opt->type == OPT_FLAG)
		err_set(err, ERR_USAGE, "set %s %s: on or off was expected", opt->name, value);
	else if (!ok)
		err_set(err, ERR_USAGE, "set %s %s: one of %s was expected", opt->name, value,
			str_cstr(&all));
	str_free(&all);
	strv_free(&choices);
	return ok;
}

static bool set_number(unsigned *to, const struct opt *opt, const char *value, struct err *err)
{
	char *end;
	long v;

	if (opt->choices && strcmp(value, opt->choices) == 0) {
		*to = 0;
		return true;
	}
	errno = 0;
	v = strtol(value, &end, 10);
	if (errno || end == value || *end || v < 1 || v > 1000000000)
		return err_set(err, ERR_USAGE,
			       "set %s %s: a whole number from 1 on%s%s was expected", opt->name,
			       value, opt->choices ? " or " : "", opt->choices ? opt->choices : "");
	*to = (unsigned)v;
	return true;
}

/* Checks rows with pairs: NAME=CHOICE, or NAME= followed by anything. */
static bool is_pair(const struct opt *opt, const char *word, struct err *err)
{
	const char *equals = strrchr(word, '=');
	struct strv choices = STRV_INIT;
	bool ok;

	if (!opt->choices[0])
		return (word[0] && word[0] != '=' && equals) ||
		       err_set(err, ERR_USAGE, "set %s %.80s: NAME=VALUE was expected", opt->name,
			       word);
	words_split(opt->choices, strlen(opt->choices), &choices, NULL);
	ok = equals && equals != word && strv_has(&choices, equals + 1);
	strv_free(&choices);
	return ok || err_set(err, ERR_USAGE, "set %s %.80s: NAME= and one of %s was expected",
			     opt->name, word, opt->choices);
}

static bool set_words(struct strv *to, const struct opt *opt, const char *value, struct err *err)
{
	struct strv words = STRV_INIT;

	if (!words_split(value, strlen(value), &words, err)) {
		strv_free(&words);
		return err_prefix(err, "set %s", opt->name);
	}
	for (size_t i = 0; opt->choices && i < words.n; i++)
		if (!is_pair(opt, words.v[i], err)) {
			strv_free(&words);
			return false;
		}
	strv_free(to);
	*to = words;
	return true;
}

static bool set_text(char **to, const char *value)
{
	free(*to);
	*to = mem_strdup(value);
	return true;
}

/* Digits, and at most six of them after a dot: session/model/price.h parses it. */
static bool is_money(const struct opt *opt, const char *value, struct err *err)
{
	size_t whole = strspn(value, "0123456789");
	size_t part = value[whole] == '.' ? strspn(value + whole + 1, "0123456789") : 0;

	if (value[0] &&
	    (whole == 0 || whole > 9 || part > 6 || (value[whole] == '.' && part == 0) ||
	     value[whole + (value[whole] == '.') + part] != '\0'))
		return err_set(err, ERR_USAGE, "set %s %s: a sum such as 2.50 was expected",
			       opt->name, value);
	return true;
}

static bool set_member(struct options *o, const struct opt *opt, const char *value, struct err *err)
{
	void *to = member(o, opt);

	switch (opt->type) {
	case OPT_NUMBER:
		return set_number(to, opt, value, err);
	case OPT_WORDS:
		return set_words(to, opt, value, err);
	case OPT_FLAG:
		if (!one_of(o, opt, value, err))
			return false;
		*(bool *)to = strcmp(value, "on") == 0;
		return true;
	case OPT_MONEY:
		return is_money(opt, value, err) && set_text(to, value);
	case OPT_CHOICE:
	case OPT_ENGINE:
		return one_of(o, opt, value, err) && set_text(to, value);
	case OPT_TEXT:
		return set_text(to, value);
	}
	return false;
}

bool options_put(struct options *o, const struct opt *opt, const char *value, struct err *err)
{
	char **text = &kept(o)->text[opt - table];
	char *copy = mem_strdup(value);

	if (!set_member(o, opt, copy, err)) {
		free(copy);
		return false;
	}
	if (!*text || strcmp(*text, copy) != 0)
		o->changes++;
	free(*text);
	*text = copy;
	return true;
}

bool options_set(struct options *o, const char *name, const char *value, struct err *err)
{
	const struct opt *opt = opt_find(name);

	return opt ? options_put(o, opt, value, err) : no_such_option(name, err);
}

static bool is_fake(const struct options *o, const char *name)
{
	for (const struct simulator_ops *const *s = kept_const(o)->engines; s && *s; s++)
		if (strcmp((*s)->name, name) == 0)
			return (*s)->kind == SIMULATOR_FAKE;
	return false;
}

bool options_harmless(const struct options *o, const struct opt *opt, const char *value,
		      struct err *err)
{
	if (opt->trust == OPT_TRUSTED)
		return err_set(err, ERR_AUTH, "set %s: not from a file that nobody trusted (%s)",
			       opt->name, opt->harm);
	if (opt->trust == OPT_LOWER &&
	    strtol(value, NULL, 10) > (long)*(const unsigned *)((const char *)o + opt->member))
		return err_set(err, ERR_AUTH,
			       "set %s %s: a file that nobody trusted may only lower it", opt->name,
			       value);
	if (opt->type == OPT_ENGINE && is_fake(o, value))
		return err_set(err, ERR_AUTH, "set engine %s: not from a file that nobody trusted",
			       value);
	return true;
}

const char *options_text(const struct options *o, const struct opt *opt)
{
	return kept_const(o)->text[opt - table];
}

const struct strv *options_words(const struct options *o, const struct opt *opt)
{
	assert(opt->type == OPT_WORDS);
	return (const struct strv *)((const char *)o + opt->member);
}
