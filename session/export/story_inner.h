/* story_inner.h - internals of the walk in story.c; for story*.c only. */
#ifndef POSEDGE_STORY_INNER_H
#define POSEDGE_STORY_INNER_H

#include "session/export/story.h"
#include "session/journal/state.h"

struct provenance;

struct story_unit { /* data for a unit of a suggestion */
	uint64_t t_ms;
	char *was; /* proposed line that an amendment replaced; NULL: not amended */
};

struct open_suggestion { /* the state frees the texts of closed suggestions, so they are kept
			  * here */
	struct suggestion *s;
	struct story_unit *units;
	size_t n, cap;
	struct str base, proposed; /* redacted, line by line */
	struct str move;	   /* redacted: new path of the file; empty: not renamed */
	uint64_t over;		   /* the event that applied it */
	bool changed;		   /* the file was changed otherwise since */
};

struct followed { /* a document whose lines' authors are tracked */
	char *path;
	struct provenance *p;
	bool stale; /* another program changed the file since: edits of the old tree no longer
		     * apply */
};

struct reader {
	struct story *story;
	const struct redact *r;
	const struct blobs *blobs;
	struct state state;
	struct open_suggestion *open; /* parallel to story->suggestions */
	size_t cap_open;
	struct followed *docs;
	size_t n_docs, cap_docs;
	char *changed; /* a document with a change of which no version is kept yet; NULL: none */
	/* file of the edits combined in the last moment; NULL: that is not an edit */
	char *edited;
	struct edit_by edited_by;
	uint64_t edits, bytes_in, bytes_out;
	size_t kept; /* bytes in versions so far */
};

/* story_tell.c */

/* Call after state_apply(). */
bool story_tell(struct reader *rd, const struct event *e, struct err *err);
void story_tell_end(struct reader *rd); /* adds what is only known at the end */

/* story_lines.c */

void story_lines_fini(struct story_lines *l);
void open_suggestion_fini(struct open_suggestion *o);

/* Initializes *o from a SUGGEST event. */
bool open_suggestion_init(struct open_suggestion *o, const struct redact *r, const struct event *e,
			  struct err *err);
void open_suggestion_split(struct open_suggestion *o, size_t i);
void open_suggestion_decide(struct open_suggestion *o, const struct event *e);
void open_suggestion_amend(struct open_suggestion *o, const struct redact *r,
			   const struct event *e);

/* Lines of units [first, last]; with all: including context. */
void open_suggestion_lines(const struct open_suggestion *o, size_t first, size_t last, bool all,
			   struct story_lines *out);

/* story_files.c */

void story_text_fini(struct story_text *t);

/* Call before and after state_apply(), with the event. */
void story_files_before(struct reader *rd, const struct event *e);
void story_files_after(struct reader *rd, const struct event *e);
/* True if the recorded text of the document is known and has another hash. */
bool story_files_differ(const struct reader *rd, const char *path, const char *hash);
void story_files_end(struct reader *rd); /* records the final texts of the files */
void story_files_fini(struct reader *rd);

#endif
