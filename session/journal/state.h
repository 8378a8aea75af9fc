/* state.h - the whole state of a session, computed from its events.
 *
 * state_apply() is a fold: it takes a state and an event to the next state, without
 * a file, a clock, a parser or a diff. Only session_record() and replaying call it;
 * everybody else only reads. state_write() gives a canonical text of the state
 * (equal states give equal bytes), whose hash is the digest; state_read() parses
 * it: a snapshot is nothing else.
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

struct diag_list;

enum exchange_state { EXCHANGE_ASKED, EXCHANGE_ANSWERED, EXCHANGE_FAILED };

/* What an answer contains besides text: calls, their results, and opaque data to be
 * sent back; in recorded order. */
struct exchange_part {
	enum exchange_part_kind {
		EXCHANGE_CALL,
		EXCHANGE_RESULT,
		EXCHANGE_OPAQUE,
		EXCHANGE_STEER, /* said by the user meanwhile */
	} kind;
	uint64_t at; /* number of bytes of the answer before it */
	/* CALL: both; RESULT: the call's id, ""; OPAQUE: "", its kind; STEER: "",
	 * who said it */
	char *id, *name;
	struct str text; /* arguments, result, JSON, or what was said */
	bool failed;	 /* RESULT */
};

#define EXCHANGE_FLOW	   "flow" /* backend of an exchange that consists of the steps of a flow */
#define EXCHANGE_PARTS_MAX 1024u
#define EXCHANGES_SENT	   8u

struct exchange {   /* a question and its answer */
	uint64_t n; /* the number of its ask event */
	char *backend, *model;
	struct str question, answer, reasoning;
	struct exchange_part *parts;
	size_t n_parts, cap_parts;
	uint64_t follows; /* an earlier question that this one continues; 0: none */
	bool beside;	  /* not part of the conversation: later questions do not see it */
	uint64_t flow;	  /* the exchange of the flow that asked it; 0: none is known */
	char *path;	  /* file whose proposed line it is about; "" */
	struct str line;
	struct strv rewritten; /* what the user wrote in its place, oldest first */
	uint64_t at;	       /* line number in the base, 1-based */
	enum exchange_state state;
	char *finish, *error;		   /* "" until it has ended */
	bool cut;			   /* the answer was not complete */
	int64_t in, out, cached, reasoned; /* tokens; -1: not reported */
	/* Only for the newest EXCHANGES_SENT, counted separately for those outside
	 * the conversation: the sent text, in texts/ under this hash, and its parts
	 * (entries.h); "" */
	char prompt[HASH_HEX + 1];
	struct str sent;
	int64_t cost;	    /* millionths of the currency; -1: unknown */
	char *currency;	    /* "" if the cost is unknown */
	uint64_t written;   /* tokens written to the server's cache; 0: none, or not reported */
	uint64_t estimated; /* tokens of the first request; 0: unknown */
	uint64_t rounds;    /* number of requests, whose tokens are summed above; 0: one */
	char *stopped;	    /* a sentence: the limit that ended it; "" */
	unsigned shared;    /* number of other states that share it, see state_copy() */
};

#define REFUSED_KEPT 8u	  /* lines of a proposal that a model may be shown */
#define REFUSED_LINE 160u /* bytes of one */

enum proposal_state { PROPOSAL_OPEN, PROPOSAL_APPLIED, PROPOSAL_CLOSED };

struct proposal {	/* a suggestion and its state */
	uint64_t n;	/* the number of its suggest event */
	uint64_t ask;	/* 0: not from an answer */
	uint64_t group; /* common to all suggestions that came together and to those that
			 * replaced them */
	char *by;
	enum proposal_state state;
	uint64_t with; /* the first suggestion it was applied together with; 0: none, or not
			* applied yet */
	struct suggestion *s;
	struct strv amended; /* lines that the user wrote in place of proposed ones */
	struct strv refused; /* once it is closed: "+ line", "- line"; at most REFUSED_KEPT */
	unsigned shared;
};

#define CRITIQUES_KEPT 16u /* one per file, the newest */

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
	bool as_if;			      /* of hypothetical files: a candidate, a suggestion */
	char *verdict, *error;		      /* as recorded */
	int64_t checks, first_time, failures; /* -1: unknown */
	uint64_t first_line;
	uint64_t confirms; /* the run with another engine that this one repeats; 0 */
	char *first, *first_path, *output, *wave;
	unsigned shared;
};

/* An applied suggestion, until a run passes that started with its taken lines in
 * the files. */
struct untested {
	uint64_t suggestion; /* the applied suggestion */
	uint64_t lines;	     /* number of lines taken from it; above 0 */
	uint64_t run;	     /* the last run that started with these lines in the files; 0: none */
	uint32_t from;	     /* node of its document that added the lines */
};

enum untested_where {
	UNTESTED_THERE,
	UNTESTED_UNDONE, /* removed by an undo; a redo restores them */
	UNTESTED_UNKNOWN /* unknown: a rewind or another program's rewrite of the file came
			  * between */
};

struct state {
	uint64_t n; /* the last event's number */
	uint64_t started_ms;
	char *version, *neighbour, *parent; /* of the session's start event; "" */
	struct doc **docs;
	size_t n_docs, cap_docs;
	struct doc **past; /* earlier documents of the same path; only with keep_past */
	size_t n_past, cap_past;
	bool keep_past;
	struct exchange **chat;
	size_t n_chat, cap_chat;
	struct proposal **proposals;
	size_t n_proposals, cap_proposals;
	struct sim_run **runs;
	size_t n_runs, cap_runs;
	struct critique **critiques; /* the latest per file, oldest first */
	size_t n_critiques, cap_critiques;
	struct untested *untested; /* in the order applied */
	size_t n_untested, cap_untested;
	const struct diag_list *found; /* findings of the last lint; NULL: none yet */
	char *lint_tool, *lint_error;
	bool lint_whole;      /* the whole project was linted, and of the errors that this
			       * found none has been mended since */
	uint64_t lint_read;   /* files read by the last lint of the whole project; 0: not counted */
	char *lint_unread;    /* as in the event */
	struct strv settings; /* "name=value", in the order first set */
	size_t notes, unknown;
	uint64_t sealed; /* the number of the last seal event; 0: none */
	bool partial;	 /* does not begin with the first event, so events may refer to items
			  * that are missing here */
};

void state_init(struct state *s);
void state_fini(struct state *s);

/* Makes *to, which was not initialised, a copy of from. Finished items are shared
 * until one of the two states changes them, and undo trees are borrowed
 * (doc_copy()), so it is fast and small. from must have keep_past set and outlive
 * *to. */
void state_copy(struct state *to, const struct state *from);

/* ERR_PARSE when the event does not fit the state (names what is missing); the
 * state is unchanged then. */
bool state_apply(struct state *s, const struct event *e, struct err *err);

void state_write(const struct state *s, struct str *out);
bool state_read(struct state *s, const char *text, size_t len,
		struct err *err); /* s: as from state_init */
void state_digest(const struct state *s, char hex[HASH_HEX + 1]);

/* NULL: none. */
struct doc *state_doc(const struct state *s, const char *path);
struct exchange *state_exchange(const struct state *s, uint64_t n);
uint64_t state_asked(const struct state *s,
		     const char *question); /* event number of the last time it was asked; 0:
					     * never */
const struct sim_run *state_run(const struct state *s, uint64_t n);
/* The newest run, except those that only confirm another. NULL: none. */
const struct sim_run *state_last_run(const struct state *s);
/* The newest run of the files as they were, not of a candidate or a suggestion. */
const struct sim_run *state_last_run_of_files(const struct state *s);

struct proposal *state_proposal(const struct state *s, uint64_t n);
const char *state_setting(const struct state *s, const char *name);

/* Where the lines of u are now. */
enum untested_where untested_where(const struct state *s, const struct untested *u);

#endif
