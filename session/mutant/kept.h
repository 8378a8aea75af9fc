/* kept.h - what the last `coverage` and `mutants` of a session found, for later.
 *
 * Two files of the session's folder, coverage.json and mutants.json, which the journal
 * knows nothing of: they can be made again at any time. Who reads them holds them
 * against the texts as they are: lines are those of the texts as they were run.
 * Owns what it reads; knows no screen.
 */
#ifndef POSEDGE_KEPT_H
#define POSEDGE_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "session/base/err.h"

struct coverage_report;
struct mutants_report;
struct str;
struct strv;

#define KEPT_BYTES_MAX (8u << 20) /* of a file; a longer one is not read, and not written */
#define KEPT_TEXT_MAX  (1u << 20) /* of a source; a longer one is not kept */
#define KEPT_FILES_MAX 1000u
#define KEPT_LINES_MAX 100000u /* of a file that are not reached; later ones are left out */

struct kept_file {
	char *path;
	char *text;  /* as it was run */
	int *missed; /* lines that nothing reached, from 1, in order */
	size_t n;
};

struct kept_coverage {
	char *words; /* as `coverage` printed it */
	struct kept_file *v;
	size_t n;
};

struct kept_mutant {
	char *path, *kind, *before, *after; /* as in struct mutant_result */
	int line;
};

struct kept_mutants {
	char *testbench;
	char *score;	       /* "notices 27 of 31 mutants" */
	struct kept_mutant *v; /* those that survived */
	size_t n;
};

/* dir: the session's folder. Each takes the place of the one before. ERR_IO; ERR_LIMIT.
 * left: a sentence is added for each file that is not kept, or not all of it. */
bool kept_coverage_write(const char *dir, const struct coverage_report *r, const char *words,
			 struct strv *left, struct err *err);
bool kept_mutants_write(const char *dir, const struct mutants_report *m, struct err *err);

/* ERR_NOT_FOUND: there is none yet; ERR_PARSE: it is not ours. Then *out is empty. */
bool kept_coverage_read(const char *dir, struct kept_coverage *out, struct err *err);
bool kept_mutants_read(const char *dir, struct kept_mutants *out, struct err *err);
void kept_coverage_fini(struct kept_coverage *c);
void kept_mutants_fini(struct kept_mutants *m);

/* Line l of a text, from 1, without what stands before and after it. */
void kept_line(const char *text, size_t len, int l, struct str *out);

#endif
