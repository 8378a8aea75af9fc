/* story.h - a recorded session as people would tell it: the one walk over the
 * journal; all exports print its result.
 *
 * A list of moments in order, and what they refer to: questions, suggestions with
 * the fate of each line, findings, runs, files with the author of each line. All
 * text is a copy without secrets (redact.h), so a printer cannot leak one; apart
 * from that it is as recorded, any bytes: printers escape it for their format.
 * Texts that the journal no longer has are reported as missing, not shown as empty.
 */
#ifndef POSEDGE_STORY_H
#define POSEDGE_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/suggestion.h"

struct diag_list;
struct redact;

#define STORY_NONE SIZE_MAX /* no index */

struct story_line {  /* a line of a suggestion */
	char sign;   /* '+', '-', ' ' for context, '@' where lines are left out */
	bool edited; /* the user wrote it in place of `was` */
	enum decision decision;
	uint64_t t_ms;	       /* time of the decision; 0: undecided */
	size_t old_no, new_no; /* line numbers, 1-based; 0: not in that text */
	struct str text;       /* without its line ending */
	struct str was;
};

struct story_lines {
	struct story_line *v;
	size_t n, cap;
};

struct moment {
	enum event_type type; /* never OPEN, BASE, GOTO, CLOSE; consecutive edits are one moment */
	uint64_t n, t_ms;     /* of the event; for edits that of the last */
	/* index of its item. ASK, PIECE, ANSWER: in asks; SUGGEST to APPLY: in
	 * suggestions; LINT; RUN, VERDICT: in runs */
	size_t of;
	struct str text; /* one line for people, without the time */
	size_t upto;	 /* PIECE: length of the answer (or the reasoning) so far, in bytes */
	bool reasoning;	 /* PIECE */
	struct story_lines lines; /* SUGGEST: all; DECIDE, AMEND: the decided ones */
};

struct story_ask {
	uint64_t n, t_ms, ended_ms; /* 0: no end was recorded */
	struct str backend, model, question, answer, reasoning, error;
	struct str prompt; /* the request as shown; empty: not kept */
	const char *lack;  /* how it ended before it was whole: "cut off"; NULL: it did not */
	bool beside;	   /* not part of the conversation: later questions did not see it */
	int64_t in, out;   /* tokens; -1: not reported */
};

struct story_suggestion {
	uint64_t n, t_ms, over_ms; /* over_ms 0: still open */
	size_t ask;		   /* STORY_NONE: not from an answer */
	size_t rest_of;		   /* index of the suggestion whose open units it continues;
				    * STORY_NONE */
	size_t rest;		   /* index of the suggestion that continues its open units;
				    * STORY_NONE */
	char *path, *by, *how;
	char *moves; /* other path of a renamed file: see suggestion.h; "" */
	bool new_file, removes, in_place, incomplete;
	bool decided;			     /* closed by decisions, not replaced by another one */
	bool applied;			     /* decided, and something was taken */
	size_t taken, refused, open, edited; /* units; edited ones count as taken */
	size_t unread;		   /* number of units taken in a review that were never on a
				    * screen */
	struct story_lines lines;  /* with the final fate of each */
	struct str base, proposed; /* as received */
	struct str written;	   /* base with the taken units; empty until decided */
	size_t lint, run;	   /* the last that used exactly the written text; STORY_NONE */
};

struct story_lint {
	uint64_t n, t_ms;
	struct str tool, version, error, files, unread; /* version "": unknown */
	uint64_t read;					/* files; 0: not counted */
	struct diag_list *found;			/* redacted */
};

struct story_run {
	uint64_t n, t_ms, ended_ms; /* 0: no end was recorded */
	struct str testbench, engine, files, verdict, error, first, first_path, unprotected;
	struct str version; /* of the engine; "": unknown */
	char *wave;	    /* path below the session's folder; "" = none */
	uint64_t first_line;
	uint64_t confirms;		      /* the run with another engine that it repeats; 0 */
	int64_t first_time, checks, failures; /* -1: unknown, not counted */
	int64_t seeds;			      /* see event.h; -1: unknown */
	bool as_if;			      /* of hypothetical files */
};

struct story_text { /* a file and the author of each line */
	char *path;
	size_t moment; /* the moment after which the file had this text */
	struct str text;
	struct str letters;  /* one per line: see author_letter() */
	struct strv authors; /* one per line, in words */
	bool unsaved;
};

struct story {
	char *id, *dir;
	struct str version;
	struct str neighbour,
		parent; /* the session that was open at the same time; ID#EVENT that this one
			 * continues; "" */
	uint64_t started_ms, ended_ms;
	bool consent; /* given for training */
	struct moment *moments;
	size_t n_moments, cap_moments;
	struct story_ask *asks;
	size_t n_asks, cap_asks;
	struct story_suggestion *suggestions;
	size_t n_suggestions, cap_suggestions;
	struct story_lint *lints;
	size_t n_lints, cap_lints;
	struct story_run *runs;
	size_t n_runs, cap_runs;
	struct story_text *versions; /* of files, as they changed */
	size_t n_versions, cap_versions;
	bool versions_left_out;	  /* there were more than the limit */
	struct story_text *files; /* final texts; only of files that were edited */
	size_t n_files, cap_files;
	struct strv lost; /* sentences: what is missing, and why */
};

/* Reads the session in dir; r may be NULL. A damaged journal is read up to the
 * damage, which `lost` then names. NULL: nothing can be read. */
struct story *story_read(const char *dir, const struct redact *r, struct err *err);
void story_free(struct story *s); /* NULL is fine */

/* "PASS 41 checks", "FAIL tb.sv:31 ...", "did not run: ...", "has no end" */
void story_verdict(const struct story_run *r, struct str *out);

/* True if the tool gave a result with no finding above style. */
bool story_lint_clean(const struct story_lint *l);

/* True if a design file changed after moment `from`, up to and including `to`: what a
 * tool said at `from` is not about the text at `to`. Where not all versions were kept, any
 * edit counts. */
bool story_edited(const struct story *s, size_t from, size_t to);

#endif
