/* story.h - a recorded session as people would tell it: the one walk over the
 * journal that all exports are printers of.
 *
 * A list of moments in order, and what they are about: questions, suggestions
 * with each line and what became of it, findings, runs, files with the author
 * of each line. All text is a copy without secrets (redact.h), so a printer
 * cannot leak one; apart from that it is as it was recorded, any bytes: making
 * it harmless for its format is the printer's task. Texts that the journal no
 * longer holds are told as missing, not as empty.
 */
#ifndef POSEDGE_STORY_H
#define POSEDGE_STORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/journal/event.h"
#include "session/journal/journal.h"
#include "session/journal/suggestion.h"

struct diag_list;
struct redact;

#define STORY_NONE SIZE_MAX /* no index */

struct story_line {  /* of a suggestion */
	char sign;   /* '+', '-', ' ' around a change, '@' where lines are left out */
	bool edited; /* the person wrote it in place of `was` */
	enum decision decision;
	uint64_t t_ms;	       /* when that was decided; 0: it was not */
	size_t old_no, new_no; /* its number, from 1; 0: it has none on that side */
	struct str text;       /* without its end */
	struct str was;
};

struct story_lines {
	struct story_line *v;
	size_t n, cap;
};

struct moment {
	enum event_type type; /* no OPEN, BASE, GOTO, CLOSE; edits in a row are one */
	uint64_t n, t_ms;     /* the event's; of edits the last one's */
	/* ASK, PIECE, ANSWER: in asks; SUGGEST to APPLY: in suggestions; LINT; RUN,
	 * VERDICT: in runs */
	size_t of;
	struct str text; /* one line for people, without the clock */
	size_t upto;	 /* PIECE: bytes of the answer (or the reasoning) that are there now */
	bool reasoning;	 /* PIECE */
	struct story_lines lines; /* SUGGEST: all; DECIDE, AMEND: those decided on */
};

struct story_ask {
	uint64_t n, t_ms, ended_ms; /* 0: no end is recorded */
	struct str backend, model, question, answer, reasoning, error;
	struct str prompt; /* the request as it was shown; empty: not kept */
	bool cut;
	bool beside;	 /* the conversation: later questions knew nothing of it */
	int64_t in, out; /* tokens; -1: not told */
};

struct story_suggestion {
	uint64_t n, t_ms, over_ms; /* over_ms 0: it waits */
	size_t ask;		   /* STORY_NONE: from no answer */
	size_t rest_of;		   /* what that suggestion left open; STORY_NONE */
	size_t rest;		   /* and the other way round: where its own rest is; STORY_NONE */
	char *path, *by, *how;
	char *moves; /* the other name of a file that is renamed: see suggestion.h; "" */
	bool new_file, removes, in_place, incomplete;
	bool decided; /* over, and by decisions: not replaced by another one */
	bool applied; /* and something was taken */
	size_t taken, refused, open, edited; /* units; edited ones are taken */
	size_t unread;		   /* of those taken in a review, how many were never on a screen */
	struct story_lines lines;  /* with what became of each in the end */
	struct str base, proposed; /* as they came */
	struct str written;	   /* base with what was taken; empty until it is decided */
	size_t lint, run;	   /* the last that saw what was written, unchanged; STORY_NONE */
};

struct story_lint {
	uint64_t n, t_ms;
	struct str tool, version, error, files, unread; /* version "": not known */
	uint64_t read;					/* files; 0: not counted */
	struct diag_list *found;			/* redacted */
};

struct story_run {
	uint64_t n, t_ms, ended_ms; /* 0: it has no end */
	struct str testbench, engine, files, verdict, error, first, first_path, unprotected;
	struct str version; /* of the engine; "": not known */
	char *wave;	    /* below the session's folder; "" = none */
	uint64_t first_line, failures;
	uint64_t confirms;	    /* the run that it repeats with another engine; 0 */
	int64_t first_time, checks; /* -1: not known, not counted */
	int64_t seeds;		    /* see event.h; -1: not known */
};

struct story_text { /* a file, and who wrote each line */
	char *path;
	size_t moment; /* after which one it was so */
	struct str text;
	struct str letters;  /* one a line: see author_letter() */
	struct strv authors; /* one a line, in words */
	bool unsaved;
};

struct story {
	char *id, *dir;
	struct str version;
	struct str neighbour,
		parent; /* the session that was open beside it; ID#EVENT that it goes on from; "" */
	uint64_t started_ms, ended_ms;
	bool consent; /* to be used for training */
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
	bool versions_left_out;	  /* there were more than are kept */
	struct story_text *files; /* in the end; only those that were edited */
	size_t n_files, cap_files;
	struct strv lost; /* sentences: what could not be told, and why */
};

/* Reads the session in dir; r may be NULL. A damaged journal is told up to the
 * damage, which `lost` then names. NULL: nothing can be read. */
struct story *story_read(const char *dir, const struct redact *r, struct err *err);
void story_free(struct story *s); /* NULL is fine */

/* "PASS 41 checks", "FAIL tb.sv:31 ...", "did not run: ...", "has no end" */
void story_verdict(const struct story_run *r, struct str *out);

/* No finding that is more than style, by a tool that said something. */
bool story_lint_clean(const struct story_lint *l);

#endif
