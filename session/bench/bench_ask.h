/* bench_ask.h - one question of a suite, put to a backend as published.
 *
 * No session, no project and no file goes along: what is compared is the model. Who asks
 * much at a time is told so by the server; then all jobs wait together (struct
 * bench_pace), so that a limit of requests is met by waiting and not by failures.
 */
#ifndef POSEDGE_BENCH_ASK_H
#define POSEDGE_BENCH_ASK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/base/err.h"
#include "session/base/str.h"
#include "session/bench/bench_row.h"

struct backend_entry;
struct workbench;

#define BENCH_TRIES	 5u	    /* of one question that a busy server or the network refuses */
#define BENCH_PAUSE_MS	 1000u	    /* before the second; it doubles */
#define BENCH_ANSWER_MAX (4u << 20) /* bytes; a longer answer counts as cut */

/* When the next request may go; shared by all jobs of a run. */
struct bench_pace {
	uint64_t every_ms; /* between two requests; 0: no limit */
	uint64_t next;	   /* loop_now_ms(); not before that */
};

/* The backend of a run, open. */
struct bench_backend;

/* name: NULL: the one that is set. temperature: NULL: as its entry says. */
struct bench_backend *bench_backend_open(struct workbench *w, const char *name,
					 const char *temperature, struct err *err);
void bench_backend_close(struct bench_backend *b); /* NULL is fine */
const struct backend_entry *bench_backend_entry(const struct bench_backend *b);
const char *bench_backend_name(const struct bench_backend *b);
const char *bench_backend_model(const struct bench_backend *b); /* "" = the server's choice */

/* A talk: system, then question and answer in turn; ends with a question. */
struct bench_talk {
	struct strv texts;
};

struct bench_answer_got {
	struct str text;
	char *model; /* as the server told; NULL */
	bool cut;
	uint64_t ms;
	long in, out, cached; /* tokens; -1: not told */
	double cost;	      /* -1: not known */
};

/* In a task. False: there is no whole answer; the reason is err's. */
bool bench_ask(struct bench_backend *b, const struct bench_talk *t, struct bench_pace *pace,
	       struct bench_answer_got *out, struct err *err);
void bench_answer_got_fini(struct bench_answer_got *a);

#endif
