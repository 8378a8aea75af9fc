/* opt.h - options: one table of rows, read into one struct of values.
 *
 * Map of session/option: options. Knows no command.
 *
 *   opt       the table of options, their values and the harm they could do in the wrong hands
 *   remember  what one command leaves for the next
 *
 * Values come from rc files, from `set`, and from the command line, as text and by
 * name: options_set() checks them and stores them in a member of struct options.
 * Code reads the member, so a wrong name does not compile. Parsing, completion,
 * help and the manual page read the same table.
 */
#ifndef POSEDGE_OPT_H
#define POSEDGE_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct simulator_ops;

#define ENGINE_AUTO "auto"

/* The current values. Read members directly; write them only with options_set(). Their names
 * are those in the table, with _ in place of a dot; the table has the units. */
struct options {
	unsigned changes; /* incremented when a value changes */
	char *backend;
	char *backend_escalate;				       /* "" = none */
	char *backend_fix;				       /* "" = backend */
	char *backend_complete, *backend_judge, *backend_plan; /* "" = backend */
	char *budget;					       /* an amount of money; "" = none */
	struct strv blackbox;
	struct strv defines;
	char *digest; /* "off", "flow", "netlist" or "both" */
	char *engine; /* ENGINE_AUTO, or the name of a simulator */
	struct strv exclude;
	struct strv files;
	unsigned fix_rounds;
	unsigned flow_rounds;
	unsigned flow_seconds;
	unsigned flow_tokens;
	struct strv flows;
	unsigned compact_percent;
	unsigned complete_idle; /* seconds; 0 = off */
	bool gutter_authors;
	struct strv include;
	char *language; /* as lang_name(); "" = by file extension */
	struct strv link_allow;
	bool lint_live;
	bool lint_style;
	char *log; /* path; "" = none */
	bool mutants_idle;
	char *mode; /* "ask", "assist" or "read" */
	bool mouse;
	bool notify;
	struct strv parameters;
	struct strv plusargs;
	unsigned prompt_budget;
	char *prompt_folder; /* "" = none */
	bool review_equivalent;
	bool review_must_read;
	unsigned review_unread;
	char *sandbox; /* "bubblewrap" or "none" */
	unsigned sim_build_seconds;
	bool sim_confirm;
	unsigned sim_disk_mb;
	unsigned sim_files;
	char *sim_folder; /* "" = not set */
	unsigned sim_memory_mb;
	unsigned sim_output_mb;
	unsigned sim_processes;
	unsigned sim_run_seconds;
	unsigned sim_seeds;
	char *sim_trace; /* "vcd" or "fst" */
	unsigned sim_wave_mb;
	char *testbench; /* "" = not set */
	char *theme;
	char *tools; /* "on", "off" or "text" */
	struct strv tools_policy;
	char *top; /* "" = not set */
	unsigned turn_rounds;
	unsigned turn_seconds;
	unsigned turn_simulations;
	unsigned turn_tokens;
	char *viewer; /* "auto", or a viewer's name */
	unsigned wave_cycles;
	unsigned wave_quota_mb;
	bool why_idle;
};

/* How a value is written as text, and the type of its member. OPT_WORDS: any number
 * of words, as in rc files: a word that contains a blank or a quote is quoted. */
enum opt_type {
	OPT_TEXT,   /* char *, never NULL */
	OPT_NUMBER, /* unsigned, 1 to 1000000000; 0 for the word in choices, if there is one */
	OPT_FLAG,   /* bool: "on", "off" */
	OPT_CHOICE, /* char *, one of choices or "" */
	OPT_ENGINE, /* char *, ENGINE_AUTO or the name of a selectable simulator */
	OPT_WORDS,  /* struct strv */
	OPT_MONEY,  /* char *, an amount such as "2.50", or "" */
};

/* What an untrusted project's rc may do with an option. */
enum opt_trust {
	OPT_SAFE,    /* set it */
	OPT_LOWER,   /* a number: only lower it, a stricter limit */
	OPT_TRUSTED, /* nothing */
};

struct opt {
	enum opt_type type;
	size_t member; /* offset in struct options */
	const char *name;
	const char *initial;
	/* OPT_CHOICE: blank-separated; OPT_NUMBER: one word; OPT_WORDS: each word is NAME=
	 * followed by one of these, "": NAME= followed by anything; NULL: any */
	const char *choices;
	enum opt_trust trust;
	const char *harm; /* the worst it can do in the wrong hands, within trust */
	const char *help;
	bool personal; /* stored in the user's own rc file, because a project's is shared */
};

/* engines: the simulators that `engine` may name, NULL-terminated; borrowed while
 * the options exist. NULL: only ENGINE_AUTO. */
struct options *options_new(const struct simulator_ops *const *engines);
void options_free(struct options *o); /* NULL is fine */
/* Replaces the list after a plugin added or removed an engine; borrowed in the same way. */
void options_engines(struct options *o, const struct simulator_ops *const *engines);

size_t opt_count(void);
const struct opt *opt_at(size_t i);
const struct opt *opt_find(const char *name); /* NULL: no such option */

/* The row of a member of struct options, as in OPT(lint_style). */
#define OPT(member) opt_of_member(offsetof(struct options, member))
const struct opt *opt_of_member(size_t offset);

/* ERR_USAGE: no such option (names the nearest), or an invalid value. */
bool options_set(struct options *o, const char *name, const char *value, struct err *err);

/* Like options_set() for a row of the table. value may be a result of
 * options_text(). */
bool options_put(struct options *o, const struct opt *opt, const char *value, struct err *err);

/* True if an untrusted file may set that value now; otherwise ERR_AUTH. */
bool options_harmless(const struct options *o, const struct opt *opt, const char *value,
		      struct err *err);

/* The value as text, for people and files; borrowed until the option is set. */
const char *options_text(const struct options *o, const struct opt *opt);

/* The words of an OPT_WORDS option; borrowed until it is set. */
const struct strv *options_words(const struct options *o, const struct opt *opt);

/* The possible values, for completion; none if any value is allowed. */
void options_choices(const struct options *o, const struct opt *opt, struct strv *out);

/* The text of an OPT_WORDS with these words, skipping empty ones; the caller frees.
 * NULL with err: a word contains both kinds of quotes, or a control byte. */
char *options_join(char *const *words, size_t n, struct err *err);

/* Edit distance of two words, for "did you mean": insertions, deletions,
 * replacements and swaps of neighbouring letters (optimal string alignment); at
 * most limit + 1 is returned. */
size_t word_distance(const char *a, const char *b, size_t limit);

/* Largest word_distance() at which a word is suggested. */
size_t word_near(const char *word);

#endif
