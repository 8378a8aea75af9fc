/* highlight.h - syntax colours, line by line, with the lexer of
 * session/verilog/verilog.h.
 *
 * Caches the lexer state at the start of each line (code, inside a comment, inside a
 * Markdown fence) up to the last line asked for. An edit invalidates the states from
 * its line on, up to the first later line whose state comes out as before, so typing in
 * a file of a million lines costs one line, at most the lines on screen. After a far
 * jump the states catch up in steps; until then lines are coloured as if they began in
 * plain code.
 */
#ifndef POSEDGE_HIGHLIGHT_H
#define POSEDGE_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

enum syntax { SYNTAX_NONE, SYNTAX_VERILOG, SYNTAX_MARKDOWN };

struct highlight {
	enum syntax syntax;
	uint8_t *state; /* at the start of line i, for i < known */
	size_t known, cap;
	size_t held;   /* end of the old states kept after the last edits, if above known */
	size_t edited; /* the last line of these edits */
	/* of the text when states were last computed; 0: lines were added or removed */
	size_t lines;
};

void highlight_init(struct highlight *h, const char *path); /* syntax by the file name's suffix */
void highlight_fini(struct highlight *h);
/* line and anything after it may have changed */
void highlight_edited(struct highlight *h, size_t line);
/* Only line changed, and it is still one line. Old states are reused from the first
 * later line whose state is the same as before. */
void highlight_typed(struct highlight *h, size_t line);

/* Computes the states up to line, at most `most` lines per call; false: call again. */
bool highlight_reach(struct highlight *h, const struct text *t, size_t line, size_t most);

/* Writes one enum style per byte of line to styles, which has len bytes. text: the
 * line's bytes. */
void highlight_line(const struct highlight *h, size_t line, const char *text, size_t len,
		    uint8_t *styles);

/* Like highlight_line() for the line last given to highlight_typed(), with nothing
 * else changed since; on success the old states are valid again. False: the next
 * line may start in another state. text includes the line end. */
bool highlight_line_alone(struct highlight *h, size_t line, const char *text, size_t len,
			  uint8_t *styles);

/* Like highlight_line() for text outside a document; reads and advances *state. */
void highlight_text(enum syntax syntax, uint8_t *state, const char *text, size_t len,
		    uint8_t *styles);

#endif
