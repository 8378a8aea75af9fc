/* kept.h - stores the results of a session's last `coverage` and `mutants`.
 *
 * Two files in the session's folder, coverage.json and mutants.json; the journal
 * does not refer to them, since they can be made again at any time. Line numbers
 * refer to the texts of the run, so readers must compare them with the current
 * texts. Owns what it reads; knows no screen.
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

#define KEPT_BYTES_MAX (8u << 20) /* per file; longer ones are neither read nor written */
#define KEPT_TEXT_MAX  (1u << 20) /* per source; longer ones are not stored */
#define KEPT_FILES_MAX 1000u
#define KEPT_LINES_MAX 100000u /* unreached lines per file; later ones are left out */

struct kept_file {
	char *path;
	char *text;  /* text during the run */
	int *missed; /* line numbers that nothing reached, from 1, ascending */
	size_t n;
};

struct kept_coverage {
	char *words; /* as printed by `coverage` */
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
	struct kept_mutant *v; /* the survivors */
	size_t n;
};

/* dir: the session's folder. Replaces the previous file. Fails with ERR_IO or
 * ERR_LIMIT. Adds to left a sentence for each file that is not stored, or not
 * completely. */
bool kept_coverage_write(const char *dir, const struct coverage_report *r, const char *words,
			 struct strv *left, struct err *err);
bool kept_mutants_write(const char *dir, const struct mutants_report *m, struct err *err);

/* Fails with ERR_NOT_FOUND if there is none yet, ERR_PARSE if it is invalid; *out
 * is then empty. */
bool kept_coverage_read(const char *dir, struct kept_coverage *out, struct err *err);
bool kept_mutants_read(const char *dir, struct kept_mutants *out, struct err *err);
/* 0 if the coverage, a struct kept_coverage, was counted with that text, and nothing reached
 * the line; else 1. */
size_t kept_line_rank(const void *coverage, const char *path, const char *text, size_t len,
		      int line);
void kept_coverage_fini(struct kept_coverage *c);
void kept_mutants_fini(struct kept_mutants *m);

/* Adds line l of a text, from 1, without leading and trailing blanks. */
void kept_line(const char *text, size_t len, int l, struct str *out);

#endif
