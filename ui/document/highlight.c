/* Colouring a line needs one byte of context: the lexer state at its start.
 *
 * The states at the starts of lines are a cache with a frontier (known). An edit moves
 * the frontier back to its line; painting moves it forward until a line starts in the
 * same state as before the edit, and from there on the old states are right again. So a
 * typed letter costs one line, and opening a block comment at the top of a long file
 * costs the lines on the screen.
 */
#include "config.h"

#include "ui/document/highlight.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/text/text.h"
#include "session/verilog/verilog.h"
#include "ui/look/theme.h"

/* Longer lines are not coloured; they are not meant to be read as source. */
#define LINE_LIMIT 65536

void highlight_init(struct highlight *h, const char *path)
{
	enum lang_file file = lang_file(path);

	memset(h, 0, sizeof(*h));
	if (file != LANG_FILE_OTHER && file != LANG_FILE_VHDL)
		h->syntax = SYNTAX_VERILOG;
	else if (str_ends(path, ".md"))
		h->syntax = SYNTAX_MARKDOWN;
}

void highlight_fini(struct highlight *h)
{
	free(h->state);
	memset(h, 0, sizeof(*h));
}

void highlight_edited(struct highlight *h, size_t line)
{
	if (h->known > line + 1)
		h->known = line + 1;
	h->held = 0;
	h->lines = 0;
}

void highlight_typed(struct highlight *h, size_t line)
{
	if (h->held <= h->known) { /* nothing is held yet */
		h->held = h->known;
		h->edited = line;
	}
	if (line > h->edited)
		h->edited = line;
	if (h->known > line + 1)
		h->known = line + 1;
}

/* Verilog ------------------------------------------------------------------- */

static uint8_t style_of(const struct vtoken *t)
{
	switch (t->kind) {
	case VTOKEN_COMMENT:
		return STYLE_COMMENT;
	case VTOKEN_DIRECTIVE:
		return STYLE_DIRECTIVE;
	case VTOKEN_KEYWORD:
		return STYLE_KEYWORD;
	case VTOKEN_SYSTEM:
		return STYLE_SYSTEM;
	case VTOKEN_NUMBER:
		return STYLE_NUMBER;
	case VTOKEN_STRING:
		return STYLE_STRING;
	default:
		return STYLE_TEXT;
	}
}

static void verilog_line(uint8_t *state, const char *text, size_t len, uint8_t *styles)
{
	enum vlex_state s = (enum vlex_state) * state;
	struct vtoken t;

	for (size_t off = 0; off < len;) {
		vlex_into(text, len, off, &s, &t);
		if (styles)
			memset(styles + t.off, style_of(&t), t.len);
		off = t.off + t.len;
	}
	*state = (uint8_t)s;
}

/* Markdown -------------------------------------------------------------------- */

enum { MD_TEXT, MD_FENCE };

static void markdown_spans(const char *text, size_t len, uint8_t *styles)
{
	bool code = false;

	for (size_t i = 0; i < len; i++) {
		bool tick = text[i] == '`';

		styles[i] = code || tick ? STYLE_CODE : STYLE_TEXT;
		if (tick)
			code = !code;
	}
}

/* Length of a requirement's label: R and a number at the start of a line or a list
 * item; 0: none. */
static size_t requirement(const char *text, size_t len)
{
	size_t i = 0, digits;

	while (i < len && strchr(" -*", text[i]))
		i++;
	if (i >= len || text[i] != 'R')
		return 0;
	for (digits = 0; i + 1 + digits < len && isdigit((unsigned char)text[i + 1 + digits]);
	     digits++)
		;
	return digits ? i + 1 + digits : 0;
}

static void markdown_line(uint8_t *state, const char *text, size_t len, uint8_t *styles)
{
	bool fence = len >= 3 && (memcmp(text, "```", 3) == 0 || memcmp(text, "~~~", 3) == 0);
	uint8_t was = *state;

	if (fence)
		*state = was == MD_FENCE ? MD_TEXT : MD_FENCE;
	if (!styles)
		return;
	if (fence || was == MD_FENCE) {
		memset(styles, STYLE_CODE, len);
	} else if (len && text[0] == '#') {
		memset(styles, STYLE_HEADING, len);
	} else {
		markdown_spans(text, len, styles);
		memset(styles, STYLE_HEADING, requirement(text, len));
	}
}

/* Both ------------------------------------------------------------------------- */

void highlight_text(enum syntax syntax, uint8_t *state, const char *text, size_t len,
		    uint8_t *styles)
{
	if (styles)
		memset(styles, STYLE_TEXT, len);
	if (len > LINE_LIMIT)
		return;
	if (syntax == SYNTAX_VERILOG)
		verilog_line(state, text, len, styles);
	else if (syntax == SYNTAX_MARKDOWN)
		markdown_line(state, text, len, styles);
}

bool highlight_reach(struct highlight *h, const struct text *t, size_t line, size_t most)
{
	struct str s = STR_INIT;

	h->lines = text_lines(t);
	if (h->syntax == SYNTAX_NONE)
		return true;
	if (h->known == 0) {
		h->cap = mem_grow((void **)&h->state, h->cap, 1, 1);
		h->state[h->known++] = 0;
	}
	while (h->known <= line && most > 0) {
		size_t start = text_line_start(t, h->known - 1), end = text_line_start(t, h->known);
		uint8_t state = h->state[h->known - 1];

		str_clear(&s);
		if (end - start <= LINE_LIMIT) {
			text_get(t, start, end - start, &s);
			highlight_text(h->syntax, &state, str_cstr(&s), s.len, NULL);
		}
		if (h->known < h->held && h->known > h->edited && h->state[h->known] == state) {
			h->known = h->held;
			continue;
		}
		h->cap = mem_grow((void **)&h->state, h->cap, h->known + 1, 1);
		h->state[h->known++] = state;
		most--;
	}
	str_free(&s);
	return h->known > line;
}

void highlight_line(const struct highlight *h, size_t line, const char *text, size_t len,
		    uint8_t *styles)
{
	uint8_t state = line < h->known ? h->state[line] : 0;

	highlight_text(h->syntax, &state, text, len, styles);
}

bool highlight_line_alone(struct highlight *h, size_t line, const char *text, size_t len,
			  uint8_t *styles)
{
	uint8_t state = line < h->known ? h->state[line] : 0;

	highlight_text(h->syntax, &state, text, len, styles);
	if (h->syntax == SYNTAX_NONE)
		return true;
	if (h->known != line + 1 || h->edited != line || h->held <= line ||
	    (h->held > line + 1 && h->state[line + 1] != state))
		return false;
	h->known = h->held;
	return true;
}
