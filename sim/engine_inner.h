/* engine_inner.h - what the three files of the engine share; for them alone. */
#ifndef POSEDGE_ENGINE_INNER_H
#define POSEDGE_ENGINE_INNER_H

#include "sim/engine.h"
#include "sim/standby.h"

struct counting;
struct lane;

#define MESSAGES_LIMIT (8u << 20)
#define MAX_FINDINGS   2000

struct engine {
	struct simulator base;
	const struct engine_ops *how;
	struct loop *loop;
	struct lane *lane; /* for the next lint; NULL: none yet, or in use */
};

/* One lint, elaboration or run, on the stack of its task. */
struct work {
	const struct engine_ops *how;
	const struct simulator_ops *ops;
	struct engine_job job;
	struct lane *lane;	       /* of a lint; borrowed; NULL: it has none */
	struct strv sources;	       /* a run's, relative to the mirror */
	const struct run_listener *to; /* of a run; never NULL */
	struct standby standby;	       /* for its first attempt */
};

/* Stages the job, of a run only its folder, and looks what the sandbox can do.
 * run: NULL for a lint. in: where
 * the stage of a lint lies, see stage_init(). When it fails there is nothing to
 * finish. */
bool work_init(struct work *w, struct simulator *s, const struct sim_job *j,
	       const struct run_job *run, const char *in, struct err *err);
void work_fini(struct work *w);

/* bubblewrap and sh hand a signal on as a status above 128. */
void status_to_signal(int *status, int *signal);

/* Did it only look like a signal? Icarus ends with the number of its errors. */
bool is_count_of_errors(int signal, const struct diag_list *found);

/* In a task, after a run that built and ended: simulates again as
 * run_job.more_seeds says, and adds a sentence to out->result.beside. False:
 * cancelled. */
bool try_seeds(struct work *w, struct counting *count, const char *rt, struct run_report *out,
	       struct err *err);

/* The same for run_job.variants; what each came to is told to w->to. False: cancelled. */
bool try_variants(struct work *w, struct counting *count, const char *rt,
		  const struct run_report *out, struct err *err);

/* In a task: what was built, run once more, quietly; see try_seeds(). *ran: it was;
 * *result is then the caller's. False: cancelled. */
bool run_again(struct work *w, struct counting *count, const char *rt, bool *ran,
	       struct run_result *result, struct err *err);

#endif
