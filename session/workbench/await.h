/* await.h - the ports as calls that wait, for tasks.
 *
 * Each starts the job, suspends the task until its done, and gives back what
 * the port lent for the call as copies that the caller owns. Cancelling the
 * task cancels the job and the call fails with ERR_CANCELLED, after done.
 */
#ifndef POSEDGE_AWAIT_H
#define POSEDGE_AWAIT_H

#include <stdbool.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/model/backend.h"
#include "session/tool/simulator.h"

struct diag_list;
struct hardware;
struct loop;

/* piece is called from the loop, as they come. */
bool task_ask(struct backend *b, const struct prompt *p,
	      void (*piece)(void *ctx, const struct piece *p), void *ctx, struct err *err);

/* *found (the caller frees) also when it fails, if something was found. */
bool task_lint(struct simulator *s, const struct sim_job *j, struct diag_list **found,
	       struct err *err);

/* Adds to *out what it does not have. ERR_TOOL also when this one cannot say. */
bool task_elaborate(struct simulator *s, const struct sim_job *j, struct hardware *out, struct err *err);

/* A run_outcome that owns what it points to. */
struct run_report {
	struct run_result result;
	struct diag_list *found;
	char *output_path, *wave_path, *unprotected, *log_path, *limit_step;	/* "" = none */
	uint64_t output_len, build_ms, run_ms;
	enum lang lang;
	enum run_limit limit;
	struct run_step *steps;
	size_t n_steps;
	struct run_file *written;
	size_t n_written;
	bool more_written;
	struct strv notes;
};

void run_report_fini(struct run_report *r);

/* progress and line as in run_events; either may be NULL. */
bool task_simulate(struct simulator *s, const struct run_job *j,
		   void (*progress)(void *ctx, const char *step),
		   void (*line)(void *ctx, const char *line, size_t len), void *ctx,
		   struct run_report *out, struct err *err);

#endif
