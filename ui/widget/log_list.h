/* log_list.h - lines for the log pane: a list that keeps the newest.
 *
 * Each line has a style and may name a place in a file. Above the limit the
 * oldest go, and are counted. What is looked at (top, chosen, filter) is here
 * too: long lines go on in the next row, those of a table are cut until they
 * are chosen. Owns all strings.
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
	char *path;    /* NULL: no place */
	int line, col; /* from 1; 0: not known */
	uint8_t style;
};

struct log_list {
	struct log_line *v; /* a ring of cap lines, the oldest at first */
	size_t n, cap, first;
	size_t limit; /* from log_list_init(): LOG_LINES */
	size_t dropped;
	size_t chosen, top; /* counted among the lines that pass the filter */
	bool follow;	    /* stays at the newest */
	char *filter;	    /* NULL: all */
	/* those that pass it, counted from the first ever: [pass_first, pass_first +
	 * n_passing) */
	size_t *passing;
	size_t n_passing, pass_first, cap_passing;
	bool table; /* lines are cut, not wrapped */
	bool whole; /* but the chosen one */
};

void log_list_init(struct log_list *l);
void log_list_fini(struct log_list *l);
void log_list_clear(struct log_list *l); /* the lines, not the filter */

void log_list_add(struct log_list *l, uint8_t style, const char *text, size_t len, const char *path,
		  int line, int col);
void log_list_replace(struct log_list *l, uint8_t style, const char *text, size_t len,
		      int line); /* the newest; there is one */
void log_list_puts(struct log_list *l, uint8_t style, const char *text); /* each of its lines */

void log_list_filter(struct log_list *l, const char *word); /* NULL or "": all */
size_t log_list_shown(const struct log_list *l);	    /* how many pass */
const struct log_line *log_list_at(const struct log_list *l,
				   size_t i); /* among those; NULL: none */

/* Among all lines, whether they pass or not; i is below n. */
const struct log_line *log_list_any(const struct log_list *l, size_t i);

void log_list_move(struct log_list *l, long by);

/* On a screen of rows x cols. */
void log_list_view(struct log_list *l, int rows, int cols); /* keeps the chosen line on it */
bool log_list_wraps(const struct log_list *l, size_t i);
int log_list_rows(const struct log_list *l, size_t i, int cols); /* that a line takes */
size_t log_list_line(const struct log_list *l, int row,
		     int cols); /* which one stands there; may be after the last */

#endif
