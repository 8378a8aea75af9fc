/* export.h - prints a story (story.h) for others: one function per format.
 *
 * Map of session/export: a recorded session for others. Knows no screen and changes
 * nothing.
 *
 *   story story_*    the one walk over a session
 *   export export_*  one function per format
 *   page/            style, script and controls of the HTML page, compiled in
 *
 * Printers are pure: they read the story and append complete texts to out, without
 * a limit of their own. A session contains text by models, tools and users; each
 * printer escapes it for its format, so that it cannot become markup, a script, a
 * terminal's command or a second record.
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
	const char *title; /* name of the project */
	/* See struct ports; NULL: draws no waves. */
	bool (*open_trace)(struct loop *l, const char *path, struct trace **out, struct err *err);
	struct loop *loop;   /* for open_trace; may be NULL */
	const char *licence; /* first words of the project's licence; NULL: unknown */
};

/* Appends the licence that a text states, otherwise the project's. False: neither is known. */
bool export_licence(const struct export_context *c, const struct str *text, struct str *out);

/* One page in one file that loads nothing else. */
void export_html(const struct story *s, const struct export_context *c, struct str *out);

/* A report: questions, shortened answers, decisions, verdicts, files. */
void export_markdown(const struct story *s, const struct export_context *c, struct str *out);

/* asciicast v2 with the recorded times, but no pause above two seconds, and markers
 * at questions, verdicts, notes and marks. */
void export_cast(const struct story *s, const struct export_context *c, struct str *out);

/* JSON lines for training; nothing is added without the story's consent. Each
 * returns the number of lines added. Each row has the licence, the tools, the
 * seeds, and its reward by lint, simulation and user. Pairs: what was proposed and
 * what the user made of it; only answers of which something was written and
 * something refused or rewritten. Sft: what was taken completely and then passed
 * its simulation or had a clean lint. */
size_t export_pairs(const struct story *s, const struct export_context *c, struct str *out);
/* Repairs: answers for one file whose first attempt did not pass, step by step. */
size_t export_repairs(const struct story *s, const struct export_context *c, struct str *out);
/* Explanations of modules, blocks and lines, with their code, from the flow `explain`. */
size_t export_explanations(const struct story *s, const struct export_context *c, struct str *out);
size_t export_sft(const struct story *s, const struct export_context *c, struct str *out);

#endif
