/* opt.h - what can be set: one table of rows, read into one struct of values.
 *
 * Map of session/option: what can be set. Knows no command.
 *
 *   opt       the table of options, their values and what they could do in the wrong hands
 *   remember  what one command leaves for the next
 *
 * Values come from rc files, from `set`, and from the command line, as text and
 * by name: options_set() checks them and stores them in a member of struct
 * options. Code reads that member, so that a name that is not an option does not
 * compile. Parsing, completion, help and the manual page read the same table.
 */
#ifndef POSEDGE_OPT_H
#define POSEDGE_OPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"

struct simulator_ops;

#define ENGINE_AUTO "auto"

/* The values as they are now. Read it, and write it with options_set() only. The
 * names are those of the table, with _ in place of a dot; units stand there. */
struct options {
	unsigned changes; /* bumped when a value becomes another one */
	char *backend;
	char *backend_escalate;				       /* "" = none */
	char *backend_fix;				       /* "" = backend */
	char *backend_complete, *backend_judge, *backend_plan; /* "" = backend */
	char *budget;					       /* a sum of money; "" = none */
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
	char *language; /* as lang_name(); "" = as the files are */
	struct strv link_allow;
	bool lint_live;
	bool lint_style;
	char *log; /* a file; "" = none */
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
	char *viewer; /* "auto", or the name of one */
	unsigned wave_cycles;
	unsigned wave_quota_mb;
};

/* What a value looks like as text, and the type of its member.
 * OPT_WORDS: any number of words, kept as rc files spell them: one with a blank
 * or a quote in it stands between quotes. */
enum opt_type {
	OPT_TEXT,   /* char *, never NULL */
	OPT_NUMBER, /* unsigned, 1 to 1000000000; 0 for the word of choices, where there is one */
	OPT_FLAG,   /* bool: "on", "off" */
	OPT_CHOICE, /* char *, one of choices or "" */
	OPT_ENGINE, /* char *, ENGINE_AUTO or one of the simulators that can be chosen */
	OPT_WORDS,  /* struct strv */
	OPT_MONEY,  /* char *, a sum such as "2.50", or "" */
};

/* What a project's rc that nobody has trusted may do with an option. */
enum opt_trust {
	OPT_SAFE,    /* set it */
	OPT_LOWER,   /* a number: only make it smaller than it is, a stricter limit */
	OPT_TRUSTED, /* nothing */
};

struct opt {
	enum opt_type type;
	size_t member; /* its offset in struct options */
	const char *name;
	const char *initial;
	/* OPT_CHOICE: blank-separated; OPT_NUMBER: one word; OPT_WORDS: each word is NAME= and
	 * one of these, "": NAME= and anything; NULL: any */
	const char *choices;
	enum opt_trust trust;
	const char *harm; /* the worst that it does in the wrong hands, as far as trust lets them */
	const char *help;
	bool personal; /* kept in the person's own rc file: a project's goes to others */
};

/* engines: the simulators that `engine` may name, up to NULL; borrowed for as long
 * as the options live. NULL: it stays ENGINE_AUTO. */
struct options *options_new(const struct simulator_ops *const *engines);
void options_free(struct options *o); /* NULL is fine */
/* Replaces the list after a plugin added or removed an engine; borrowed as above. */
void options_engines(struct options *o, const struct simulator_ops *const *engines);

size_t opt_count(void);
const struct opt *opt_at(size_t i);
const struct opt *opt_find(const char *name); /* NULL: no such option */

/* The row of a member of struct options: OPT(lint_style). */
#define OPT(member) opt_of_member(offsetof(struct options, member))
const struct opt *opt_of_member(size_t offset);

/* ERR_USAGE: no such option (names the nearest), or a value it cannot have. */
bool options_set(struct options *o, const char *name, const char *value, struct err *err);

/* The same for a row of the table. value may be what options_text() returns. */
bool options_put(struct options *o, const struct opt *opt, const char *value, struct err *err);

/* Whether a file that nobody has trusted may set that value now. ERR_AUTH. */
bool options_harmless(const struct options *o, const struct opt *opt, const char *value,
		      struct err *err);

/* Any value as it was spelled, for people and files; borrowed until it is set. */
const char *options_text(const struct options *o, const struct opt *opt);

/* The words of an option of type OPT_WORDS; borrowed until it is set. */
const struct strv *options_words(const struct options *o, const struct opt *opt);

/* What a value may be, for completion; nothing where it can be anything. */
void options_choices(const struct options *o, const struct opt *opt, struct strv *out);

/* The text of an OPT_WORDS with these words, without the empty ones; the caller frees.
 * NULL with err: a word holds both kinds of quotes, or a control byte. */
char *options_join(char *const *words, size_t n, struct err *err);

/* How alike two words are, for "did you mean": the number of edits between them, each a
 * letter more, less or another, or two neighbours that changed places (optimal string
 * alignment); at most limit + 1 is returned. */
size_t word_distance(const char *a, const char *b, size_t limit);

/* The largest word_distance() at which another word is offered as "did you mean". */
size_t word_near(const char *word);

#endif
