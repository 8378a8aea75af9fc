/* handin.h - one file that holds a design and how it came to be.
 *
 * NAME.posedge is a tar archive of regular files, 0600, without owner or time:
 *
 *     about.txt               "posedge hand-in 1", then the session, the seal, the code
 *     files/PATH              the design's files, as the seal lists them
 *     session/journal.jsonl   the session, whose last line is the seal
 *     session/texts/HASH      the texts it refers to
 *     session/runs/N/...      the recorded outputs of runs; no waves
 *     session/seal            see verify.h
 *     report.html             the session as a page to read (export.h); it proves nothing
 *
 * So `tar xf` opens it, and the ten lines of docs/session.md check it. Reading one is reading
 * what a stranger wrote: it is unpacked into a folder of its own and removed.
 */
#ifndef POSEDGE_HANDIN_H
#define POSEDGE_HANDIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/proof/verify.h"

struct sealed;
struct session;

#define AUTHORS 5 /* kinds in provenance.h */

struct handin {
	struct verification v;
	size_t lines[AUTHORS]; /* of the design's files, by enum author_kind */
	char *verdict;	       /* the last one, "" */
	struct strv changed;   /* files that are not as the seal lists them, or not there */
	struct strv extra;     /* files in it that neither the seal nor the journal names */
};

/* Writes the session, sealed just now, and its report (export_html()) to path; an
 * older file there is replaced. What is broken or missing in the session is so in the hand-in. */
bool handin_write(const struct session *s, const struct sealed *seal, const struct str *report,
		  const char *path, struct err *err);

/* What else is to be done with a hand-in while it lies unpacked below root, where
 * its session is SESSION; zero: nothing. */
struct handin_visit {
	void (*fn)(void *ctx, const char *root);
	void *ctx;
};
#define HANDIN_SESSION "handed-in"

/* False: not a hand-in, or it cannot be read. What is broken in it is in *out;
 * free it with handin_fini(). code may be NULL: see verify_session(). */
bool handin_read(const char *path, const char *code, struct handin_visit visit, struct handin *out,
		 struct err *err);

/* The same for a session that lies in dir, with the design's files below root. */
bool handin_look(const char *dir, const char *root, const char *code, struct handin *out,
		 struct err *err);
void handin_fini(struct handin *h);

#endif
