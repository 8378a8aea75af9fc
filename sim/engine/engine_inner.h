/* engine_inner.h - shared by the files of the engine; for them only. */
#ifndef POSEDGE_ENGINE_INNER_H
#define POSEDGE_ENGINE_INNER_H

#include "sim/engine/engine.h"
#include "sim/engine/standby.h"

struct counting;
struct lane;

#define MESSAGES_LIMIT (8u << 20)
#define MAX_FINDINGS   2000

struct engine {
	struct simulator base;
	const struct engine_ops *how;
	struct loop *loop;
	struct lane *lanes[2]; /* for the next lint: one of them for lints that yield, see
				* sim_job; NULL: none yet, or in use */
	struct sandbox box;    /* what this machine allows; probed for the first job */
	bool probed;
};

/* A lint, elaboration or run, on the stack of its task. */
struct work {
	const struct engine_ops *how;
	const struct simulator_ops *ops;
	struct engine_job job;
	struct lane *lane;	       /* of a lint; borrowed; NULL: none */
	struct strv sources;	       /* of a run; relative to the mirror */
	size_t n_given;		       /* of these, first: those given to the tool */
	const struct run_listener *to; /* of a run; never NULL */
	struct standby standby;	       /* for the first attempt */
};

/* Stages the job (for a run, only its folder) and probes the sandbox. run: NULL for
 * a lint. in: folder for the stage of a lint, see stage_init(). On failure there is
 * nothing to finish. */
bool work_init(struct work *w, struct simulator *s, const struct sim_job *j,
	       const struct run_job *run, const char *in, struct err *err);
void work_fini(struct work *w);

/* bubblewrap and sh report a signal as a status above 128: converts it back. */
void status_to_signal(int *status, int *signal);

/* True if the "signal" is really Icarus' exit status, the number of its errors. */
bool is_count_of_errors(int signal, const struct diag_list *found);

/* In a task, after a run that was built and ended: simulates again as
 * run_job.more_seeds says, and adds a sentence to out->result.beside. False:
 * cancelled. */
bool try_seeds(struct work *w, struct counting *count, const char *rt, struct run_report *out,
	       struct err *err);

/* Likewise for run_job.variants; reports each result to w->to. False: cancelled. */
bool try_variants(struct work *w, struct counting *count, const char *rt,
		  const struct run_report *out, struct err *err);

/* In a task: runs the build once more without output, see try_seeds(). *ran: it ran;
 * the caller then owns *result. False: cancelled. */
bool run_again(struct work *w, struct counting *count, const char *rt, bool *ran,
	       struct run_result *result, struct err *err);

#endif
