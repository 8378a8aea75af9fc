/* flow_lint.h - lints files, or the whole design, in the calling task.
 *
 * Map of session/lint: findings for files as they are or could be. Knows no tool;
 * it calls the port.
 *
 *   flow_lint                     one lint: a task
 *   lint_roots                    which files are read together
 *   lint_below                    parts of a design on which the tool gave up
 *   lint_run lint_group           runs the tool on designs, several in one process
 *   lint_second                   errors of another tool in what the first one accepts
 *   lint_clean                    cache on disk: designs in which that tool found none
 *   lint_boxes lint_follow        missing modules and files, and the errors they cause
 *   lint_binds                    binds whose target no file defines
 *   lint_inout                    an error of the tool about pads
 *   lint_gather lint_notes        findings of all runs as one list, and notes for the user
 *   lint_memo                     cache: findings for hypothetical texts
 *   lint_known                    cache: findings for whole designs
 *   own_lint own_lint_* lint_own  posedge's own findings
 */
#ifndef POSEDGE_FLOW_LINT_H
#define POSEDGE_FLOW_LINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/project/overlay.h"

struct design;
struct diag_list;
struct options;
struct simulator;
struct workbench;

struct lint_result {
	const struct diag_list
		*found;	    /* no duplicates, redacted; holds one reference; NULL: not looked for */
	struct strv notes;  /* sentences, no duplicates */
	struct strv failed; /* sentences: tops that could not be linted, and why */
	uint64_t read;	    /* number of distinct files the tool read; 0 is never "ok" */
	struct str unread;  /* the project's other files, in the format of lint_summary.h */
	struct str lang;    /* languages they were read in, as in the event */
};

/* Lints the files at paths, relative to the root, each in the context of a top or
 * by itself; n 0: all files of the project. Sees the project's overlays. Records
 * the findings. Returns true even when a top failed, since the others were
 * linted. On failure out is still filled in: found holds the findings up to then. */
bool flow_lint(struct workbench *w, const char *const *paths, size_t n, struct lint_result *out,
	       struct err *err);

/* Lints the modules of one file, to have something to show before the full lint
 * is done. Recorded as a part; out->found only holds that part. */
bool flow_lint_part(struct workbench *w, const char *path, struct lint_result *out,
		    struct err *err);

/* Repeats a lint that was recorded with these files: a lint of the whole project
 * if they are exactly its files. Records nothing; fails if a top fails. */
bool flow_lint_again(struct workbench *w, const char *const *files, size_t n, bool part,
		     struct lint_result *out, struct err *err);

/* Findings for the modules of the first file if all n files had these texts. Runs
 * in the calling task, records nothing and leaves the project's overlays alone.
 * The caller frees *found, which is NULL on failure. */
bool flow_lint_if(struct workbench *w, const struct overlay *v, size_t n,
		  const struct diag_list **found, struct err *err);

/* Calls each() for every design that flow_lint_if() would lint, in the calling
 * task; stops at the first failure. */
bool flow_designs_if(struct workbench *w, const struct overlay *v, size_t n,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d,
				  struct err *err),
		     void *ctx, struct err *err);

void lint_result_fini(struct lint_result *r);

/* True if found has errors or risks or, with lint.style on, style findings. */
bool lint_counts(const struct options *options, const struct diag_list *found);

#endif
