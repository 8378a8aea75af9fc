/* handin.h - one file with a design and the session that produced it.
 *
 * NAME.posedge is a tar archive of regular files, 0600, without owner or time:
 *
 *     about.txt               "posedge hand-in 1", then the session, the seal, the code
 *     files/PATH              the design's files, as the seal lists them
 *     session/journal.jsonl   the session, whose last line is the seal
 *     session/texts/HASH      the texts it refers to
 *     session/runs/N/...      the recorded outputs of runs; no waves
 *     session/seal            see verify.h
 *     report.html             the session as a page to read (export.h); it is not signed,
 *                             since it is made after the seal that it shows
 *
 * So `tar xf` unpacks it, and the ten lines of docs/session.md check it. A hand-in
 * comes from a stranger: it is read by unpacking it into a new folder, which is
 * removed afterwards.
 */
#ifndef POSEDGE_HANDIN_H
#define POSEDGE_HANDIN_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/proof/verify.h"

struct sealed;
struct session;

#define AUTHORS 5 /* number of kinds in provenance.h */

struct handin {
	struct verification v;
	size_t lines[AUTHORS]; /* in the design's files up to PROVENANCE_LIMIT, by enum
				* author_kind */
	char *verdict;	       /* the last verdict, or "" */
	struct strv changed;   /* files that differ from the seal or are missing */
	struct strv extra;     /* files that neither the seal nor the journal names */
	bool report;	       /* it has a report.html, which nothing signs */
};

/* Writes the session, which was just sealed, and its report (export_html()) to
 * path, replacing an older file. Anything broken or missing in the session is so in
 * the hand-in too. */
bool handin_write(const struct session *s, const struct sealed *seal, const struct str *report,
		  const char *path, struct err *err);

/* Called while a hand-in is unpacked below root, with its session under the name
 * HANDIN_SESSION; fn may be NULL. */
struct handin_visit {
	void (*fn)(void *ctx, const char *root);
	void *ctx;
};
#define HANDIN_SESSION "handed-in"

/* False when the file is not a hand-in or cannot be read. *out lists what is broken
 * in it; free it with handin_fini(). code may be NULL: see verify_session(). */
bool handin_read(const char *path, const char *code, struct handin_visit visit, struct handin *out,
		 struct err *err);

/* Like handin_read() for a session in folder dir, with the design's files below
 * root. */
bool handin_look(const char *dir, const char *root, const char *code, struct handin *out,
		 struct err *err);
void handin_fini(struct handin *h);

#endif
