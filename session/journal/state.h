/* state.h - all that the session is, as its events made it.
 *
 * state_apply() is a fold: from one state and one event to the next, without
 * a file, a clock, a parser or a diff. It is called by session_record() and by
 * replaying, and by nobody else; everybody else reads. state_write() gives a
 * canonical text of all of it (two equal states give equal bytes), whose hash
 * is the digest; state_read() takes it back: snapshots are that and no more.
 */
#ifndef POSEDGE_STATE_H
#define POSEDGE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/base/str.h"
#include "session/journal/doc.h"
#include "session/journal/event.h"
#include "session/journal/suggestion.h"
#include "session/verdict/run.h"

struct diag_list;

enum exchange_state { EXCHANGE_ASKED, EXCHANGE_ANSWERED, EXCHANGE_FAILED };

/* What an answer holds besides text: calls, their results, what goes back as it
 * came; in the order recorded. */
struct exchange_part {
	enum exchange_part_kind {
		EXCHANGE_CALL,
		EXCHANGE_RESULT,
		EXCHANGE_OPAQUE,
		EXCHANGE_STEER, /* the person said that meanwhile */
	} kind;
	uint64_t at; /* so many bytes of the answer stand before it */
	/* CALL: both; RESULT: the call's id, ""; OPAQUE: "", its kind; STEER: "", who */
	char *id, *name;
	struct str text; /* arguments, what came of it, JSON, what was said */
	bool failed;	 /* RESULT */
};

#define EXCHANGE_FLOW	   "flow" /* the backend of an exchange that is the steps of a flow */
#define EXCHANGE_PARTS_MAX 1024u
#define EXCHANGES_SENT	   8u

struct exchange {   /* a question and what came of it */
	uint64_t n; /* the number of its ask event */
	char *backend, *model;
	struct str question, answer, reasoning;
	struct exchange_part *parts;
	size_t n_parts, cap_parts;
	uint64_t follows; /* an earlier question that it takes up; 0 */
	bool beside;	  /* the conversation: later questions know nothing of it */
	char *path;	  /* of the file whose proposed line it is about; "" */
	struct str line;
	struct strv rewritten; /* what the person wrote in its place, oldest first */
	uint64_t at;	       /* that line's place in the base, from 1 */
	enum exchange_state state;
	char *finish, *error;		   /* "" until it ended */
	bool cut;			   /* the answer was not complete */
	int64_t in, out, cached, reasoned; /* tokens; -1: not told */
	/* Of the newest EXCHANGES_SENT only, of those beside the conversation and
	 * the others: the text that was sent, in texts/ by this hash, and what it
	 * is made of (entries.h); "" */
	char prompt[HASH_HEX + 1];
	struct str sent;
	int64_t cost;	    /* millionths of the currency; -1: not known */
	char *currency;	    /* "" where the cost is not known */
	uint64_t written;   /* tokens, into the server's cache; 0: none, or not told */
	uint64_t estimated; /* tokens of the first request; 0: not known */
	uint64_t rounds;    /* requests that it took, whose tokens those are together; 0: one */
	char *stopped;	    /* a sentence: which bound ended it; "" */
	unsigned shared;    /* with so many other states, see state_copy() */
};

#define REFUSED_KEPT 8u	  /* lines of a proposal that a model may be told */
#define REFUSED_LINE 160u /* bytes of one */

enum proposal_state { PROPOSAL_OPEN, PROPOSAL_APPLIED, PROPOSAL_CLOSED };

struct proposal {	/* a suggestion and where it stands */
	uint64_t n;	/* the number of its suggest event */
	uint64_t ask;	/* 0: from no answer */
	uint64_t group; /* the same for all that came together, whatever took their place since */
	char *by;
	enum proposal_state state;
	uint64_t with; /* the first of those it was applied with; 0: alone, or not yet */
	struct suggestion *s;
	struct strv amended; /* lines that the person wrote in place of proposed ones */
	struct strv refused; /* once it is over: "+ line", "- line"; at most REFUSED_KEPT */
	unsigned shared;
};

#define CRITIQUES_KEPT 16u /* of as many files, the newest */

struct critique {   /* what a model found wrong in a file; never changes */
	uint64_t n; /* the number of its event */
	uint64_t ask;
	char *path;
	const struct diag_list *found;
	unsigned shared;
};

struct sim_run {
	uint64_t n; /* the number of its run event */
	char *testbench, *engine;
	bool ended;
	bool as_if;	       /* of files as they could be: a candidate, a suggestion */
	char *verdict, *error; /* as recorded */
	int64_t checks, first_time;
	uint64_t failures, first_line;
	uint64_t confirms; /* the run that this one repeats with another engine; 0 */
	char *first, *first_path, *output, *wave;
	unsigned shared;
};

/* What was applied, until a run passes that its taken lines stood in as it began. */
struct untested {
	uint64_t suggestion; /* that was applied */
	uint64_t lines;	     /* of it that were taken; above 0 */
	uint64_t run;	     /* the last one that they stood in as it began; 0: none */
	uint32_t from;	     /* no earlier node of its document brought them */
};

enum untested_where {
	UNTESTED_THERE,
	UNTESTED_UNDONE, /* an undo took them away; a redo brings them back */
	UNTESTED_UNKNOWN /* a rewind, or a program that wrote the file anew, came between */
};

struct state {
	uint64_t n; /* the last event's number */
	uint64_t started_ms;
	char *version, *neighbour, *parent; /* of the session; "" */
	struct doc **docs;
	size_t n_docs, cap_docs;
	struct doc **past; /* what was open under the same path before; only with keep_past */
	size_t n_past, cap_past;
	bool keep_past;
	struct exchange **chat;
	size_t n_chat, cap_chat;
	struct proposal **proposals;
	size_t n_proposals, cap_proposals;
	struct sim_run **runs;
	size_t n_runs, cap_runs;
	struct critique **critiques; /* the last of each file, oldest first */
	size_t n_critiques, cap_critiques;
	struct untested *untested; /* in the order applied */
	size_t n_untested, cap_untested;
	const struct diag_list *found; /* of the last lint; NULL: none yet */
	char *lint_tool, *lint_error;
	bool lint_whole;      /* all was linted once, not only parts */
	uint64_t lint_read;   /* files, of the last lint of all; 0: not counted */
	char *lint_unread;    /* as in the event */
	struct strv settings; /* "name=value", in the order first set */
	size_t notes, unknown;
	uint64_t sealed; /* the number of the last seal event; 0: none */
	bool partial;	 /* not from the first event on: other sessions' things may be named */
};

void state_init(struct state *s);
void state_fini(struct state *s);

/* Makes *to (not initialised before) what from is now. What has an end is
 * shared until one of the two changes it, and undo trees are lent (doc_copy()):
 * so it is quick, and small. from must live longer, with keep_past. */
void state_copy(struct state *to, const struct state *from);

/* ERR_PARSE when the event does not fit the state (names what is not there);
 * the state is unchanged then. */
bool state_apply(struct state *s, const struct event *e, struct err *err);

void state_write(const struct state *s, struct str *out);
bool state_read(struct state *s, const char *text, size_t len,
		struct err *err); /* s: as from state_init */
void state_digest(const struct state *s, char hex[HASH_HEX + 1]);

/* NULL: none. */
struct doc *state_doc(const struct state *s, const char *path);
struct exchange *state_exchange(const struct state *s, uint64_t n);
uint64_t state_asked(const struct state *s,
		     const char *question); /* when that was last asked; 0: never */
/* The newest run, those that only confirm one apart. NULL: none. */
const struct sim_run *state_last_run(const struct state *s);
/* The newest one of the files as they were: no candidate's, no suggestion's. */
const struct sim_run *state_last_run_of_files(const struct state *s);

struct proposal *state_proposal(const struct state *s, uint64_t n);
const char *state_setting(const struct state *s, const char *name);

/* Where u's lines are by now. */
enum untested_where untested_where(const struct state *s, const struct untested *u);

#endif
