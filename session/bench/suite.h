/* suite.h - a published set of problems: where its files lie, what is asked, how
 * an answer becomes code, what is run, and what the published judge calls it.
 *
 * Map of session/bench: models and set-ups judged on published problems. Knows
 * no network, no screen and no tool: it asks the ports, through flow_bench
 * alone. All else is texts in, texts out.
 *
 *   suite suites suite_*   a set of problems; one file each
 *   bench_lines            lines as the published scripts split them
 *   bench_code             an answer as code, by our own rules
 *   bench_answers          completions that are stored already
 *   bench_row bench_rows   one judged sample; a file of them
 *   bench_differ           where the two judges differ, and why
 *   bench_stats            pass@k, intervals, and whether a difference is chance
 *   line_match             how much a proposed line is the one that is there
 *   bench_figures          numbers beside the class, summed up
 *   bench_report bench_table bench_html  what rows say: a table, CSV and JSON, a page
 *   flow_bench bench_sample bench_out bench_inner  a run: tasks, each with one sample at a time
 *   bench_whole task_file task_lay task_run  the suite tasks: its file, a copy of a project, a run
 *   search_list            descriptions of places, and which are meant
 *   assert_read assert_design  an answer's assertions; a design folder
 *   bench_ask bench_judge  a question put to a backend; one completion built, run, judged
 *
 * A suite is one file against this struct, and a row of suites[]. The data are
 * the user's: nothing of it is here. docs/bench.md tells how to add one.
 */
#ifndef POSEDGE_SUITE_H
#define POSEDGE_SUITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/verdict/run.h"

struct loop;
struct prover_ops;
struct workbench;

#define SUITE_FILE_MAX	   (4u << 20) /* bytes; a larger file is an error */
#define SUITE_PROBLEMS_MAX 100000u
#define SUITE_FIGURES	   4u /* numbers beside a class, at most */

struct suite_problem {
	char *name;	/* unique in the suite; [A-Za-z0-9_.-], no dot first */
	char *category; /* "" = the suite has none */
	char *base;	/* where its files begin: a folder, or a path to be continued */
};

struct suite_problems {
	struct suite_problem *v;
	size_t n, cap;
	bool cut; /* there are more: SUITE_PROBLEMS_MAX was met, or a limit of the suite */
};

/* What is the same for all problems of a run; borrowed. */
struct suite_choice {
	const char *dir;   /* the data */
	const char *task;  /* NULL: as the data tell */
	unsigned examples; /* shown with the question */
	const char *flow;  /* NULL: the suite's first */
	const char *tools; /* "on", "off": whether a model gets some; NULL: as the options say */
};

/* What is compiled, in this order, and run. Owned; no path leaves its folder. */
struct suite_job {
	struct strv paths;
	struct str *texts; /* as many */
	char *top;	   /* the testbench */
	size_t code;	   /* which of them is the completion */
	char *dir;	   /* a folder whose files named in data the run may read; NULL */
	struct strv data;
};

/* What the tools printed, build and run in one, as the published harness logs it. */
struct suite_log {
	const char *text;
	size_t len;
	const char *code; /* the completion */
	size_t code_len;
	bool built, out_of_time;
	const char *run; /* of text, what the run printed */
	size_t run_len;
};

/* The flow `solve`, which is above this folder: candidates for a module, of which the best is
 * written to its file. In a task. *said: why nothing was written, for the caller to free; it
 * is NULL before. False: as flow_run(). */
typedef bool bench_solve_fn(struct workbench *w, const char *module, const char *testbench,
			    unsigned candidates, char **said, struct err *err);

struct bench_whole;

/* A number that a judge gives beside the class. */
struct suite_figure {
	const char *name;  /* NULL: there is none; "cells", so in rows */
	const char *means; /* for a report */
	bool ratio;	   /* summed up by the geometric mean; else by the arithmetic one */
};

/* What a suite's own judge may ask. Borrowed. */
struct suite_tools {
	struct loop *loop;
	const struct prover_ops *prover; /* NULL: this program has none */
	const char *dir;		 /* empty, only the judge's; removed by the caller */
	struct workbench *w;		 /* for what is simulated; NULL: nothing is */
};

/* What it found. The caller frees the strings; NULL is "". */
struct suite_judged {
	char class_;
	enum verdict verdict;	       /* of the strict judge */
	char *first;		       /* why it does not pass */
	char *beside;		       /* a sentence that belongs beside the verdict */
	double figures[SUITE_FIGURES]; /* as struct suite has them; negative: none */
};

struct suite {
	const char *name;	  /* "verilog-eval" */
	const char *help;	  /* one line: its layout */
	const char *const *tasks; /* NULL-terminated; may be NULL */
	const char *const *flows; /* the same; NULL: it asks as published */
	unsigned most_examples;
	uint64_t run_ms;     /* the published limit */
	const char *classes; /* of letter() or judge(), the first is a pass */
	bool a_line;	     /* an answer is one line, to which our own rules do not apply */
	struct suite_figure figures[SUITE_FIGURES];

	/* The problems below choice->dir, sorted. ERR_NOT_FOUND: it is no such layout. */
	bool (*load)(const struct suite_choice *c, struct suite_problems *out, struct err *err);
	/* What a model is asked, as published. */
	bool (*prompt)(const struct suite_choice *c, const struct suite_problem *p,
		       struct str *system, struct str *user, struct err *err);
	/* The code of an answer, by the published rules. */
	bool (*extract)(const struct suite_choice *c, const struct suite_problem *p,
			const char *answer, size_t len, struct str *code, struct err *err);
	/* What the simulator is to run. */
	bool (*job)(const struct suite_choice *c, const struct suite_problem *p, const char *code,
		    size_t len, struct suite_job *out, struct err *err);
	/* The reference as a completion. */
	bool (*reference)(const struct suite_choice *c, const struct suite_problem *p,
			  struct str *code, struct err *err);
	/* What the published judge calls it: one of classes. */
	char (*letter)(const struct suite_log *log);
	/* Instead of job() and letter(), where no run can tell; NULL: the simulator does. In
	 * a task. False: it could not be judged, and err says why; *out is empty. */
	bool (*judge)(const struct suite_tools *t, const struct suite_choice *c,
		      const struct suite_problem *p, const char *code, size_t len,
		      struct suite_judged *out, struct err *err);
	/* In a task: a sample made and judged in the suite's own way (bench_whole.h); then
	 * prompt to letter are NULL, and there are no stored answers. NULL: it has none. */
	bool (*whole)(struct bench_whole *t, struct err *err);
	bool alone; /* with whole(): no model is asked and no tool is run */
};

extern const struct suite suite_verilog_eval, suite_rtllm, suite_rewriter, suite_rtl_repo,
	suite_tasks, suite_hdlsearch, suite_assert;

extern const struct suite *const suites[]; /* ends with NULL */

const struct suite *suite_named(const char *name); /* NULL: there is none */
/* ERR_USAGE names those there are. */
const struct suite *suite_find(const char *name, struct err *err);

const char *suite_class_means(char letter); /* "syntax error"; "" = not known */
/* As five classes: '.' pass, S syntax, C compile, R does not do what it should, T time-out;
 * '?' unknown, or not decided. */
char suite_class_kind(char letter);

void suite_no_figures(double figures[SUITE_FIGURES]); /* each negative */

/* name becomes the problem's; sorted by suite_problems_sort(). Above SUITE_PROBLEMS_MAX cut is
 * set and nothing added. */
void suite_problems_add(struct suite_problems *l, const char *name, const char *category,
			const char *base);
void suite_problems_sort(struct suite_problems *l);
void suite_problems_fini(struct suite_problems *l);
bool suite_name_is_plain(const char *name);

void suite_job_add(struct suite_job *j, const char *path, struct str *text); /* takes text over */
void suite_job_fini(struct suite_job *j);

/* The code of an answer's first fence, or of its last; without any, from the first line that
 * begins with "module" to the last one with "endmodule". *out is empty before, and after that
 * where there is none. */
void suite_fenced(const char *answer, size_t len, bool last, struct str *out);

/* base followed by tail, read whole. */
bool suite_read(const char *base, const char *tail, struct str *out, struct err *err);

#endif
