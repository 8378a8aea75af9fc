/* flow_lint.h - what the tool says about files, or about the whole design: one task.
 *
 * Map of session/lint: findings of files as they are or could be. Knows no
 * tool: it asks the port.
 *
 *   flow_lint                     one lint: a task
 *   lint_roots                    which files are read together
 *   lint_run lint_group            designs given to the tool, one run after the other
 *   lint_boxes lint_follow        modules and files that are missing, and errors that only follow
 *   lint_gather lint_notes        what all runs said as one list, and the sentences beside it
 *   lint_memo                     what the linter said of a text, kept
 *   lint_known                    what the tool said of whole designs, kept
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
		*found; /* each once, without secrets; one reference; NULL: none were looked for */
	struct strv notes;  /* sentences, each once */
	struct strv failed; /* sentences: tops that the tool could not say anything of, and why */
	uint64_t read;	    /* files that the tool read, each once; 0: there is no "ok" */
	struct str unread;  /* the project's others, as lint_words.h says */
	struct str lang;    /* languages that they were read in, as the event has it */
};

/* paths: relative to the root; n 0: all files of the project, each in the
 * context of a top or by itself. Overlays of the project are what is linted.
 * Records the findings. True also when a top failed: the others were linted.
 * When out is filled in by a call that fails, found holds what came before. */
bool flow_lint(struct workbench *w, const char *const *paths, size_t n, struct lint_result *out,
	       struct err *err);

/* The modules of one file only, to be shown before all is linted: recorded as
 * part of what is found, and out->found holds no more than that part does. */
bool flow_lint_part(struct workbench *w, const char *path, struct lint_result *out,
		    struct err *err);

/* What a lint that recorded these files says of them now: of the whole project
 * when they are what it is read from. Records nothing; fails when a top does. */
bool flow_lint_again(struct workbench *w, const char *const *files, size_t n, bool part,
		     struct lint_result *out, struct err *err);

/* What it would say of the modules of the first file if all n held these
 * texts: one task, nothing is recorded, and the project's overlays are as
 * before. *found is the caller's to free. */
bool flow_lint_if(struct workbench *w, const struct overlay *v, size_t n,
		  const struct diag_list **found, struct err *err);

/* One task: each of the designs that this would lint, in turn, until one fails. */
bool flow_designs_if(struct workbench *w, const struct overlay *v, size_t n,
		     bool (*each)(void *ctx, struct simulator *sim, const struct design *d,
				  struct err *err),
		     void *ctx, struct err *err);

void lint_result_fini(struct lint_result *r);

/* Whether it counts: errors and risks do, style when lint.style is on. */
bool lint_counts(const struct options *options, const struct diag_list *found);

#endif
