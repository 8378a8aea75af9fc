/* ui_jobs.h - running work, at most one job of each kind. jobs.h starts it. */
#ifndef POSEDGE_UI_JOBS_H
#define POSEDGE_UI_JOBS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "ui/screen/run_texts.h"
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

/* Arguments of a function run by ui_do(); members it does not need are zero. */
struct deed {
	const char *path;   /* of a document */
	const char *to;	    /* another document, or a file */
	const char *then;   /* command to run afterwards; NULL: none */
	bool force;	    /* overwrite changes made by others */
	char *const *paths; /* several documents */
	size_t n_paths;
	const uint64_t *suggestions;
	size_t n_suggestions;
};

/* A job; at most one of each kind is running. */
struct job {
	struct ui *ui;
	enum job_kind kind;
	struct task *task; /* NULL: none */
	/* OTHER, READ: the command; ASK, BESIDE: the question; SIM: the testbench. */
	struct strv argv;
	struct str output; /* OTHER: its output */
	bool opens;	   /* a list or a text may soon open: keys wait for it, see turn_ahead.c */
	bool live;	   /* LINT: started by a pause in typing, so its end is not announced */
	/* LINT, LINT_ALL, LINT_PREVIEW, CONTEXT, EXTRA: stale, run once more; WAVE: opens a
	 * file again that has grown. */
	bool again;
	bool fix;	    /* ASK: the question came from `fix` */
	struct asked_line { /* ASK: the line it is about; see ask_about */
		uint64_t follows, at;
		char *path, *line; /* NULL: no line */
	} about;
	struct sim_result *first; /* CONFIRM: the run to confirm; owned */
	bool show;		  /* LINT_PREVIEW: the user waits for the change as hardware */
	bool (*fn)(struct ui *u, const struct deed *d, struct err *err); /* DO */
	struct deed *deed;						 /* DO: fn's arguments */
};

struct ui_jobs {
	struct job job[JOB_KINDS];
	unsigned under_way; /* number of jobs that have a task */
	bool ending;	    /* start no more jobs, not even from a timer */
	bool no_wait;	    /* run deferred work now */
	/* When the last job began that opens something; 0: keys went elsewhere since. */
	uint64_t opens_ms;
	struct strv save_then;		  /* files to save after the current save */
	bool quit_then;			  /* quit after those */
	bool log_brought;		  /* the log was shown for the run */
	struct loop_timer *lint_wait;	  /* delay from the last edit to the lint */
	bool lint_waits;		  /* lint_wait is running */
	uint64_t touched_ms;		  /* when the design was last edited */
	struct loop_timer *complete_wait; /* delay from the last key to the completion */
	bool completes;			  /* complete_wait is running */
	char completed[HASH_HEX + 1];	  /* hash of path and text of the last completion request */
	uint64_t lint_took_ms;		  /* duration of the last lint of the current file */
	struct run_texts run_texts;	  /* of the last run since the start */
	bool run_several;		  /* it could have been of another testbench */
	struct str sim_cycles;		  /* table of cycles before the first failure */
	/* Bumped when files appear or disappear; whoever reads the project next
	 * rescans. */
	uint64_t files_changed;
	uint64_t files_looked; /* value of files_changed at the last rescan */
	/* Refills the last list of ui_pick() from the project; NULL: none. */
	void (*fill)(struct ui *u, const struct project *p);
	const char *fill_title;
};

static inline struct ui_jobs *ui_jobs(const struct ui *u)
{
	return ui_parts(u)->jobs;
}

/* Begin and end of a job. ERR_BUSY: one of this kind is already running. */
bool job_begin(struct job *j, void (*fn)(void *ctx), struct err *err);
/* Begins j; sets j->again if it is already running. */
bool job_begin_again(struct job *j, void (*fn)(void *ctx), struct err *err);
void job_end(struct job *j, bool ok, const struct err *err);
/* Between these calls j may open a list or a text, and keys wait for that. job_end() calls
 * job_opened(). */
void job_opens(struct job *j);
void job_opened(struct job *j);
bool ui_busy(const struct ui *u);
bool ui_cancel_job(struct ui *u);    /* the job that the user waits for; false: none */
bool ui_cancel_answer(struct ui *u); /* false: no answer is pending */
bool ui_cancel_flow(struct ui *u);   /* false: no flow is under way */
void ui_cancel_all(struct ui *u);
void ui_idle_yield(struct ui *u); /* drops results computed while idle: they are stale */

#endif
