/* ui_jobs.h - work under way: at most one of each kind. jobs.h has what begins it. */
#ifndef POSEDGE_UI_JOBS_H
#define POSEDGE_UI_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct loop_timer;
struct project;
struct sim_result;
struct task;
struct ui;

enum job_kind {
	JOB_ASK,
	JOB_LINT,
	JOB_LINT_ALL,
	JOB_SIM,
	JOB_CONFIRM,
	JOB_DO,
	JOB_OTHER,
	JOB_LINT_PREVIEW,
	JOB_PLACES,
	JOB_READ,
	JOB_CONTEXT,
	JOB_EXTRA,
	JOB_WAVE,
	JOB_BESIDE,
	JOB_WAVE_SEARCH,
	JOB_EQUAL,
	JOB_IDLE,
	JOB_COMPLETE,
	JOB_KINDS
};

/* What ui_do() tells a function: what it needs of it, the rest zero. */
struct deed {
	const char *path;   /* of a document */
	const char *to;	    /* another one, or a file */
	const char *then;   /* the command to run after it; NULL: none */
	bool force;	    /* over what others wrote */
	char *const *paths; /* several documents */
	size_t n_paths;
	const uint64_t *suggestions;
	size_t n_suggestions;
};

/* Work under way: at most one of each kind. */
struct job {
	struct ui *ui;
	enum job_kind kind;
	struct task *task; /* NULL: none */
	struct strv
		argv; /* OTHER, READ: the command; ASK, BESIDE: the question; SIM: the testbench */
	struct str output; /* OTHER: what it printed */
	bool live;	   /* LINT: nobody asked, so nobody is told */
	bool again; /* LINT, LINT_ALL, LINT_PREVIEW, CONTEXT, EXTRA: something changed meanwhile */
	bool fix;   /* ASK: the pieces are those of `fix` */
	struct asked_line { /* ASK: what it is about; see ask_about */
		uint64_t follows, at;
		char *path, *line; /* NULL: no line */
	} about;
	struct sim_result *first; /* CONFIRM: the run to be confirmed; owned */
	bool show; /* LINT_PREVIEW: somebody waits to read what changes as hardware */
	bool (*fn)(struct ui *u, const struct deed *d, struct err *err); /* DO */
	struct deed *deed;						 /* DO: what fn is told */
};

struct ui_jobs {
	struct job job[JOB_KINDS];
	unsigned under_way;		  /* how many have a task */
	bool ending;			  /* no more work begins: a timer may still want to */
	bool no_wait;			  /* what was put off runs now */
	struct strv save_then;		  /* files to save, asked while another was being saved */
	bool quit_then;			  /* the same; after those */
	struct loop_timer *lint_wait;	  /* until the text is linted */
	struct loop_timer *complete_wait; /* until what stands at the cursor is asked for */
	bool completes;			  /* that timer runs */
	char completed[HASH_HEX + 1];	  /* of the path and the text that were asked about */
	uint64_t lint_took_ms;		  /* the last one of the file under the cursor */
	struct str sim_cycles;		  /* the table before the first failure */
	/* how often files came or went: whoever reads the project next looks for them */
	uint64_t files_changed;
	uint64_t files_looked; /* of these how many were seen */
	void (*fill)(struct ui *u,
		     const struct project *p); /* the last list of ui_pick(); NULL: none */
	const char *fill_title;
};

static inline struct ui_jobs *ui_jobs(const struct ui *u)
{
	return ui_parts(u)->jobs;
}

/* What a job begins and ends with. ERR_BUSY: one of that kind is under way. */
bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err);
void job_end(struct job *j, bool ok, const struct err *err);
bool ui_busy(const struct ui *u);
bool ui_cancel_job(struct ui *u);    /* the one that people wait for; false: none */
bool ui_cancel_answer(struct ui *u); /* false: no question is being answered */
void ui_cancel_all(struct ui *u);
void ui_idle_yield(struct ui *u); /* results that were being computed while idle are stale */

#endif
