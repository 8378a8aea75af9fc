/* story_inner.h - how story.c's walk is put together; for story*.c only. */
#ifndef POSEDGE_STORY_INNER_H
#define POSEDGE_STORY_INNER_H

#include "session/export/story.h"
#include "session/journal/state.h"
#include "session/text/diff.h"

struct blobs;
struct provenance;

struct story_unit { /* beside a unit of a suggestion */
	uint64_t t_ms;
	char *was; /* the proposed line that an amendment replaced; NULL: none did */
};

struct open_suggestion { /* the state lets go of the texts, so they are kept here */
	struct suggestion *s;
	struct story_unit *units;
	size_t n, cap;
	struct str base, proposed; /* redacted, line by line */
	struct str move;	   /* the same: where the file moves; empty: it stays */
	uint64_t over;		   /* the event that it was applied by */
	bool changed;		   /* something else changed the file after it was applied */
};

struct followed { /* a document whose lines' authors are followed */
	char *path;
	struct provenance *p;
	bool stale; /* another program changed the file since: no edit of the old tree follows */
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
	char *changed; /* a document of which no version was kept yet; NULL: none */
	/* the file of the edits that the last moment stands for; NULL: it is another one */
	char *edited;
	struct edit_by edited_by;
	uint64_t edits, bytes_in, bytes_out;
	size_t kept; /* bytes in versions */
};

/* story_tell.c */

/* After state_apply(). */
bool story_tell(struct reader *rd, const struct event *e, struct err *err);
void story_tell_end(struct reader *rd); /* what is only known in the end */

/* story_lines.c */

void story_lines_fini(struct story_lines *l);
void open_suggestion_fini(struct open_suggestion *o);

/* Takes a SUGGEST event in. */
bool open_suggestion_init(struct open_suggestion *o, const struct redact *r, const struct event *e,
			  struct err *err);
void open_suggestion_split(struct open_suggestion *o, size_t i);
void open_suggestion_decide(struct open_suggestion *o, const struct event *e);
void open_suggestion_amend(struct open_suggestion *o, const struct redact *r,
			   const struct event *e);

/* Lines of units [first, last]; with all: with what stands around them. */
void open_suggestion_lines(const struct open_suggestion *o, size_t first, size_t last, bool all,
			   struct story_lines *out);

/* story_files.c */

void story_text_fini(struct story_text *t);

/* Around state_apply(), with the event that is applied. */
void story_files_before(struct reader *rd, const struct event *e);
void story_files_after(struct reader *rd, const struct event *e);
void story_files_end(struct reader *rd); /* what the files are in the end */
void story_files_fini(struct reader *rd);

#endif
