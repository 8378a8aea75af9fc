/* suite.h - a published set of problems: where its files are, what is asked, how an
 * answer becomes code, what is run, and how the published judge classifies it.
 *
 * Map of session/bench: judges models and set-ups on published problems. Knows no
 * network, no screen and no tool; only flow_bench calls the ports. Everything else
 * turns texts into texts.
 *
 *   suite suites suite_*   the suites, one file each
 *   bench_lines            splits lines like the published scripts
 *   bench_code             code of an answer, by our own rules
 *   bench_answers          stored completions
 *   bench_row bench_rows   one judged sample; a file of them
 *   bench_differ           why the two judges disagree
 *   bench_stats            pass@k, intervals, significance of a difference
 *   line_match             compares a suggested line with the actual one
 *   bench_figures          means of the numbers besides the class
 *   bench_report bench_table bench_html  reports on rows: a table, CSV and JSON, a page;
 *                          bench_head_data: head.html
 *   flow_bench bench_sample bench_out bench_inner  a run: tasks that take one sample at a time
 *   bench_setup            the settings that its rows name
 *   bench_scratch          the folder for what it builds
 *   bench_whole task_file task_lay task_run  the suite tasks: its file, a copy of a project, a run
 *   search_list            descriptions and the places they describe
 *   assert_read assert_macros assert_design assert_fates  an answer's assertions; a design folder
 *   bench_ask bench_judge  asks a backend; builds, runs and judges a completion
 *
 * A suite is one file that fills this struct, and a row of suites[]. The user
 * provides the data; none is included. docs/bench.md explains how to add a suite.
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
#define SUITE_FIGURES	   4u /* limit of numbers besides the class */

struct suite_problem {
	char *name;	/* unique in the suite; [A-Za-z0-9_.-], does not begin with a dot */
	char *category; /* "": the suite has none */
	char *base;	/* start of its files' paths: a folder, or a path to be continued */
};

struct suite_problems {
	struct suite_problem *v;
	size_t n, cap;
	bool cut; /* incomplete: SUITE_PROBLEMS_MAX or a limit of the suite was reached */
};

/* Settings for all problems of a run; borrowed. */
struct suite_choice {
	const char *dir;   /* the data */
	const char *task;  /* NULL: determined by the data */
	unsigned examples; /* number shown with the question */
	const char *flow;  /* NULL: the suite's first */
	const char *tools; /* "on", "off": give the model tools; NULL: as the options say */
};

/* What is compiled, in this order, and run. Owned. No path leaves the run's folder. */
struct suite_job {
	struct strv paths;
	struct str *texts; /* as many as paths */
	char *top;	   /* the testbench */
	size_t code;	   /* index of the completion */
	char *dir;	   /* folder of the files in data that the run may read; NULL: none */
	struct strv data;
};

/* The tools' output, build followed by run, as logged by the published harness. */
struct suite_log {
	const char *text;
	size_t len;
	const char *code; /* the completion */
	size_t code_len;
	bool built, out_of_time;
	const char *run; /* part of text printed by the run */
	size_t run_len;
};

/* The flow `solve`, which is above this folder: writes the best of several candidates
 * for a module to its file. In a task. *said must be NULL; it gets the reason if
 * nothing was written, and the caller frees it. Fails as flow_run() does. */
typedef bool bench_solve_fn(struct workbench *w, const char *module, const char *testbench,
			    unsigned candidates, char **said, struct err *err);

struct bench_whole;

/* A number that a judge reports in addition to the class. */
struct suite_figure {
	const char *name;  /* its name in rows, "cells"; NULL: none */
	const char *means; /* for a report */
	bool ratio;	   /* averaged by the geometric mean, otherwise by the arithmetic mean */
};

/* What a suite's own judge may use. Borrowed. */
struct suite_tools {
	struct loop *loop;
	const struct prover_ops *prover; /* NULL: not part of this program */
	const char *dir;		 /* an empty folder for the judge; the caller removes
					  * it */
	struct workbench *w;		 /* for simulations; NULL: none */
};

/* The result. The caller frees the strings; NULL means "". */
struct suite_judged {
	char class_;
	enum verdict verdict;	       /* of the strict judge */
	char *first;		       /* why it does not pass */
	char *beside;		       /* a sentence in addition to the verdict */
	double figures[SUITE_FIGURES]; /* as defined by the suite; negative: none */
};

struct suite {
	const char *name;	  /* "verilog-eval" */
	const char *const *tasks; /* NULL-terminated; may be NULL */
	const char *const *flows; /* NULL-terminated; NULL: asks as published */
	unsigned most_examples;
	uint64_t run_ms; /* the published limit */
	bool a_line;	 /* an answer is one line, so our own rules do not apply */
	struct suite_figure figures[SUITE_FIGURES];

	/* Lists the problems below choice->dir, sorted. ERR_NOT_FOUND: the folder has
	 * another layout. */
	bool (*load)(const struct suite_choice *c, struct suite_problems *out, struct err *err);
	/* The published question to the model. */
	bool (*prompt)(const struct suite_choice *c, const struct suite_problem *p,
		       struct str *system, struct str *user, struct err *err);
	/* Extracts code from an answer by the published rules. */
	bool (*extract)(const struct suite_choice *c, const struct suite_problem *p,
			const char *answer, size_t len, struct str *code, struct err *err);
	/* What the simulator has to run. */
	bool (*job)(const struct suite_choice *c, const struct suite_problem *p, const char *code,
		    size_t len, struct suite_job *out, struct err *err);
	/* The reference solution as a completion. */
	bool (*reference)(const struct suite_choice *c, const struct suite_problem *p,
			  struct str *code, struct err *err);
	/* The published judge's class; '.' is a pass. */
	char (*letter)(const struct suite_log *log);
	/* Replaces job() and letter() if a run cannot decide; NULL: the simulator
	 * does. In a task. False: not judged, err says why; *out is empty. */
	bool (*judge)(const struct suite_tools *t, const struct suite_choice *c,
		      const struct suite_problem *p, const char *code, size_t len,
		      struct suite_judged *out, struct err *err);
	/* In a task: creates and judges a sample in the suite's own way
	 * (bench_whole.h). Then prompt to letter are NULL and there are no stored
	 * answers. NULL: not used. */
	bool (*whole)(struct bench_whole *t, struct err *err);
	bool alone; /* with whole(): no model is asked and no tool run */
};

extern const struct suite suite_verilog_eval, suite_rtllm, suite_rewriter, suite_rtl_repo,
	suite_tasks, suite_hdlsearch, suite_assert;

extern const struct suite *const suites[]; /* NULL-terminated */

const struct suite *suite_named(const char *name); /* NULL: there is none */
/* The message of ERR_USAGE lists the suites. */
const struct suite *suite_find(const char *name, struct err *err);

const char *suite_class_means(char letter); /* "syntax error"; "": unknown letter */
/* Maps a letter to five classes: '.' pass, S syntax, C compile, R wrong behaviour, T
 * time-out; '?' unknown or undecided. */
char suite_class_kind(char letter);
char suite_class_of(enum verdict v); /* '.', C, T or R */

void suite_no_figures(double figures[SUITE_FIGURES]); /* sets each to a negative number */

/* Appends a problem; call suite_problems_sort() at the end. Beyond SUITE_PROBLEMS_MAX
 * it sets cut and adds nothing. */
void suite_problems_add(struct suite_problems *l, const char *name, const char *category,
			const char *base);
void suite_problems_sort(struct suite_problems *l);
void suite_problems_fini(struct suite_problems *l);
bool suite_name_is_plain(const char *name);

void suite_job_add(struct suite_job *j, const char *path, struct str *text); /* takes text over */
void suite_job_fini(struct suite_job *j);

/* Extracts the code in an answer's first or last fence. Without a fence, takes the
 * lines from the first that begins with "module" to the last with "endmodule". *out
 * must be empty; it stays empty if nothing is found. */
void suite_fenced(const char *answer, size_t len, bool last, struct str *out);

/* Reads the whole file named by base followed by tail. */
bool suite_read(const char *base, const char *tail, struct str *out, struct err *err);

#endif
