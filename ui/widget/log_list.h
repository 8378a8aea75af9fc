/* log_list.h - lines for the log pane: a bounded list that keeps the newest.
 *
 * A line has a style and may refer to a position in a file. Above the limit the oldest
 * lines are dropped, and counted. The view state (top, chosen, filter) is here too:
 * long lines are wrapped, those of a table cut until they are chosen. Owns all strings.
 */
#ifndef POSEDGE_LOG_LIST_H
#define POSEDGE_LOG_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LOG_LINES      20000
#define LOG_LINE_BYTES 4096

struct log_line {
	char *text;
	char *path;    /* NULL: no position */
	int line, col; /* from 1; 0: not known */
	uint8_t style;
};

struct log_list {
	struct log_line *v; /* a ring of cap lines; first is the oldest */
	size_t n, cap, first;
	size_t limit; /* from log_list_init(): LOG_LINES */
	size_t dropped;
	size_t chosen, top; /* indices among the lines that pass the filter */
	bool follow;	    /* keep the newest line in view */
	char *filter;	    /* NULL: no filter */
	/* serial numbers (since the first line ever) of the lines that pass the
	 * filter: entries [pass_first, pass_first + n_passing) */
	size_t *passing;
	size_t n_passing, pass_first, cap_passing;
	bool table; /* cut long lines instead of wrapping */
	bool whole; /* except the chosen one */
};

void log_list_init(struct log_list *l);
void log_list_fini(struct log_list *l);
void log_list_clear(struct log_list *l); /* removes the lines, keeps the filter */

void log_list_add(struct log_list *l, uint8_t style, const char *text, size_t len, const char *path,
		  int line, int col);
/* Replaces the newest line; there must be one. */
void log_list_replace(struct log_list *l, uint8_t style, const char *text, size_t len, int line);
/* one entry per line of text */
void log_list_puts(struct log_list *l, uint8_t style, const char *text);

void log_list_filter(struct log_list *l, const char *word); /* NULL or "": no filter */
/* number of lines that pass the filter */
size_t log_list_shown(const struct log_list *l);
/* The i-th line that passes the filter; NULL: none. */
const struct log_line *log_list_at(const struct log_list *l, size_t i);

/* The i-th of all lines, filtered or not; i < n. */
const struct log_line *log_list_unfiltered_at(const struct log_list *l, size_t i);

void log_list_move(struct log_list *l, long by);

/* For a screen of rows x cols. */
void log_list_view(struct log_list *l, int rows, int cols); /* scrolls to the chosen line */
bool log_list_wraps(const struct log_list *l, size_t i);
int log_list_rows(const struct log_list *l, size_t i, int cols); /* height of line i */

#endif
