/* run_texts.h - whether the files are still as the last run was given them.
 *
 * Keeps, for each file of the run, the node of its undo tree: an undo back to that node
 * restores the text that ran. A file that is first opened after the run is compared with
 * the text that it had then, so a change by another program in between is not noticed.
 * Knows no tool and no verdict.
 */
#ifndef POSEDGE_RUN_TEXTS_H
#define POSEDGE_RUN_TEXTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct event;
struct run_text;
struct state;

struct run_texts { /* zero: no run yet */
	struct run_text *v;
	size_t n;
	size_t edited; /* number of files whose text is another one now */
	bool known;    /* there was a run */
};

void run_texts_fini(struct run_texts *t);

/* e was recorded, and s is the state after it. Runs that only confirm another, or of
 * hypothetical texts, are ignored. */
void run_texts_follow(struct run_texts *t, const struct state *s, const struct event *e);

#endif
