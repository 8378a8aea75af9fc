/* checks_inner.h - what the parts of checks.h share.
 *
 * Inner header: for session/checks*.c only.
 */
#ifndef POSEDGE_CHECKS_INNER_H
#define POSEDGE_CHECKS_INNER_H

#include "session/base/str.h"
#include "session/text/name_map.h"
#include "session/verdict/checks.h"
#include "session/verilog/vstmt.h"

/* What a printed text says; several may hold. */
enum says {
	SAYS_FAIL = 1u << 0, /* something is wrong */
	SAYS_PASS = 1u << 1,
	SAYS_ERRORS = 1u << 2,	/* how many are wrong: a summary */
	SAYS_PASSES = 1u << 3,	/* how many are right */
	SAYS_HINT = 1u << 4,	/* words of comparing: "expected", "got"; no proof by themselves */
	SAYS_TIMEOUT = 1u << 5, /* with SAYS_FAIL: it took too long */
	SAYS_ANY = 1u << 6,	/* it prints at all */
	SAYS_GOOD = 1u << 7,	/* all is well, in words that the reader of a run does not know */
};

/* What a variable stands for. */
enum check_role { ROLE_NONE, ROLE_ERRORS, ROLE_PASSES, ROLE_FAIL_FLAG, ROLE_PASS_FLAG };

struct check_var {
	const char *name; /* borrowed from the text */
	size_t len;
	unsigned raised;	    /* v = v + 1 and its like */
	unsigned raised_if;	    /* of those, below an if or case */
	unsigned raised_by_compare; /* of those, below an if that compares */
	unsigned raised_differ,
		raised_same;   /* of those, by what differs from what was expected, or does not */
	unsigned raised_equal; /* of those, by what differs from another thing, or is the same */
	unsigned lowered;      /* of those raised: v = v - 1 */
	unsigned adds_same;    /* v = v + (a === b) */
	unsigned compared;     /* it takes a comparison into itself: v = v + (a !== b) */
	bool zero, nonzero;    /* such constants are assigned */
	bool set;	       /* the latter by an assignment, not by a declaration */
	bool other;	       /* and other things */
	bool reset_if;	       /* 0 is assigned below an if: it measures something */
	bool told_errors, told_passes; /* printed as such a count */
	bool told_share;	       /* it stands in a print of a percentage */
	bool differs;		       /* a net or variable that a comparison drives */
	bool differs_not;	       /* the same, and it is 1 when all is well */
	bool equates;		       /* the same, and only its name tells that this is right */
	bool wired;		       /* it is connected to an instance: a stimulus, perhaps */
	bool told_of_all;	       /* "3 of 4 passed" */
	bool told_of;		       /* "3 of 4", "3/4" */
	bool full_passes;  /* compared with how many there are, it chooses between messages */
	bool full_chooses; /* the same, between any two */
	bool zero_passes, zero_fails; /* an if over it alone chooses between messages */
	bool chooses;		      /* an if over it alone prints on both sides */
	bool parameter;
	bool handle;   /* $fopen gives it, to be read */
	bool tested;   /* an if asks for it */
	bool measured; /* compared with what was expected of it */
	enum check_role role;
};

struct check_copy {	  /* a name takes the value of from somewhere */
	const char *from; /* borrowed from the text */
	size_t len;
	size_t next; /* another one of the same name; 0: none */
};

struct check_source {
	const char *path;
	const char *text;
	size_t len;
	struct vstmts s;
	bool *bench;  /* for each node that is a UNIT: is it a testbench's */
	bool *prints; /* for the same: it is one only because it prints */
};

struct check_found { /* a site with what is needed to count it */
	struct check_site site;
	int node;
	int fails;	 /* node to be entered when it fails; -1: see below */
	bool fails_else; /* there is no such node: "else" is to be added */
	bool weak; /* nothing right was counted: no failure when the report says that all is well */
	bool spots; /* weak, and it only prints when something is seen: it is right once it was */
	bool of_passes;		/* of a report: it asks for a count of what is right */
	bool inverse;		/* of an assignment: it fails when condition is true */
	struct vspan condition; /* of an assignment; empty: its failing is not seen, or by after */
	struct vspan
		after; /* of an assignment: what is looked at when it is done; empty: nothing */
	enum {
		AFTER_ZERO,
		AFTER_ONE,
		AFTER_ANY
	} after_want; /* it fails unless that is 0, is 1, is not 0 */
};

struct checks {
	struct check_source *sources;
	size_t n_sources, cap_sources;
	struct check_var *vars;
	size_t n_vars, cap_vars;
	struct name_map by_name;
	struct name_map failing; /* names of tasks, functions and macros that fail when called */
	struct name_map passing;
	struct name_map constants, macros, open_macros; /* see checks_read_constants() */
	struct name_map hinting, telling; /* that print, and do nothing to the design */
	struct check_copy *copies;
	size_t n_copies, cap_copies;
	struct name_map copied; /* from the name that takes to its first copy */
	struct check_found *sites;
	size_t n_sites, cap_sites;
	bool ends, says_count, sums_up, reports, contradicts;
	char *top;
};

/* Text that is put around parts of a source. */
struct wrap {
	size_t off, end; /* of the text that it stands around */
	size_t order;
	bool drop; /* only the ends of its lines stay of what it stands around */
	struct str open, close;
};

struct edits {
	struct wrap *v;
	size_t n, cap;
};

/* checks_edit.c: one more, empty; borrowed until the next call. Whether the
 * text of a statement ends as one must before another may follow. */
struct wrap *checks_wrap(struct edits *e, struct vspan around);
bool checks_ends_statement(const struct vstmts *s, struct vspan span);

/* The text with what stands around its parts; of two around the same, the first
 * is the outer one. Frees the edits; false: there were none. */
bool checks_edit(const char *text, size_t len, struct edits *e, struct str *out);

/* checks_mend.c: what no copy says, and what that for Verilator says in other words. */
void checks_drop_dumps(const struct vstmts *s, struct edits *e);
/* $dumpvars of all top modules becomes one of top: the other is ours. */
void checks_keep_out_of_dumps(const struct vstmts *s, const char *top, struct edits *e);
void checks_mend(const struct vstmts *s, struct edits *e);
void checks_mend_waits(const struct vstmts *s, struct edits *e); /* checks_wait.c */
/* checks_scan.c: the same; before the sites, as it stands around their statements. */
void checks_mend_scans(const struct vstmts *s, struct edits *e);
bool checks_marks_stops(const struct vstmts *s); /* each $stop and $fatal of the text */

/* checks_effects.c: of a node alone; of all that stands in its subtree directly; whether a
 * condition is no comparison of the design: about accounts with a role, about how much
 * to print, "n < 10". */
enum check_effect {
	EFFECT_FAILS = 1u << 0,
	EFFECT_HINTS = 1u << 1, /* fails, if a comparison chose this side */
	EFFECT_STOPS = 1u << 2,
	EFFECT_RIGHT = 1u << 3, /* counts or says that something is right */
	EFFECT_LATE = 1u << 4,	/* with EFFECT_FAILS: a watchdog's */
	EFFECT_PRINTS = 1u << 5,
	EFFECT_ENDS = 1u << 6, /* $finish */
	EFFECT_SUMS = 1u << 7, /* prints how many were wrong */
	EFFECT_NOTES =
		1u
		<< 8, /* remembers something, or leaves: fails, if what was expected did not come */
};

unsigned checks_own_effects(const struct checks *c, const struct check_source *src, int i);
unsigned checks_effects_of(const struct checks *c, const struct check_source *src, int i);
bool checks_is_account(const struct checks *c, const struct vstmts *s, struct vspan cond);

/* checks_words.c */
unsigned checks_say(const char *text, size_t len); /* enum says of a line as it is printed */
bool checks_counts_trouble(const char *text,
			   size_t len); /* "problems", "violations": with a number, errors */
enum check_role checks_name(const char *name,
			    size_t len); /* ERRORS or PASSES as the name tells; NONE */
unsigned checks_short_word(const char *text,
			   size_t len); /* PASS or FAIL of a word alone: "ok", "NG"; 0 */
bool checks_name_is_chatty(const char *name,
			   size_t len); /* verbose, debug: decides about printing only */
bool checks_name_is_total(const char *name,
			  size_t len); /* checks, n_tests: right and wrong ones together */

/* checks_tongues.c: SAYS_HINT or SAYS_GOOD of a text in another language, 0;
 * whether it says that there is no error. */
bool checks_denies_abroad(const char *text, size_t len);
unsigned checks_say_abroad(const char *text, size_t len);

/* checks_expect.c: does the condition hold when something differs from what was
 * expected, or when it does not, or is it no such question? Known after
 * checks_read_copy() has seen all statements. */
enum check_expect { EXPECT_NONE, EXPECT_DIFFERS, EXPECT_SAME };
void checks_read_copy(struct checks *c, const struct vstmts *s, const struct vstmt *v);
enum check_expect checks_expects(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* The same of any two things that change, whatever they are called and by ==, too. */
enum check_expect checks_equates(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* And when && and || join such questions. */
enum check_expect checks_equates_all(const struct checks *c, const struct vstmts *s,
				     struct vspan cond);
/* checks_xor.c: without brackets around all of it; "(q ^ e) != 0" as its two sides, and
 * whether it holds when they differ. */
struct vspan checks_unwrapped(const struct vstmts *s, struct vspan in);
bool checks_xor(const struct checks *c, const struct vstmts *s, struct vspan cond,
		struct vspan *left, struct vspan *right, bool *differs);
/* "^q === 1'bx", "$isunknown(q)": the same of a question that only asks for x. */
enum check_expect checks_asks_x(const struct vstmts *s, struct vspan cond);
/* Marks variables that a condition compares with something that changes. */
void checks_read_measured(const struct checks *c, const struct vstmts *s, struct vspan cond);
/* Which answer of the nearest if around the node leads to it; asks: one of the above. */
enum check_expect checks_raised_by(const struct checks *c, const struct vstmts *s, int node,
				   enum check_expect asks(const struct checks *,
							  const struct vstmts *, struct vspan));

/* checks_fixed.c: first the constants of packages and files, and the macros; then, is the
 * condition of the node one that no run can change? */
void checks_read_constants(struct checks *c);
bool checks_is_fixed(const struct checks *c, const struct check_source *src, int node,
		     struct vspan cond);

/* checks_tokens.c: tokens of a span, from checks_first_token() as long as
 * checks_in_span(); whether one reads so, whether a number is 0 or 1. */
size_t checks_first_token(const struct vstmts *s, struct vspan span);
bool checks_in_span(const struct vstmts *s, size_t i, struct vspan span);
bool checks_is(const struct vstmts *s, size_t i, const char *word);
bool checks_is_any(const struct vstmts *s, size_t i, const char *const *words);
bool checks_has_any(const struct vstmts *s, struct vspan in, const char *const *words);
bool checks_is_zero(const struct vstmts *s, size_t i);
bool checks_is_one(const struct vstmts *s, size_t i);
/* NULL: none of that name */
struct check_var *checks_var(const struct checks *c, const char *name, size_t len);
bool checks_calls(const struct vstmts *s, struct vspan in); /* a function of its own */

/* Neither a number nor a name that looks like a parameter or a state. */
bool checks_may_change(const struct checks *c, const struct vstmts *s, struct vspan side);

/* checks_print.c: the arguments of a call; what the strings in one say; which
 * variables a print tells as a count; sure: it stands below no condition. */
bool checks_next_argument(const struct vstmts *s, struct vspan in, size_t *at, struct vspan *arg);
unsigned checks_argument_says(const struct vstmts *s, struct vspan arg);
void checks_read_print(struct checks *c, const struct vstmts *s, const struct vstmt *v, bool sure);

/* checks_unit.c: first of all which units are a testbench's. */
void checks_mark_units(struct check_source *src, const char *top);
bool checks_in_bench(const struct check_source *src, int node);
bool checks_only_prints(const struct check_source *src,
			int node); /* a module of the design that prints */

/* checks_vars.c: then the variables; checks_reports.c: their roles. */
void checks_read_vars(struct checks *c);
void checks_read_reports(struct checks *c); /* again, when more tasks are known to fail */

/* The last part of a dotted name at the end of the span: "u.stats[0].errors"
 * is errors. Empty when it does not end in a name. */
struct vspan checks_last_name(const struct vstmts *s, struct vspan span);

/* What the print at the node says, all its strings and arguments together. */
unsigned checks_print_says(const struct checks *c, const struct check_source *src, int node);
/* checks_choice.c: "c ? a : b", whatever a and b are.
 * $display("%s", q === e ? "ok" : "ERROR"): what is asked, and on which side it
 * fails. False: the print asks nothing of the kind. */
bool checks_print_asks(const struct checks *c, const struct vstmts *s, const struct vstmt *v,
		       struct vspan *cond, bool *fails_when_true);
bool checks_split_choice(const struct vstmts *s, struct vspan span, struct vspan *cond,
			 struct vspan *then, struct vspan *other);
/* The same of an expression that may be such a choice. */
bool checks_asks(const struct checks *c, const struct vstmts *s, struct vspan expression,
		 struct vspan *cond, bool *fails_when_true);
bool checks_opens_to_read(const struct vstmts *s, struct vspan call); /* $fopen(name, "r") */
/* SAYS_PASS or SAYS_FAIL by the last or the first word of its text, "q ok", "NG: q"; 0. */
unsigned checks_print_word(const struct vstmts *s, const struct vstmt *v);
bool checks_is_print(const struct vstmts *s, const struct vstmt *v);
bool checks_adds_same(const struct vstmts *s, const struct vstmt *v); /* v = v + (a === b) */
bool checks_lowers(const struct vstmts *s, const struct vstmt *v);    /* v = v - 1, v -= 5, v-- */
bool checks_is_constant(const struct vstmts *s, struct vspan span, bool *zero);

bool checks_mentions(const struct vstmts *s, struct vspan in, struct vspan name);
/* Below an if, a case or an assert. */
bool checks_below_if(const struct vstmts *s, int node);

/* checks_assign.c. An assignment to v: does it raise v by a constant, compare into it, or set
 * it to a constant? */
enum check_assign {
	ASSIGN_NONE,
	ASSIGN_OTHER,
	ASSIGN_RAISE,
	ASSIGN_COMPARE,
	ASSIGN_ZERO,
	ASSIGN_NONZERO
};
enum check_assign checks_assign(const struct vstmts *s, const struct vstmt *v);

/* Is the condition about accounts alone: counts, flags, parameters, verbosity?
 * *roles: one of them has a role. */
bool checks_only_accounts(const struct checks *c, const struct vstmts *s, struct vspan cond,
			  bool *roles);

/* Of a condition over accounts: 1 all is well when it holds, 2 all is well when
 * it does not, 0 not known. */
int checks_report_way(const struct checks *c, const struct vstmts *s, struct vspan cond);

/* Does the condition ask whether a plusarg is there, or a file open? 1 it holds
 * when it is, 2 when it is not, 0 it asks something else. */
int checks_needs(const struct checks *c, const struct vstmts *s, struct vspan cond);
bool checks_compares(const struct vstmts *s, struct vspan cond);
bool checks_names_difference(const struct checks *c, const struct vstmts *s,
			     struct vspan cond); /* "diff" of diff = a != b */
bool checks_names_comparison(const struct checks *c, const struct vstmts *s,
			     struct vspan cond); /* "ok" of ok = a == b among others */
bool checks_is_limit(const struct vstmts *s, struct vspan cond); /* with < or <= and nothing else */
bool checks_differs(const struct vstmts *s, struct vspan cond);	 /* with != or !== */

#endif
