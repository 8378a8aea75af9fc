/* event.h - what happened, one thing at a time: a session is a sequence of these.
 *
 * An event holds outcomes, never requests: parsed units, edits as bytes and
 * offsets, findings. So applying it needs no parser, diff, clock or file, and a
 * later posedge replays an old session to the same state.
 *
 * On disk an event is one JSON object per line: "n" is its number from 1, "t"
 * milliseconds since 1970, "type" as in the table in event.c; then follow the
 * members of its type. Text is a JSON string if it is valid UTF-8 without NUL,
 * otherwise {"b64":"..."}; above EVENT_INLINE bytes it is {"blob":"SHA-256",
 * "len":N} and the bytes are in a file of that name. Positions are byte offsets.
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
struct doc;
struct str;

#define EVENT_INLINE 4096

enum event_type {
	EVENT_UNKNOWN,
	EVENT_START,  /* a session begins */
	EVENT_OPEN,   /* a document was opened */
	EVENT_BASE,   /* text of a document before its first edit */
	EVENT_EDIT,   /* typed, pasted, applied: one undo step */
	EVENT_RENAME, /* a suggestion renamed a file: one step of both documents */
	EVENT_REMOVE, /* a suggestion deleted a file: a step of its document */
	EVENT_GOTO,   /* undo or redo: the new current node */
	EVENT_SAVE,
	EVENT_CLOSE,
	EVENT_ASK,     /* a question was sent to a backend */
	EVENT_PIECE,   /* part of its answer */
	EVENT_CALL,    /* the answer calls a tool */
	EVENT_RESULT,  /* the result of a call */
	EVENT_OPAQUE,  /* data that the backend wants back unchanged with the next turn */
	EVENT_STEER,   /* the user says something while a model works with tools */
	EVENT_ANSWER,  /* the end of an answer */
	EVENT_SUGGEST, /* a proposal for one file, by an answer or a tool */
	EVENT_DECIDE,  /* a decision on units of a suggestion */
	EVENT_SPLIT,   /* a replaced line becomes two units */
	EVENT_AMEND,   /* the user wrote another line in place of a proposed one */
	EVENT_APPLY,   /* a suggestion was applied to its document; the edit follows */
	EVENT_LINT,
	EVENT_RUN,     /* a simulation begins */
	EVENT_VERDICT, /* a simulation ends */
	EVENT_SET,     /* an option */
	EVENT_NOTE,
	EVENT_MARK,	/* names this moment */
	EVENT_REWIND,	/* documents and suggestions returned to an earlier moment */
	EVENT_CRITIQUE, /* what a model finds wrong in a file, by line */
	EVENT_FIX,	/* how `fix` ended */
	EVENT_SEAL,	/* the user signed all events before it: see seal.h */
	EVENT_TYPES
};

/* Text that the state does not need: if it is a blob, reading the event gives only
 * its hash and length. */
struct kept {
	const char *data; /* NULL: in a blob */
	size_t len;
	char hash[HASH_HEX + 1]; /* "" when data is set */
};

struct change { /* `removed` bytes at off are replaced by ins */
	uint64_t off, removed;
	struct bytes ins;
};

/* Who made an edit. In journals it is "you", "disk", "rewound", or the number of
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
	uint64_t suggestion; /* EDIT_BY_SUGGESTION: its number; otherwise 0 */
};

#define BY_YOU ((struct edit_by){ EDIT_BY_YOU, 0 })

/* "you", "suggestion 12" */
void edit_by_print(struct edit_by by, struct str *out);

/* Author of a line; computed by provenance.h. */
enum author_kind {
	AUTHOR_BEFORE, /* was there when the session first opened the file */
	AUTHOR_YOU,
	AUTHOR_MODEL,
	AUTHOR_MODEL_YOU, /* a model's line that the user changed */
	AUTHOR_DISK,	  /* another program, while the session was open */
	AUTHOR_KINDS
};

struct author {
	enum author_kind kind;
	uint64_t suggestion; /* AUTHOR_MODEL, AUTHOR_MODEL_YOU: the suggestion; otherwise 0 */
};

struct author_run { /* a number of consecutive lines by one author */
	uint64_t lines;
	struct author by;
};

/* Strings are never NULL in an event that was read. In an event to be recorded NULL
 * means "". Everything is borrowed from the event's owner. */
struct event {
	enum event_type type;
	uint64_t n;    /* set by session_record() */
	uint64_t t_ms; /* set by session_record() if it is 0 */
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
			struct doc *doc; /* at path, to save looking for it; NULL: not known,
					  * as when read from a journal */
		} edit;
		struct {
			const char *path, *to; /* the name before and after */
			uint64_t suggestion;
			struct change
				*v; /* of the document `to`: the first adds all of path's text */
			size_t n;
			struct author_run *authors; /* authors of the lines that it adds */
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
			/* the node with that text, plus 1; 0: the current node */
			uint64_t of;
		} save;
		struct {
			const char *path;
		} close;
		struct {
			const char *backend, *model;
			struct bytes question;
			struct kept prompt;
			uint64_t follows; /* an earlier question that this one continues; 0: none */
			const char *path; /* file whose proposed line it is about; "" */
			struct bytes line; /* that line, without its line ending */
			uint64_t at;	   /* line number in the base, 1-based, to distinguish equal
					    * lines */
			uint64_t tokens;   /* estimated size of the request; 0: unknown */
			struct bytes sent; /* the parts of prompt, in the format of entries.h; "" */
			/* not part of the conversation: later questions do not see
			 * it */
			bool beside;
			uint64_t flow; /* the flow's own ask event, if one asked it; 0: a person */
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
		} call; /* id: unique within its answer */
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
		} opaque; /* JSON, only for that backend and model */
		struct {
			uint64_t ask;
			struct bytes text;
			const char *by; /* "": the user; "check": what tools report about the
					 * proposals */
		} steer;
		struct {
			uint64_t ask;
			const char *finish, *model, *error;
			bool cut;
			int64_t in, out, cached,
				reasoning; /* tokens of all requests; -1: not reported */
			uint64_t written;  /* tokens written to the server's cache; 0: none, or not
					    * reported */
			uint64_t cost;	   /* millionths of the currency, plus 1; 0: unknown */
			const char *currency;
			uint64_t rounds; /* number of requests; 0: one */
			/* a sentence: the limit that ended it before the model did;
			 * "" */
			const char *stopped;
		} answer;
		struct {
			uint64_t ask; /* 0: not from an answer */
			const char *path, *by;
			bool new_file, incomplete, removes, in_place;
			/* other path of a renamed file: see suggestion.h; "" */
			const char *moves;
			/* first suggestion of the same group; 0: this one */
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
			uint64_t looked; /* number of taken lines that were on a screen before */
			/* first of the suggestions that were applied together; 0:
			 * alone */
			uint64_t with;
		} apply;
		struct {
			const char *tool,
				*error;	    /* why there is no result or only a partial one; "" */
			struct bytes files; /* files whose modules were linted, one per line */
			const struct diag_list *found;
			uint64_t read;	     /* number of files that the tool read; 0: not
					      * counted */
			struct bytes unread; /* files of the project that were not read: lines of
					      * path, tab, reason */
			/* only some files were linted, before the whole project:
			 * found contains the findings in them and errors elsewhere
			 * that kept the tool from reading them */
			bool part;
			/* languages that were read, as in `set language`, separated by
			 * blanks; "": recorded by an older posedge */
			const char *lang;
			const char *version; /* version line of the tool; "": unknown */
			/* of the texts of files, one per line; empty: on a screen,
			 * where changes on disk are recorded, or by an older posedge */
			struct bytes hashes;
		} lint;
		struct {
			uint64_t ask;
			const char *path;
			const struct diag_list *found; /* as critique.h makes them */
			struct bytes unplaced; /* sentences about remarks without a line, one per
						* line */
		} critique;
		struct {
			uint64_t ask;	  /* its question; 0: none was asked */
			const char *end;  /* nothing, asked, solved, unsolved or failed */
			const char *text; /* the same as a sentence; "" */
		} fix;
		struct {
			const char *testbench, *engine;
			struct bytes files;
			uint64_t confirms;   /* the run with another engine that this one repeats;
					    * 0 */
			bool as_if;	     /* of hypothetical files, not of the files as they
					    * were */
			struct bytes hashes; /* like lint.hashes */
		} run;
		struct {
			uint64_t run;
			const char *verdict, *error, *output, *output_hash, *wave, *unprotected;
			struct bytes first;
			const char *first_path;
			uint64_t first_line;
			int64_t first_time; /* -1: not known */
			int64_t checks;	    /* -1: not counted */
			int64_t failures;   /* comparisons that failed; -1: not known */
			uint64_t output_len, build_ms, run_ms;
			uint64_t sites; /* number of places in the sources that compare */
			uint64_t mismatches,
				samples;    /* counts in a printed summary; samples 0: there was
					     * none */
			struct bytes steps; /* "compiling 31" in ms, one per line */
			const char *log; /* output of the build's tools: a path like output; "" */
			struct bytes beside; /* sentences to show with the verdict, one per line */
			/* for a run that confirms another: a sentence, if the
			 * results differ */
			struct bytes differs;
			const char *lang; /* language it was built as, like lint.lang */
			/* files that the run made or changed: lines of path, tab,
			 * bytes */
			struct bytes written;
			const char *version; /* version line of the engine; "": unknown */
			/* number of other sets of initial values to repeat it with,
			 * plus 1; 0: recorded by an older posedge */
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
		} rewind; /* event numbers; from: the last event before the rewind */
		/* head: hash of the line before; files: the design at that time, in
		 * the format of sha256sum */
		struct {
			const char *head, *key, *signature;
			struct bytes files;
		} seal;
	};
	void *owned; /* allocated by event_read(); see event_fini() */
};

const char *event_name(enum event_type t);
enum event_type event_type_of(const char *name);

/* Storage for texts above EVENT_INLINE bytes. */
struct blobs {
	void *ctx;
	/* Stores data under its hash, once. */
	bool (*put)(void *ctx, const char *hash, const char *data, size_t len, struct err *err);
	bool (*get)(void *ctx, const char *hash, struct str *out, struct err *err);
};

/* Replaces every NULL string by "", as in an event that was read. */
void event_fill(struct event *e);

/* Appends the JSON object without its closing brace and "sum", which the journal
 * appends. */
bool event_write(const struct event *e, const struct blobs *blobs, struct str *line,
		 struct err *err);

/* ERR_PARSE when a known type lacks a required member or has an invalid one. An
 * unknown type gives EVENT_UNKNOWN. */
bool event_read(const struct cJSON *object, const struct blobs *blobs, struct event *e,
		struct err *err);
void event_fini(struct event *e); /* only after event_read() */

/* Writes findings as the JSON array of EVENT_LINT, and reads them. */
void event_write_diags(const struct diag_list *l, struct str *out);
bool event_read_diags(const struct cJSON *array, const struct diag_list **out, struct err *err);

/* Writes units as in EVENT_SUGGEST, and reads them (the caller frees *out). */
void event_write_units(const struct unit *v, size_t n, struct str *out);
bool event_read_units(const struct cJSON *array, struct unit **out, size_t *n, struct err *err);

/* The same for the origin of an undo node: EVENT_EDIT, EVENT_RENAME. */
void event_write_by(struct edit_by by, struct str *out);
bool event_read_by(const struct cJSON *value, struct edit_by *out);
void event_write_authors(const struct author_run *v, size_t n, struct str *out);
bool event_read_authors(const struct cJSON *array, struct author_run **out, size_t *n,
			struct err *err);

/* Appends text as an event without blobs has it: a string, or {"b64":...}. */
void event_write_bytes(const char *data, size_t len, struct str *out);

/* Appends the decoded text to out; false for anything else. */
bool event_read_bytes(const struct cJSON *value, struct str *out);

#endif
