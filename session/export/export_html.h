/* export_html.h - parts of the HTML page; for export_html*.c only. */
#ifndef POSEDGE_EXPORT_HTML_H
#define POSEDGE_EXPORT_HTML_H

#include <stddef.h>
#include <stdint.h>

struct export_context;
struct story;
struct story_run;
struct str;

/* The files of page/, embedded by m4/embed.awk: the style and the script without
 * their tags, and the controls of the replay. */
extern const char export_page_style[];
extern const char export_page_script[];
extern const char export_page_replay[];

/* Appends text from outside as HTML text; control characters and invalid UTF-8 become marked
 * escapes. In an attribute (between double quotes) the escapes are not marked. */
void html_text(struct str *out, const char *text, size_t len);
void html_attribute(struct str *out, const char *text, size_t len);

/* Like html_text() for other string types. */
void html_str(struct str *out, const struct str *s);
void html_c(struct str *out, const char *s);

void html_clock(struct str *out, uint64_t t_ms);	     /* in a time element */
void html_count(struct str *out, size_t n, const char *one); /* "1 line", "2 lines" */

/* A paragraph that preserves blanks and line breaks, as typed by a user. */
void html_typed(struct str *out, const char *text, size_t len);

/* Prose in Markdown. */
void html_prose(struct str *out, const char *text, size_t len);

/* Everything from the doctype to the end of the first section: title, figures, and
 * the timeline with the controls of the replay. */
void html_top(const struct story *s, const struct export_context *c, struct str *out);

/* The session as a strip: one column per moment, one lane per actor. */
void html_strip(const struct story *s, struct str *out);

/* A picture of a run's waves, or the reason why there is none. */
void html_wave(const struct story *s, const struct story_run *r, const struct export_context *c,
	       struct str *out);

/* Data for the replay script, as JSON that cannot close its script element. */
void html_data(const struct story *s, struct str *out);

#endif
