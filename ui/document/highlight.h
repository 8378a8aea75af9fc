/* highlight.h - syntax colours, line by line, by session/verilog/verilog.h's lexer.
 *
 * What holds at the start of each line (code, inside a comment, inside a
 * Markdown fence) is remembered up to the last line that was asked for, and
 * forgotten from the line of an edit on, up to the line that starts as before;
 * so typing in a million lines costs that line, at most those on screen. A jump
 * far ahead is caught up with in steps: until then
 * lines are coloured as if they began in plain code.
 */
#ifndef POSEDGE_HIGHLIGHT_H
#define POSEDGE_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct str;
struct text;

enum syntax { SYNTAX_NONE, SYNTAX_VERILOG, SYNTAX_MARKDOWN };

struct highlight {
	enum syntax syntax;
	uint8_t *state; /* at the start of line i, for i < known */
	size_t known, cap;
	size_t held;   /* states from before the last edits are kept up to here, if above known */
	size_t edited; /* the last line of these edits */
	size_t lines; /* in the text when states were last learnt; 0: lines were added or removed */
};

void highlight_init(struct highlight *h, const char *path); /* by its ending */
void highlight_fini(struct highlight *h);
void highlight_edited(struct highlight *h, size_t line); /* that line or what follows changed */
/* Only within that line. As soon as a line after it starts as before, the rest
 * does too. */
void highlight_typed(struct highlight *h, size_t line);

/* Learns the states up to line, at most so many lines at once; false: there is
 * more to do. */
bool highlight_reach(struct highlight *h, const struct text *t, size_t line, size_t most);

/* One enum style for each byte of line, whose text is given; styles has len
 * bytes. */
void highlight_line(const struct highlight *h, size_t line, const char *text, size_t len,
		    uint8_t *styles);

/* The same for the line last given to highlight_typed(), if nothing else has changed since:
 * afterwards the states are known again. False: the next line may start in another state.
 * text: with its line end. */
bool highlight_line_alone(struct highlight *h, size_t line, const char *text, size_t len,
			  uint8_t *styles);

/* The same for a text without a document, in a known state, which is moved on. */
void highlight_text(enum syntax syntax, uint8_t *state, const char *text, size_t len,
		    uint8_t *styles);

#endif
