/* export_html.h - the parts of the page; for export_html*.c only. */
#ifndef POSEDGE_EXPORT_HTML_H
#define POSEDGE_EXPORT_HTML_H

#include <stddef.h>
#include <stdint.h>

struct export_context;
struct story;
struct story_run;
struct str;

/* The files of page/ as they are, embedded by m4/embed.awk: the style and the
 * script without their tags, and the controls of the replay. */
extern const char export_page_style[];
extern const char export_page_script[];
extern const char export_page_replay[];

/* Adds text from outside as HTML text; controls and what is no UTF-8 become
 * marked escapes. In an attribute (between double quotes) without the mark. */
void html_text(struct str *out, const char *text, size_t len);
void html_attribute(struct str *out, const char *text, size_t len);

/* The same for what is a string here. */
void html_str(struct str *out, const struct str *s);
void html_c(struct str *out, const char *s);

void html_clock(struct str *out, uint64_t t_ms);	     /* in a time element */
void html_count(struct str *out, size_t n, const char *one); /* "1 line", "2 lines" */

/* A paragraph that keeps each blank and line end, as a person typed it. */
void html_typed(struct str *out, const char *text, size_t len);

/* Prose in Markdown. */
void html_prose(struct str *out, const char *text, size_t len);

/* All from the doctype to the end of the first section: the title, figures, the
 * course with the controls of the replay. */
void html_top(const struct story *s, const struct export_context *c, struct str *out);

/* The session as a strip: one column a moment, lanes for who did what. */
void html_strip(const struct story *s, struct str *out);

/* A picture of a run's waves, or why there is none. */
void html_wave(const struct story *s, const struct story_run *r, const struct export_context *c,
	       struct str *out);

/* The replay's data for the script, as JSON that cannot end its element. */
void html_data(const struct story *s, struct str *out);

#endif
