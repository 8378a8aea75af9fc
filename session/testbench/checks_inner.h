/* checks_inner.h - shared by the parts of checks.h.
 *
 * Internal header, for session/testbench/checks*.c only. Without the "checks_":
 *
 *   words, tongues            what a message or a name says: pure lists of words
 *   tokens                    predicates on the tokens of a span, names and sets of names
 *   cond                      a condition in normal form: see checks_cond.h
 *   assign, expect, choice,   one statement or condition: what is assigned, compared, chosen
 *   print, effects            between, printed; what it does to the verdict
 *   unit, instance, checker,  one pass over all sources each; checks.c has their order
 *   names, fixed, never, pure, vars,
 *   when, reports, joins,
 *   settle, lost, repeat, unknown,
 *   gate, heading, each, walk,
 *   always, files
 *   if, select, await         which `if` is a site, and which wait
 *   write, edit               the copies that count
 *   mend, wait, first, scan,  what else is changed in a copy: what a simulator gets wrong
 *   icarus
 *   said                      what a failing site may print
 */
#ifndef POSEDGE_CHECKS_INNER_H
#define POSEDGE_CHECKS_INNER_H

#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/testbench/checks.h"
#include "session/testbench/checks_cond.h"
#include "session/verilog/vstmt.h"

/* What a printed text says; flags. */
enum says {
	SAYS_FAIL = 1u << 0, /* something is wrong */
	SAYS_PASS = 1u << 1,
	SAYS_ERRORS = 1u << 2,	/* a summary: the number of failures */
	SAYS_PASSES = 1u << 3,	/* the number of successes */
	SAYS_HINT = 1u << 4,	/* words of comparing, "expected", "got"; no proof on their own */
	SAYS_TIMEOUT = 1u << 5, /* with SAYS_FAIL: it took too long */
	SAYS_ANY = 1u << 6,	/* prints anything */
	SAYS_GOOD = 1u << 7,	/* all is well, in words that run.c does not know */
};

/* What a variable is used for. */
enum check_role { ROLE_NONE, ROLE_ERRORS, ROLE_PASSES, ROLE_FAIL_FLAG, ROLE_PASS_FLAG };

struct check_var {
	const char *name; /* borrowed from the text */
	size_t len;
	unsigned raised;	    /* number of v = v + 1 and the like */
	unsigned raised_if;	    /* of those, below an if or case */
	unsigned raised_by_compare; /* of those, below an if that compares */
	/* of those, if something differs from what was expected, or does not */
	unsigned raised_differ, raised_same;
	unsigned raised_equal; /* of those, if two values differ or are equal */
	unsigned raised_event; /* of those in raised, if something happens; see checks_vars.c */
	unsigned holds;	       /* assigned an equality, and not itself */
	unsigned holds_differ, holds_same; /* of those, if something differs, as above */
	/* constants assigned by statements; of those, below an if on such a condition */
	unsigned zeros, zeros_differ, zeros_same, ones, ones_differ, ones_same;
	unsigned zeros_late;  /* of zeros, after the run has started */
	unsigned raised_told; /* of those in raised, if an output that it is named after holds */
	unsigned lowered;     /* of those in raised: v = v - 1 */
	unsigned adds_same;   /* v = v + (a === b) */
	unsigned compared;    /* updated with a comparison: v = v + (a !== b) */
	/* of those, with a single !==, or ===; of these, those that add it */
	unsigned compared_differ, compared_same, adds;
	bool zero, nonzero;	       /* such constants are assigned */
	bool set;		       /* nonzero is assigned, and not at the start */
	unsigned other;		       /* how often another value is assigned */
	unsigned gaps;		       /* of those, a difference: d = q ^ e */
	bool reset_if;		       /* 0 is assigned below an if: it measures something */
	bool told_errors, told_passes; /* printed as such a count */
	bool told_share;	       /* printed as a percentage */
	bool differs;		       /* driven by a comparison */
	bool differs_not;	       /* the same, 1 if all is well */
	bool equates;		       /* the same, only its name says which value is good */
	bool wired;		       /* connected to an instance: possibly a stimulus */
	bool places;		       /* it says where in an array a value goes: "due[n] = ..." */
	bool judged;		      /* a constant is assigned where values of the design differ */
	bool told_of_all;	      /* "3 of 4 passed" */
	bool told_of;		      /* "3 of 4", "3/4" */
	bool full_passes;	      /* compared with the total, it selects a message */
	bool full_chooses;	      /* the same, any two messages */
	bool zero_passes, zero_fails; /* an if on it alone selects a message */
	bool wanted;		      /* 0 is a failure, and nothing says that more is right */
	bool awaited;		      /* "n != 4" is acted on: there should be so many */
	bool amount;		      /* "n == 12" selects a message, whatever its name */
	bool prints, chooses;	      /* an if on it alone prints; does so in both branches */
	bool timed, reached; /* says when, in one unit; is something else, in another one */
	unsigned sets, sums; /* assignments; those of an expression of accounts */
	bool parameter;
	bool function; /* the result of one */
	bool returned; /* by "return": no account, as no site is there */
	/* of which it only holds that two arguments are the same, or how far they are apart */
	bool of_arguments;
	bool handle;   /* result of $fopen */
	bool input;    /* and read, possibly */
	bool tested;   /* tested by an if */
	bool measured; /* compared with an expected value of it */
	enum check_role role;
};

struct check_copy {	  /* a name is assigned the value of from */
	const char *from; /* borrowed from the text */
	size_t len;
	size_t next; /* next copy to the same name; 0: none */
};

struct check_when { /* of a unit, see checks_when.c */
	bool known;
	int unit;
	bool *bad;	    /* per node from the unit's on */
	signed char *heads; /* likewise: 1: its head only says when; -1: not; 0: unknown */
};

/* What is known of a name in a unit; flags. */
enum check_name_fact {
	NAME_DECLARED = 1u << 0,
	NAME_PARAMETER = 1u << 1,
	NAME_LOCAL = 1u << 2,	 /* a parameter that nothing outside may set, or a constant */
	NAME_VECTOR = 1u << 3,	 /* has bits that may be x, and is no array */
	NAME_NEVER = 1u << 4,	 /* declared without a value, or as a flag; see checks_never.c */
	NAME_CONSTANT = 1u << 5, /* with NAME_NEVER: it is 0 or 1, or given on the command line */
	NAME_X = 1u << 6,	 /* with NAME_NEVER: of a type that has x */
	NAME_SET = 1u << 7,	 /* something may set it */
	NAME_ASSIGNED = 1u << 8, /* a statement does, see checks_when.c */
	NAME_REACHED = 1u << 9,	 /* what is assigned to it does not only say when */
	NAME_DRIVEN = 1u << 10,	 /* an instance may drive it */
};

struct check_names { /* of a unit */
	struct name_map index;
	unsigned *facts; /* enum check_name_fact */
	size_t n, cap;
};

struct check_source {
	const char *path;
	const char *text;
	size_t len;
	struct vstmts s;
	bool *bench;		   /* per UNIT node: belongs to a testbench */
	bool *prints;		   /* per UNIT node: only because it prints */
	struct check_when *when;   /* per UNIT node */
	struct check_names *names; /* per UNIT node */
};

struct check_found { /* a site with the data needed to count it */
	struct check_site site;
	int node;
	int fails;	 /* node entered on failure; -1: see below */
	bool fails_else; /* there is no such node: an "else" must be added */
	bool bare;	 /* an assertion without else */
	bool strict;	 /* of a condition: fails unless it is 0 */
	bool dropped;	 /* by checks_settle() */
	bool sticks;	 /* of after: stays as it is after the first failure */
	/* only not counted as a success: no failure if the report says that all is well */
	bool weak;
	/* weak, and only prints when something is seen: a success once that happened */
	bool spots;
	bool lost;	/* what it finds is overwritten before the report, see checks_lost.c */
	bool of_passes; /* of a report: tests a count of successes */
	bool inverse;	/* of an assignment: fails if condition is true */
	struct vspan condition; /* of an assignment; empty: unknown, or see after */
	/* of an assignment: expression to examine when it is done; empty: none */
	struct vspan after;
	enum {
		AFTER_ZERO,
		AFTER_ONE,
		AFTER_ANY,
		AFTER_SAME
	} after_want; /* it fails unless that is 0, is 1, is not 0, is as before */
};

struct check_result { /* a net at an output of a module that checks, and that output */
	const char *net, *port;
	size_t net_len, port_len;
};

struct checks {
	struct check_source *sources;
	size_t n_sources, cap_sources;
	struct check_var *vars;
	size_t n_vars, cap_vars;
	struct name_map by_name;
	struct name_map whole;	 /* names that are used without a number as their index */
	struct name_map failing; /* names of tasks, functions and macros that fail when called */
	struct name_map passing;
	struct name_map constants, macros, open_macros; /* see checks_read_constants() */
	struct name_map functions,
		impure;		/* all names of functions; those that do not only compute */
	struct name_map closed; /* of the others, in a testbench: asks for its arguments only */
	struct name_map hinting, telling; /* those that print and do nothing to the design */
	struct name_map asked_texts;	  /* strings that some condition asks whether empty */
	struct check_well {		  /* see checks_says_well_after(), of the last question */
		const struct check_source *src;
		int around, last;
	} well;
	struct check_copy *copies;
	size_t n_copies, cap_copies;
	struct name_map copied;	      /* target name to its first copy */
	struct check_result *results; /* see checks_find_checkers() */
	size_t n_results, cap_results;
	struct check_found *sites;
	size_t n_sites, cap_sites;
	bool ends, says_count, sums_up, reports, contradicts;
	bool reads_back; /* a file that is read may be one that the run wrote */
	char *top;
	const char *x_path; /* see struct checks_facts */
	int x_line;
	bool x_ends;
	char *x_text;
	char *gate;			/* see checks_read_gate(); NULL: none */
	struct strv headings;		/* see checks_heading.c; CHECKS_ANY stands for a value */
	size_t n_patterns;		/* of them, first: those with values */
	struct name_map plain_headings; /* the others */
	/* see checks_each.c: without blanks, CHECKS_ANY for values */
	struct strv lines_of_one, lines_of_all;
};

/* Text inserted around a part of a source. */
struct wrap {
	size_t off, end; /* the part */
	size_t order;
	bool drop; /* the part itself is dropped except for its newlines */
	struct str open, close;
};

struct edits {
	struct wrap *v;
	size_t n, cap;
};

/* checks_edit.c: adds an empty wrap; borrowed until the next call.
 * checks_ends_statement(): the statement's text ends such that another may
 * follow. */
struct wrap *checks_wrap(struct edits *e, struct vspan around);
bool checks_ends_statement(const struct vstmts *s, struct vspan span);

/* Adds the text with its wraps; of two around the same span the first is the
 * outer one. Frees the edits. False if there were none. */
bool checks_edit(const char *text, size_t len, struct edits *e, struct str *out);

/* checks_mend.c: removes what no copy should have, and rewrites what Verilator gets wrong. */
void checks_drop_dumps(const struct vstmts *s, struct edits *e);
/* Restricts $dumpvars of all top modules to top, as the other one is posedge's. */
void checks_keep_out_of_dumps(const struct vstmts *s, const char *top, struct edits *e);
void checks_mend(const struct vstmts *s, struct edits *e);
void checks_mend_waits(const struct vstmts *s, struct edits *e);  /* checks_wait.c */
void checks_mend_first(const struct vstmts *s, struct edits *e);  /* checks_first.c */
void checks_mend_icarus(const struct vstmts *s, struct edits *e); /* checks_icarus.c */
/* checks_scan.c: the same; call before the sites are wrapped, as it encloses
 * their statements. */
void checks_mend_scans(const struct vstmts *s, struct edits *e);
bool checks_marks_stops(const struct vstmts *s); /* marks each $stop and $fatal of the text */

/* checks_effects.c: effects of a node alone, of the direct statements in its
 * subtree; whether a condition does not compare the design: about accounts with a
 * role, about how much to print, "n < 10". */
enum check_effect {
	EFFECT_FAILS = 1u << 0,
	EFFECT_HINTS = 1u << 1, /* a failure if a comparison selected this branch */
	EFFECT_STOPS = 1u << 2,
	EFFECT_RIGHT = 1u << 3, /* counts or reports a success */
	EFFECT_LATE = 1u << 4,	/* with EFFECT_FAILS: of a watchdog */
	EFFECT_PRINTS = 1u << 5,
	EFFECT_ENDS = 1u << 6, /* $finish */
	EFFECT_SUMS = 1u << 7, /* prints the number of failures */
	EFFECT_NOTES = 1u
		       /* records something, or leaves: a failure if what was expected
		 * did not happen */
		       << 8,
};

/* "first_bad = i", "failed_at = $time": where it was, a step of the testbench. */
bool checks_is_position(const struct checks *c, const struct vstmts *s, struct vspan value);
/* A number, the name of one (NOK, a parameter) or a string. */
bool checks_is_literal(const struct checks *c, const struct vstmts *s, struct vspan value);
/* True for log = {log, "a message"}, where something asks whether log is empty. */
bool checks_appends(const struct checks *c, const struct vstmts *s, const struct vstmt *v);
void checks_read_asked_texts(struct checks *c); /* first */
/* True for "sev == "ERROR"" in the task that log("ERROR", "sum is wrong") calls: the call
 * is what a check leads to. */
bool checks_asks_severity(const struct vstmts *s, struct vspan cond);
unsigned checks_own_effects(const struct checks *c, const struct check_source *src, int i);
unsigned checks_effects_of(const struct checks *c, const struct check_source *src, int i);
/* The same without an `if` below and without flags, both of which are reported elsewhere. */
unsigned checks_effects_then(const struct checks *c, const struct check_source *src, int i);
bool checks_is_account(const struct checks *c, const struct vstmts *s, struct vspan cond);

/* checks_words.c */
unsigned checks_say(const char *text, size_t len); /* enum says of a printed line */
/* One of the words is in the text, ignoring case. */
bool checks_contains(const char *text, size_t len, const char *const *words);
/* "problems", "violations": an error count if there is a number, too. */
bool checks_counts_trouble(const char *text, size_t len);
/* "not loaded": something has not been done. */
bool checks_tells_undone(const char *text, size_t len);
enum check_role checks_name(const char *name, size_t len); /* ERRORS or PASSES by name, else NONE */
/* True if ERRORS is by a word such as bad or fault only, which may tell of something else. */
bool checks_name_is_loose(const char *name, size_t len);
unsigned checks_short_word(const char *text,
			   size_t len); /* PASS or FAIL for a single word, "ok", "NG"; else 0 */
/* True for n_bad_luck that counts how often the design's output bad_luck held: its name says
 * nothing of failures. */
bool checks_counts_output(const struct check_var *v);
bool checks_name_is_chatty(const char *name,
			   size_t len); /* verbose, debug: only controls printing */
bool checks_name_is_total(const char *name,
			  size_t len); /* checks, n_tests: successes and failures together */

/* checks_tongues.c: SAYS_HINT or SAYS_GOOD for a text in another language, else
 * 0; whether it says that there is no error. */
bool checks_denies_abroad(const char *text, size_t len);
unsigned checks_say_abroad(const char *text, size_t len);

/* checks_expect.c: does the condition hold if something differs from what was
 * expected, if it does not, or is it no such condition? Valid after
 * checks_read_copy() has processed all statements. */
enum check_expect { EXPECT_NONE, EXPECT_DIFFERS, EXPECT_SAME };
void checks_read_copy(struct checks *c, const struct vstmts *s, const struct vstmt *v);
enum check_expect checks_expects(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* True if one of the two is what is expected, by its name or because the design has no part in
 * it, as it has in the other one. */
bool checks_says_expected(const struct checks *c, const struct vstmts *s, struct vspan left,
			  struct vspan right);
/* The same of a variable that only holds such conditions. */
enum check_expect checks_var_expects(const struct check_var *of);
/* The variable or function whose result is all that the condition asks for, if it only holds
 * comparisons; NULL: another condition. *holds: the condition is true if the result is. */
const struct check_var *checks_asks_result(const struct checks *c, const struct vstmts *s,
					   struct vspan cond, bool *holds);
/* The same of the condition on which that branch of a case is taken. */
enum check_expect checks_choice_expects(const struct checks *c, const struct vstmts *s, int choice);
/* The same for any two variable operands, whatever their names, and also for ==. */
enum check_expect checks_equates(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* True for "q ^ e" and "q - (a + b)", which are not 0 where the two differ; distance: for any
 * "a - b" instead. */
bool checks_is_gap(const struct checks *c, const struct vstmts *s, struct vspan in, bool distance);
/* The same as checks_expects() for "^q === 1'bx" and "$isunknown(q)", which only test for x. */
enum check_expect checks_asks_x(const struct vstmts *s, struct vspan cond);
/* True if the condition compares a value with an earlier one of the same: "q != old". */
bool checks_asks_change(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* Marks variables that a condition compares with a variable. */
void checks_read_measured(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* Which value of the nearest enclosing condition leads to the node; expected: by
 * checks_expects(), or else by checks_equates(). */
enum check_expect checks_raised_by(const struct checks *c, const struct vstmts *s, int node,
				   bool expected);

/* checks_names.c: the names that each unit declares, and what is known of them. In a unit; 0:
 * nothing. In the unit around the node. checks_add_fact(): false if that was known. */
void checks_read_names(struct check_source *src);
void checks_free_names(struct check_source *src);
unsigned checks_name_facts(const struct check_names *n, const struct vstmts *s, struct vspan name);
unsigned checks_facts_at(const struct check_source *src, int node, struct vspan name);
bool checks_add_fact(struct check_names *n, const struct vstmts *s, struct vspan name,
		     unsigned facts);

struct check_declared { /* starts as zero */
	size_t token;
	struct vspan value;    /* empty: none */
	bool array;	       /* "m [0:3]" */
	bool parameter, local; /* local: localparam or const */
};
/* The next name of "reg [3:0] q = 0, m [0:3];", of a list of parameters, of "assign a = b, ..."
 * or of the head of a for, from token *at on; false at the end. */
bool checks_next_declared(const struct vstmts *s, struct vspan in, size_t *at,
			  struct check_declared *d);
/* The inside of "#(...)" in the head of a unit; empty: it has none. */
struct vspan checks_unit_parameters(const struct vstmts *s, int unit);

/* checks_fixed.c: first collects the constants of packages and files, and the
 * macros; then, true if the node's condition is constant during a run. */
void checks_read_constants(struct checks *c);
bool checks_is_fixed(const struct checks *c, const struct check_source *src, int node,
		     struct vspan cond);

/* checks_never.c: after those, the variables that nothing gives a value; whether the token
 * is one, and whether the condition has to hold for one that is always x, z or 0. */
void checks_read_never(struct checks *c);
bool checks_is_never_set(const struct check_source *src, int node, size_t token);
bool checks_never_holds(const struct check_source *src, int node, struct vspan cond);

/* checks_pure.c: functions that only compute; whether a second evaluation of the
 * expression has no effect of its own. */
void checks_read_pure(struct checks *c);
bool checks_is_pure(const struct checks *c, const struct vstmts *s, struct vspan in);

/* checks_when.c: then the variables that only say when; whether the node happens when
 * it does whatever the design does, and its condition holds or not likewise. */
void checks_read_when(struct checks *c);
void checks_free_when(struct check_source *src);
bool checks_only_when(const struct checks *c, const struct check_source *src, int node,
		      struct vspan cond);
void checks_note_when(struct checks *c); /* in struct check_var, once all of them are known */
/* True if the design has a part in one of the two values, and none in the other one: that is
 * a model of it, or what it should do with a stimulus. */
bool checks_asks_model(const struct checks *c, const struct vstmts *s, struct vspan a,
		       struct vspan b);
/* True if the design has no part in whether the condition holds. */
bool checks_is_decided(const struct checks *c, const struct check_source *src, int node,
		       struct vspan cond);
/* True if the condition is made of such variables, wherever the node is. */
bool checks_says_when(const struct checks *c, const struct check_source *src, int node,
		      struct vspan cond);

/* checks_if.c: adds a site of that source and node; borrowed until the next call; NULL: too
 * many. Finds out about an `if`. */
struct check_found *checks_add_site(struct checks *c, size_t source, int node, enum check_kind kind,
				    struct vspan text);
void checks_find_if(struct checks *c, size_t source, int i);
bool checks_ends_run(const struct vstmts *s, int i); /* $finish or $stop is in the statement */
/* checks_select.c: true for an `if` around a check of something else, without a report
 * of its own. */
bool checks_selects(const struct checks *c, const struct check_source *src, int i);
/* The last print of the process that says that all is well and is not below an `if`; -1. */
int checks_last_good_word(const struct checks *c, const struct check_source *src, int process);
/* True if the process around the node, or for a task one of its module, says at its end
 * that all is well. */
bool checks_says_well_after(struct checks *c, const struct check_source *src, int node);

/* checks_gate.c: what the site asks; *when_true: it fails if that holds. Whether that is known:
 * not of a case, or of a flag that is looked at afterwards. */
struct vspan checks_asked(const struct checks *c, const struct check_found *f, bool *when_true);
bool checks_fails_by(const struct checks *c, const struct check_found *f);
/* Appends an expression that holds when the site's condition compares, and
 * not only says when; false if it always compares. */
bool checks_gate(const struct checks *c, const struct check_found *f, struct str *out);
/* Last: the same of the only check, as text. */
void checks_read_gate(struct checks *c);
/* Not a guard, a report, a need or a repetition. */
bool checks_compares_at(const struct check_site *site);

/* checks_walk.c: the processes, after all sites are known. checks_always.c: whether a
 * statement comes in every run in which nothing fails; whether it cannot be what a
 * watchdog says: no time passes before it, or it follows the report of a process that
 * drives the design. */
struct checks_walk;
struct checks_walk *checks_walk_new(const struct checks *c);
void checks_walk_free(struct checks_walk *w);
bool checks_comes_always(const struct checks_walk *w, size_t source, int node);
bool checks_comes_in_time(const struct checks_walk *w, size_t source, int node);

/* checks_heading.c: last, the lines that come in every run and are no evidence. */
#define CHECKS_ANY '\1'
void checks_read_headings(struct checks *c);
/* True if the line is that pattern, with anything in the places of CHECKS_ANY. */
bool checks_fits(const char *pattern, const char *line, size_t len);
/* checks_each.c: likewise, the lines that a check prints of itself. */
void checks_read_each(struct checks *c);
/* checks_print.c: appends what it prints, with CHECKS_ANY for values; false if it prints
 * nothing on the output. The name that it prints as if it were a count of failures, but in
 * base 2 or 16; empty: none. */
bool checks_print_text(const struct vstmts *s, const struct vstmt *v, struct str *out);
struct vspan checks_print_bits(const struct vstmts *s, int node);

/* checks_files.c: whether the token is a system function that reads a file or a plusarg,
 * and which arguments it writes; whether the run may read a file that it wrote. */
bool checks_reads(const struct vstmts *s, size_t token, int *first, int *last);
bool checks_reads_back(const struct checks *c);

/* checks_settle.c: then drops sites that another one asks for, and makes reports of those
 * that only ask for what others left. */
void checks_settle(struct checks *c);

/* checks_lost.c: then marks flags that are overwritten before a report asks for them. */
void checks_find_lost(struct checks *c);

/* checks_await.c: then, if nothing compares, the waits for the design beside a watchdog. */
void checks_find_awaited(struct checks *c);

/* checks_repeat.c: then marks those that only tell what another one compared. */
void checks_find_repeats(struct checks *c);

/* checks_unknown.c: last, marks the sites and waits that only ask for x; what of the
 * design may be x for long. */
void checks_read_unknown(struct checks *c);
enum checks_unset checks_unset(const struct checks *c);

/* checks_tokens.c: iterate over the tokens of a span with checks_first_token()
 * and checks_in_span(); token i is that word, or the number 0 or 1. */
size_t checks_first_token(const struct vstmts *s, struct vspan span);
bool checks_in_span(const struct vstmts *s, size_t i, struct vspan span);
/* The only token of the span; n_tokens: it has none, or more. */
size_t checks_sole_token(const struct vstmts *s, struct vspan in);
bool checks_is(const struct vstmts *s, size_t i, const char *word);
bool checks_is_any(const struct vstmts *s, size_t i, const char *const *words);
bool checks_has_any(const struct vstmts *s, struct vspan in, const char *const *words);
/* Lists for those two: comparisons that see x; these and the ones that do not. */
extern const char *const checks_exact[], *const checks_equal[];
bool checks_is_zero(const struct vstmts *s, size_t i);
bool checks_is_one(const struct vstmts *s, size_t i);
/* True if token i is a function that counts bits, and its argument an expression. */
bool checks_counts_bits(const struct vstmts *s, size_t i, struct vspan *in);
#define CHECKS_BITS_OPEN  "$unsigned(" /* around that, see checks_icarus.c */
#define CHECKS_BITS_CLOSE ") | 1024'd0"
/* Adds the tokens of the span on one line. */
void checks_add_tokens(const struct vstmts *s, struct vspan span, struct str *out);
/* Splits "c ? a : b", whatever a and b are; false if it is no choice. */
bool checks_split_choice(const struct vstmts *s, struct vspan span, struct vspan *cond,
			 struct vspan *then, struct vspan *other);
/* The span in one line of at most 120 bytes; the caller frees. */
char *checks_text(const struct vstmts *s, struct vspan span);
struct vspan checks_token(const struct vstmts *s, size_t i);
/* The same text, and not empty. */
bool checks_same(const struct vstmts *a, struct vspan x, const struct vstmts *b, struct vspan y);
/* Sets of names. checks_put(): false if it was there, or is empty, which is not put. */
bool checks_put(struct name_map *m, const struct vstmts *s, struct vspan name);
bool checks_has(const struct name_map *m, const struct vstmts *s, struct vspan name);
/* The name by which a routine is known that is called so: fail of "tb.fail", FAIL of "`FAIL". */
struct vspan checks_routine(const struct vstmts *s, struct vspan called);
/* True if the name is an argument of the macro, whose list of them has no tokens. */
bool checks_is_formal(const struct vstmts *s, const struct vstmt *define, struct vspan name);
/* The token that closes the bracket at token open; if none in the span does, the first one
 * after it. */
size_t checks_closing(const struct vstmts *s, size_t open, struct vspan in);
/* The span without brackets around all of it. */
struct vspan checks_unwrapped(const struct vstmts *s, struct vspan in);
/* The next operand of join ("&&") in the span, from token *at on; false at the end. */
bool checks_next_part(const struct vstmts *s, struct vspan in, const char *join, size_t *at,
		      struct vspan *part);
/* The same for the arguments of a call. */
bool checks_next_argument(const struct vstmts *s, struct vspan in, size_t *at, struct vspan *arg);
/* NULL if there is none of that name. */
struct check_var *checks_var(const struct checks *c, const char *name, size_t len);
/* The name with its index, "n[1]", if all that is used of n are such places. */
struct vspan checks_place(const struct checks *c, const struct vstmts *s, struct vspan name);
struct check_var *checks_var_in(const struct checks *c, const struct vstmts *s, struct vspan name);
struct check_var *checks_var_at(const struct checks *c, const struct vstmts *s, size_t token);
bool checks_mentions(const struct vstmts *s, struct vspan in, struct vspan name);
bool checks_only_mentions(const struct vstmts *s, struct vspan in, struct vspan name);
bool checks_calls(const struct vstmts *s, struct vspan in); /* calls a function of its own */
/* The direction of an argument of the task or function: of "task t(input a, output b)", or of a
 * declaration in it. */
enum checks_direction { DIRECTION_NONE, DIRECTION_INPUT, DIRECTION_OUTPUT };
enum checks_direction checks_direction(const struct vstmts *s, int routine, struct vspan name);
/* How the statement ends the run. */
enum check_end { END_NONE, END_FINISH, END_STOP, END_FATAL };
enum check_end checks_end(const struct vstmts *s, const struct vstmt *v);
/* True for "$finish_and_return(1);" of Icarus, which is a failure. */
bool checks_returns_bad(const struct vstmts *s, const struct vstmt *v);
/* True for "dut u(...);" and "dut #(...) u(...);". */
bool checks_is_instance(const struct vstmts *s, const struct vstmt *v);

/* True if it is neither a number nor a name that looks like a parameter or a state. */
bool checks_may_change(const struct checks *c, const struct vstmts *s, struct vspan side);

/* checks_print.c: what the strings in an argument say; finds variables printed as a count. sure:
 * the print is unconditional. */
unsigned checks_argument_says(const struct vstmts *s, struct vspan arg);
void checks_read_print(struct checks *c, const struct vstmts *s, const struct vstmt *v, bool sure);

/* checks_unit.c: call first; determines which units belong to a testbench. */
void checks_mark_units(struct check_source *src, const char *top);
bool checks_in_bench(const struct check_source *src, int node);
bool checks_only_prints(const struct check_source *src,
			int node); /* a module of the design that prints */
/* Calls fn for each statement of the testbench, in the order of the text. */
typedef void checks_node_fn(struct checks *c, const struct check_source *src, int node);
void checks_each_node(struct checks *c, checks_node_fn *fn);

/* checks_instance.c: the modules of all sources, and the instances of them. */
#define CHECKS_PORTS_MAX 128 /* per module; further ones are not known */

struct check_port {
	struct vspan name;
	bool output, input; /* neither: it may be both */
};

struct check_module { /* a unit, and its ports in their order */
	const struct check_source *src;
	int unit;
	struct check_port ports[CHECKS_PORTS_MAX];
	size_t n;
	bool whole; /* these are all its ports, and it is the only module of its name */
};

struct check_instance {
	struct check_module *of;
	struct vspan
		nets[CHECKS_PORTS_MAX]; /* by the port's index; empty: none, or an expression */
	bool rest;			/* .*: a port without a net has one of its own name */
	bool more;			/* the item has further instances */
};

struct check_unit_at {
	const struct check_source *src;
	int unit;
	bool twice; /* another unit has the name, too */
};

struct check_units { /* of all sources, by name */
	struct name_map names;
	struct check_unit_at *v;
	size_t n, cap;
};

void checks_read_units(const struct checks *c, struct check_units *u);
void checks_free_units(struct check_units *u);
/* False if the item is no instance of one of them; frees with free(out->of). */
bool checks_read_instance(const struct check_units *u, const struct vstmts *s, int node,
			  struct check_instance *out);

/* checks_joins.c: what a name goes on as, by the ports of instances in a testbench. */
struct check_name {
	const char *text; /* borrowed from a source */
	size_t len;
};

struct check_join {
	struct check_name from, to; /* from.len 0: an expression, or a port of both directions */
};

struct check_item {
	const struct vstmts *s;
	int node;
};

struct check_joins {
	struct check_join *v;
	size_t n, cap;
	struct check_item *others; /* items with brackets whose ports are not known */
	size_t n_others, cap_others;
};

void checks_read_joins(const struct checks *c, struct check_joins *j);
void checks_free_joins(struct check_joins *j);

/* checks_checker.c: then, modules that a testbench only reads a verdict from belong to it;
 * whether a net carries such a verdict; makes it the variable that its module assigns. */
void checks_find_checkers(struct checks *c);
bool checks_is_result(const struct checks *c, const char *name, size_t len);
/* An output of such a module has that name. */
bool checks_is_output(const struct checks *c, const struct vstmts *s, struct vspan name);
void checks_join_results(struct checks *c);

/* checks_vars.c: then the variables; checks_reports.c: their roles. */
void checks_read_vars(struct checks *c);
void checks_read_compared(struct checks *c); /* what they are compared with */
void checks_read_reports(struct checks *c);  /* repeated when more tasks are known to fail */

/* The last part of a hierarchical name at the end of the span: errors for
 * "u.stats[0].errors". Empty if the span does not end in a name. */
struct vspan checks_last_name(const struct vstmts *s, struct vspan span);

/* What the print at the node says, with all its strings and arguments. */
unsigned checks_print_says(const struct checks *c, const struct check_source *src, int node);
/* checks_choice.c. checks_print_asks(): for $display("%s", q === e ? "ok" : "ERROR"), the
 * condition and for which value it fails; false if the print has no such choice. */
bool checks_print_asks(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct vspan *cond, bool *fails_when_true);
/* SAYS_PASS or SAYS_FAIL for one branch of a choice between two strings, else 0. */
unsigned checks_word_says(const struct vstmts *s, struct vspan side);
/* The same for an expression that may be such a choice. */
bool checks_asks(const struct checks *c, const struct vstmts *s, struct vspan expression,
		 struct vspan *cond, bool *fails_when_true);
/* Of two branches that print, the one that is bad when the other one ends in a good word, "q
 * ok" and "q nok"; of checks_other_word(), "q ok" and "q is %0d". -1: none. */
int checks_bad_word(const struct vstmts *s, int then, int other);
/* The one that prints what the other one does, with a "not" in it; -1: neither. */
int checks_denying_side(const struct vstmts *s, int then, int other);
int checks_other_word(const struct vstmts *s, int then, int other);
/* The branch of an `if`, -1: none. */
int checks_side(const struct vstmts *s, int i, enum vstmt_role role);
bool checks_opens_to_read(const struct vstmts *s, struct vspan call); /* $fopen(name, "r") */
/* SAYS_PASS or SAYS_FAIL by the last or first word of its text, "q ok", "NG: q"; else 0. */
unsigned checks_print_word(const struct vstmts *s, const struct vstmt *v);
bool checks_is_print(const struct vstmts *s, const struct vstmt *v);
/* True for v = v + x, v = x + v and v += x; added: x, or else the right-hand side. */
bool checks_adds(const struct vstmts *s, const struct vstmt *v, struct vspan *added);
/* v = v + (a === b) */
bool checks_adds_same(const struct checks *c, const struct vstmts *s, const struct vstmt *v);
/* That assignment to a count of successes: it fails to count when a and b differ. */
void checks_count_added(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			struct check_found *f);
/* "n = n + differs" of a variable that only holds comparisons: added. */
bool checks_adds_result(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			struct vspan *added);
bool checks_lowers(const struct vstmts *s, const struct vstmt *v); /* v = v - 1, v -= 5, v-- */
bool checks_is_constant(const struct vstmts *s, struct vspan span, bool *zero);

/* The last node that starts at or before off; -1: none. Macro bodies are not in order, and
 * not found. */
int checks_node_at(const struct vstmts *s, size_t off);
/* True below an if, a case or an assert. */
bool checks_below_if(const struct vstmts *s, int node);

/* checks_assign.c: does an assignment raise its target by a constant, update it
 * with a comparison, or set it to a constant? */
enum check_assign {
	ASSIGN_NONE,
	ASSIGN_OTHER,
	ASSIGN_RAISE,
	ASSIGN_COMPARE,
	ASSIGN_ZERO,
	ASSIGN_NONZERO
};
enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v);
/* The comparison in such an assignment to a variable of that role, which says for each
 * time whether it fails; none if it cannot be evaluated twice. */
void checks_find_condition(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
			   struct check_found *f, enum check_role role);

/* True if the condition only uses accounts: counts, flags, parameters, verbosity.
 * *roles: one of them has a role. */
bool checks_only_accounts(const struct checks *c, const struct vstmts *s, struct vspan cond,
			  bool *roles);

/* The branch that a report on the accounts leads to if something failed; -1 if the `if`
 * is none, or does not print there. */
int checks_report_side(const struct checks *c, const struct vstmts *s, int i);
/* The branch of such a report that is taken if nothing failed; -1: it is none, or has no
 * branch for that. */
int checks_good_side(const struct checks *c, const struct vstmts *s, int i);

/* Does the condition test for a plusarg or an open file? 1: true if it is there,
 * 2: true if it is not, 0: it tests something else. */
int checks_needs(const struct checks *c, const struct vstmts *s, struct vspan cond);
bool checks_compares(const struct vstmts *s, struct vspan cond);
bool checks_names_comparison(const struct checks *c, const struct vstmts *s,
			     struct vspan cond); /* "ok" of ok = a == b among others */
bool checks_is_limit(const struct vstmts *s, struct vspan cond); /* only uses < or <= */
bool checks_differs(const struct vstmts *s, struct vspan cond);	 /* uses != or !== */

#endif
