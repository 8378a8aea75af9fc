/* event.h - what happened, one thing at a time: the session is made of these.
 *
 * An event holds outcomes, never requests: parsed units, edits as bytes and
 * offsets, findings; so that applying it needs no parser, diff, clock or file,
 * and a later posedge replays an old session to the same state.
 *
 * On disk an event is one JSON object on a line: "n" its number from 1, "t"
 * milliseconds since 1970, "type" as in the table in event.c, then the
 * members of its type. Text is a JSON string when it is valid UTF-8 without
 * NUL, else {"b64":"..."}; above EVENT_INLINE bytes it is {"blob":"SHA-256",
 * "len":N} and the bytes are a file of that name. Positions are byte offsets.
 * Unknown types are kept in the journal and skipped.
 */
#ifndef POSEDGE_EVENT_H
#define POSEDGE_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/hash.h"
#include "session/journal/suggestion.h"
#include "session/text/bytes.h"

struct cJSON;
struct diag_list;
struct str;

#define EVENT_INLINE 4096

enum event_type {
	EVENT_UNKNOWN,
	EVENT_START,  /* a session begins */
	EVENT_OPEN,   /* a document was opened */
	EVENT_BASE,   /* its text before the first edit */
	EVENT_EDIT,   /* typed, pasted, applied: one undo step */
	EVENT_RENAME, /* a suggestion gave a file another name: one step of both documents */
	EVENT_REMOVE, /* a suggestion deleted a file: a step of its document */
	EVENT_GOTO,   /* undo or redo: the node of the undo tree gone to */
	EVENT_SAVE,
	EVENT_CLOSE,
	EVENT_ASK,     /* a question left for a backend */
	EVENT_PIECE,   /* part of its answer */
	EVENT_CALL,    /* the answer calls a tool */
	EVENT_RESULT,  /* what came of a call */
	EVENT_OPAQUE,  /* what the backend wants back unchanged with the next turn */
	EVENT_STEER,   /* the person says something while a model works with tools */
	EVENT_ANSWER,  /* the answer's end */
	EVENT_SUGGEST, /* what an answer (or a tool) proposes for one file */
	EVENT_DECIDE,  /* on units of a suggestion */
	EVENT_SPLIT,   /* a pair of lines of it is two units from now on */
	EVENT_AMEND,   /* the person wrote another line in place of a proposed one */
	EVENT_APPLY,   /* what was taken went into the document; the edit follows */
	EVENT_LINT,
	EVENT_RUN,     /* a simulation begins */
	EVENT_VERDICT, /* and ends */
	EVENT_SET,     /* an option */
	EVENT_NOTE,
	EVENT_MARK,	/* a name for this moment */
	EVENT_REWIND,	/* documents and suggestions are as they were at an earlier moment */
	EVENT_CRITIQUE, /* what a model finds wrong in a file, by line */
	EVENT_SEAL,	/* the person signed all before it: see seal.h */
	EVENT_TYPES
};

/* Text that the state does not need: after reading only its hash and length
 * are there when it is a blob. */
struct kept {
	const char *data; /* NULL: in the blob */
	size_t len;
	char hash[HASH_HEX + 1]; /* "" when data is there */
};

struct change { /* removed bytes at off are replaced by ins */
	uint64_t off, removed;
	struct bytes ins;
};

/* Who made an edit. Journals spell it "you", "disk", "rewound", or as the number of
 * the suggestion. */
enum edit_source {
	EDIT_BY_YOU,
	EDIT_BY_DISK, /* another program, while the session was open */
	EDIT_BY_REWIND,
	EDIT_BY_SUGGESTION,
	EDIT_SOURCES
};

struct edit_by {
	enum edit_source source;
	uint64_t suggestion; /* of EDIT_BY_SUGGESTION; else 0 */
};

#define BY_YOU ((struct edit_by){ EDIT_BY_YOU, 0 })

/* "you", "suggestion 12" */
void edit_by_print(struct edit_by by, struct str *out);

/* Whose a line is: see provenance.h, which finds out. */
enum author_kind {
	AUTHOR_BEFORE, /* it was there when the session first opened the file */
	AUTHOR_YOU,
	AUTHOR_MODEL,
	AUTHOR_MODEL_YOU, /* a model's line that a person changed */
	AUTHOR_DISK,	  /* another program, while the session was open */
	AUTHOR_KINDS
};

struct author {
	enum author_kind kind;
	uint64_t suggestion; /* AUTHOR_MODEL, AUTHOR_MODEL_YOU: whose; else 0 */
};

struct author_run { /* so many lines, one after the other, by one author */
	uint64_t lines;
	struct author by;
};

/* Strings are never NULL in an event that was read. In one to be recorded,
 * NULL stands for "". All is borrowed from the event's owner. */
struct event {
	enum event_type type;
	uint64_t n;    /* set by session_record() */
	uint64_t t_ms; /* the same, when 0 */
	union {
		struct {
			const char *version, *neighbour, *parent;
		} start;
		struct {
			const char *path;
			uint64_t size, mtime_us;
		} open;
		struct {
			const char *path, *hash;
			uint64_t len;
			bool kept;
		} base;
		struct {
			const char *path;
			struct edit_by by;
			struct change *v;
			size_t n;
		} edit;
		struct {
			const char *path, *to; /* the name before and after */
			uint64_t suggestion;
			struct change
				*v; /* of the document `to`: the first brings all that path held */
			size_t n;
			struct author_run *authors; /* whose the lines are that it brings */
			size_t n_authors;
		} rename;
		struct {
			const char *path;
			uint64_t suggestion;
			struct change *v;
			size_t n;
		} remove;
		struct {
			const char *path;
			uint64_t node;
		} go;
		struct {
			const char *path, *hash;
			uint64_t size, mtime_us;
			/* the node whose text it is, plus 1; 0: the one that is current */
			uint64_t of;
		} save;
		struct {
			const char *path;
		} close;
		struct {
			const char *backend, *model;
			struct bytes question;
			struct kept prompt;
			uint64_t follows; /* an earlier question that it takes up; 0 */
			const char *
				path; /* it is about a line of what is proposed for that file; "" */
			struct bytes line; /* that line, without its end */
			uint64_t at; /* its place, to tell equal lines apart: of the base, from 1 */
			uint64_t tokens;   /* of the request, estimated; 0: not known */
			struct bytes sent; /* what prompt is made of, as entries.h has it; "" */
			/* beside the conversation: later questions know nothing of it */
			bool beside;
		} ask;
		struct {
			uint64_t ask;
			const char *kind;
			struct bytes text;
		} piece;
		struct {
			uint64_t ask;
			const char *id, *name;
			struct bytes args;
		} call; /* id: unique in its answer */
		struct {
			uint64_t ask;
			const char *id;
			struct bytes text;
			bool failed;
		} result;
		struct {
			uint64_t ask;
			const char *kind;
			struct bytes data;
		} opaque; /* JSON, for that backend and model only */
		struct {
			uint64_t ask;
			struct bytes text;
			const char
				*by; /* "": the person; "check": what tools say of the proposals */
		} steer;
		struct {
			uint64_t ask;
			const char *finish, *model, *error;
			bool cut;
			int64_t in, out, cached,
				reasoning; /* tokens of all requests; -1: not told */
			uint64_t
				written; /* tokens, into the server's cache; 0: none, or not told */
			uint64_t cost;	 /* millionths of the currency, plus 1; 0: not known */
			const char *currency;
			uint64_t rounds; /* requests that it took; 0: one */
			/* a sentence: which bound ended it before the model did; "" */
			const char *stopped;
		} answer;
		struct {
			uint64_t ask; /* 0: not from an answer */
			const char *path, *by;
			bool new_file, incomplete, removes, in_place;
			/* the other path of a file that is renamed: see suggestion.h; "" */
			const char *moves;
			/* the first of those that came together; 0: this one is that */
			uint64_t with;
			struct bytes base, proposed;
			struct unit *units;
			size_t n_units;
		} suggest;
		struct {
			uint64_t suggestion, first, last;
			enum decision decision;
		} decide;
		struct {
			uint64_t suggestion, unit;
		} split;
		struct {
			uint64_t suggestion, unit;
			struct bytes line;
		} amend;
		struct {
			uint64_t suggestion, taken, refused, open;
			const char *how;
			uint64_t looked; /* of those taken, how many were on a screen before */
			/* the first of the suggestions that were applied as one; 0: alone */
			uint64_t with;
		} apply;
		struct {
			const char *tool,
				*error;	    /* error: why it says nothing, or not of all; "" */
			struct bytes files; /* whose modules were linted, one a line */
			const struct diag_list *found;
			uint64_t read;	     /* how many files the tool read; 0: not counted */
			struct bytes unread; /* of the project: lines of path, tab, why */
			/* only files were linted, before all is: found is what is in them,
			 * and errors elsewhere that kept the tool from reading them */
			bool part;
			const char
				*lang; /* that was read, as `set language` spells it; several with
						 * blanks between; "": an
						 * earlier posedge did not tell */
			const char *version; /* what the tool says of itself; "": not known */
		} lint;
		struct {
			uint64_t ask;
			const char *path;
			const struct diag_list *found; /* as critique.h makes them */
			struct bytes unplaced; /* sentences about what has no line, one a line */
		} critique;
		struct {
			const char *testbench, *engine;
			struct bytes files;
			uint64_t confirms; /* the run of another engine that this one repeats; 0 */
			bool as_if;	   /* of files as they could be, and not as they were */
		} run;
		struct {
			uint64_t run;
			const char *verdict, *error, *output, *output_hash, *wave, *unprotected;
			struct bytes first;
			const char *first_path;
			uint64_t first_line;
			int64_t first_time; /* -1: not known */
			int64_t checks;	    /* -1: not counted */
			uint64_t failures, output_len, build_ms, run_ms;
			uint64_t sites; /* places in the sources that compare */
			uint64_t mismatches,
				samples;    /* as a summary told them; samples 0: none did */
			struct bytes steps; /* "compiling 31" in ms, one a line */
			const char *log; /* what the build's tools printed: a path as output; "" */
			struct bytes
				beside; /* sentences that belong beside the verdict, one a line */
			/* of a run that confirms another: a sentence, when it did not */
			struct bytes differs;
			const char *lang; /* as what it was built, as lint.lang */
			/* files that it made or changed: lines of path, tab, bytes */
			struct bytes written;
			const char *version; /* what the engine says of itself; "": not known */
			/* other sets of initial values that it was to be repeated with, plus 1;
			 * 0: an earlier posedge did not tell */
			uint64_t seeds;
		} verdict;
		struct {
			const char *name, *value;
		} set;
		struct {
			struct bytes text;
		} note;
		struct {
			const char *name;
		} mark;
		struct {
			uint64_t to, from;
		} rewind; /* events; from: the last one before it began */
		/* head: the sum of the line before; files: the design then, as
		 * sha256sum prints it */
		struct {
			const char *head, *key, *signature;
			struct bytes files;
		} seal;
	};
	void *owned; /* what event_read() made; see event_fini() */
};

const char *event_name(enum event_type t);
enum event_type event_type_of(const char *name);

/* Where texts above EVENT_INLINE are kept. */
struct blobs {
	void *ctx;
	/* Keeps it under its hash (once). */
	bool (*put)(void *ctx, const char *hash, const char *data, size_t len, struct err *err);
	bool (*get)(void *ctx, const char *hash, struct str *out, struct err *err);
};

/* Makes every NULL string "", as an event that was read has it. */
void event_fill(struct event *e);

/* Adds the JSON object without its closing brace and "sum": the journal adds
 * both. */
bool event_write(const struct event *e, const struct blobs *blobs, struct str *line,
		 struct err *err);

/* ERR_PARSE when a known type lacks what it needs or holds what it must not.
 * An unknown type gives EVENT_UNKNOWN. */
bool event_read(const struct cJSON *object, const struct blobs *blobs, struct event *e,
		struct err *err);
void event_fini(struct event *e); /* only after event_read() */

/* Findings as the JSON array that EVENT_LINT holds, and back. */
void event_write_diags(const struct diag_list *l, struct str *out);
bool event_read_diags(const struct cJSON *array, const struct diag_list **out, struct err *err);

/* Units as EVENT_SUGGEST holds them, and back (the caller frees *out). */
void event_write_units(const struct unit *v, size_t n, struct str *out);
bool event_read_units(const struct cJSON *array, struct unit **out, size_t *n, struct err *err);

/* The same for what made a node of an undo tree: EVENT_EDIT, EVENT_RENAME. */
void event_write_by(struct edit_by by, struct str *out);
bool event_read_by(const struct cJSON *value, struct edit_by *out);
void event_write_authors(const struct author_run *v, size_t n, struct str *out);
bool event_read_authors(const struct cJSON *array, struct author_run **out, size_t *n,
			struct err *err);

/* Adds text as it stands in an event without blobs: a string, or {"b64":...}. */
void event_write_bytes(const char *data, size_t len, struct str *out);

/* And back: false for anything else. Adds to out. */
bool event_read_bytes(const struct cJSON *value, struct str *out);

#endif
