/* export.h - a story (story.h) printed for others: one function a format.
 *
 * Map of session/export: a recorded session for others. Knows no screen and
 * changes nothing.
 *
 *   story story_*    the one walk over a session
 *   export export_*  a function a format
 *   page/            style, script and controls of the page, compiled in
 *
 * Printers are pure: they read the story and add to out, whole texts without
 * a limit of their own. What stands in a session was written by models, tools
 * and people; each printer makes it harmless for its format, so that nothing
 * in it can become markup, a script, a terminal's command or a second record.
 */
#ifndef POSEDGE_EXPORT_H
#define POSEDGE_EXPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct loop;
struct story;
struct str;
struct trace;

struct export_context {
	const char *title; /* what the project is called */
	/* See struct ports; NULL: no waves are drawn. */
	bool (*open_trace)(struct loop *l, const char *path, struct trace **out, struct err *err);
	struct loop *loop;   /* open_trace's; may be NULL */
	const char *licence; /* what the project's begins with; NULL: not known */
};

/* Adds what a text says of its licence, else the project's. False: neither is known. */
bool export_licence(const struct export_context *c, const struct str *text, struct str *out);

/* One page in one file, which loads nothing. */
void export_html(const struct story *s, const struct export_context *c, struct str *out);

/* A report: questions, answers in short, decisions, verdicts, files. */
void export_markdown(const struct story *s, const struct export_context *c, struct str *out);

/* asciicast v2, with the recorded times but no pause above two seconds, and
 * markers at questions, verdicts, notes and marks. */
void export_cast(const struct story *s, const struct export_context *c, struct str *out);

/* JSON lines for training; without the story's consent nothing is added. Each
 * returns how many lines it added. Each row has the licence, the tools, the seeds, and what it is
 * worth by lint, simulation and the person. Pairs: what was proposed and what the
 * person made of it; only answers of which something was written and something
 * refused or rewritten. Sft: what was taken whole and then passed its
 * simulation or was linted clean. */
size_t export_pairs(const struct story *s, const struct export_context *c, struct str *out);
/* Repairs: answers for one file, of which the first did not pass, step by step. */
size_t export_repairs(const struct story *s, const struct export_context *c, struct str *out);
/* Explanations: of modules, blocks and lines, with their code, by the flow `explain`. */
size_t export_explanations(const struct story *s, const struct export_context *c, struct str *out);
size_t export_sft(const struct story *s, const struct export_context *c, struct str *out);

#endif
