/* Fits a model's answer to the text around the cursor. Models tend to repeat the text
 * before the cursor and to continue into the text after it, so the longest overlap is
 * cut off at both ends. An overlap needs OVERLAP_MIN non-blank bytes, because a
 * shorter one may be intended: `end` after `end` is normal. The cursor's own line is
 * an exception; a repetition of it is cut off however short it is. An answer that
 * defines an existing module or adds nothing is refused with a reason.
 */
#include "config.h"

#include "session/flow/complete.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/slice.h"
#include "session/verilog/verilog.h"

#define OVERLAP_MIN 4u /* non-blank bytes; a shorter overlap may be intended */

/* Places ------------------------------------------------------------------------------- */

/* Cuts off the number after the last colon and returns it; 0: there is none. */
static long take_number(char *s)
{
	char *colon = strrchr(s, ':'), *end;
	long n;

	if (!colon || !colon[1] || strspn(colon + 1, "0123456789") != strlen(colon + 1))
		return 0;
	n = strtol(colon + 1, &end, 10);
	*colon = '\0';
	return n > 0 && n < INT_MAX ? n : 0;
}

bool complete_place(const char *given, char **path, int *line, int *col, struct err *err)
{
	char *name = mem_strdup(given);
	long last = take_number(name), first = last ? take_number(name) : 0;

	*path = NULL;
	if (!last || !name[0]) {
		free(name);
		return err_set(err, ERR_USAGE, "%s: FILE:LINE or FILE:LINE:COLUMN was expected",
			       given);
	}
	*path = name;
	*line = (int)(first ? first : last);
	*col = first ? (int)last : 0;
	return true;
}

bool complete_at(const char *text, size_t len, int line, int col, size_t *off)
{
	struct slice rest = { text, len }, l = { text, 0 };

	for (int i = 0; i < line; i++) {
		if (rest.n == 0 && i > 0 && !(l.n && l.p[l.n - 1] == '\n'))
			return false;
		l = slice_line(&rest);
		if (l.n == 0)
			l.p = text + len;
	}
	l = slice_chomp(l);
	*off = (size_t)((l.p ? l.p : text) - text) +
	       (col > 0 && (size_t)col - 1 < l.n ? (size_t)col - 1 : l.n);
	return true;
}

void complete_around(const char *text, size_t len, size_t off, size_t *from, size_t *to)
{
	*from = off > COMPLETE_BEFORE_MAX ? off - COMPLETE_BEFORE_MAX : 0;
	while (*from && *from < off && text[*from - 1] != '\n')
		++*from;
	*to = len - off > COMPLETE_BEHIND_MAX ? off + COMPLETE_BEHIND_MAX : len;
	while (*to<len && * to> off && text[*to - 1] != '\n')
		--*to;
}

/* Answers ------------------------------------------------------------------------------- */

static size_t solid(const char *s, size_t n)
{
	size_t some = 0;

	for (size_t i = 0; i < n; i++)
		some += !strchr(" \t\r\n", s[i]);
	return some;
}

/* Length of a repetition of the cursor's line, up to the cursor, at the start of the
 * answer. Ignores indentation; may be short. */
static size_t repeats_line(struct slice a, const char *text, size_t off)
{
	size_t from = off, skip = 0;

	while (from && text[from - 1] != '\n')
		from--;
	while (from < off && strchr(" \t", text[from]))
		from++;
	while (skip < a.n && strchr(" \t\n", a.p[skip]))
		skip++;
	return from < off && a.n - skip >= off - from &&
			       memcmp(a.p + skip, text + from, off - from) == 0
		       ? skip + off - from
		       : 0;
}

/* Length of the longest overlap of the text before the cursor with the start of the answer. */
static size_t repeats_before(struct slice a, const char *text, size_t off)
{
	size_t most = off < a.n ? off : a.n;

	for (size_t k = most; k > 0; k--)
		if (memcmp(a.p, text + off - k, k) == 0 && solid(a.p, k) >= OVERLAP_MIN)
			return k;
	return repeats_line(a, text, off);
}

static size_t repeats_behind(struct slice a, const char *text, size_t len, size_t off)
{
	size_t most = len - off < a.n ? len - off : a.n;

	for (size_t k = most; k > 0; k--)
		if (memcmp(a.p + a.n - k, text + off, k) == 0 &&
		    solid(text + off, k) >= OVERLAP_MIN)
			return k;
	return 0;
}

/* The complete module that contains off. */
static const struct vmodule *around(const struct voutline *o, size_t off)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->modules[i].end_line && o->modules[i].off < off && off < o->modules[i].end)
			return &o->modules[i];
	return NULL;
}

/* True if the answer defines a module that the text has, or begins any module inside one. */
static bool writes_module(const char *answer, size_t n, const char *text, size_t len, size_t off,
			  struct str *why)
{
	const struct vmodule *outer;
	struct voutline a, b;
	bool again = false;

	voutline_init(&a, answer, n);
	voutline_init(&b, text, len);
	for (size_t i = 0; i < a.n && !again; i++)
		if (voutline_module(&b, a.modules[i].name)) {
			str_addf(why, "it writes %s again", a.modules[i].name);
			again = true;
		}
	outer = a.n && !again ? around(&b, off) : NULL;
	if (outer)
		str_addf(why, "it begins %s inside of %s", a.modules[0].name, outer->name);
	voutline_fini(&a);
	voutline_fini(&b);
	return again || outer;
}

static size_t count_lines(struct slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n + 1;
}

/* s: a line from its directive. True if that has its argument; of `define the text as well. A
 * macro that is used may begin anything. */
static bool directive_is_done(struct slice s)
{
	static const struct {
		const char *name;
		int words;
	} rows[] = {
		{ "celldefine", 0 },
		{ "default_nettype", 1 },
		{ "define", 2 },
		{ "else", 0 },
		{ "elsif", 1 },
		{ "endcelldefine", 0 },
		{ "endif", 0 },
		{ "ifdef", 1 },
		{ "ifndef", 1 },
		{ "include", 1 },
		{ "nounconnected_drive", 0 },
		{ "resetall", 0 },
		{ "timescale", 1 },
		{ "unconnected_drive", 1 },
		{ "undef", 1 },
	};
	struct slice name = slice_from(s, 1);
	int words = 0;

	name.n = slice_word(name);
	s = slice_from(s, 1 + name.n);
	while (slice_token(&s).n)
		words++;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (slice_is(name, rows[i].name))
			return words >= rows[i].words;
	return false;
}

/* True if the answer goes on with the word before off: `end` and "case". */
static bool goes_on_word(struct slice a, const char *text, size_t off)
{
	size_t from = off, n = slice_word(a);
	char word[32];

	while (from && off - from < sizeof(word) &&
	       slice_word((struct slice){ text + from - 1, 1 }))
		from--;
	if (from == off || n == 0 || off - from + n >= sizeof(word))
		return false;
	memcpy(word, text + from, off - from);
	memcpy(word + (off - from), a.p, n);
	return vkeyword(word, off - from + n, LANG_SV2017);
}

/* True if off is at the end of a line that is complete: anything written there would become
 * part of its comment or directive, or would join a statement that has ended. */
static bool line_is_done(const char *text, size_t len, size_t off)
{
	enum vlex_state state = VLEX_CODE;
	struct vtoken t;
	bool any = false, done = false; /* on this line so far */
	size_t directive = off;

	if (off < len && text[off] != '\n' && text[off] != '\r')
		return false;
	for (size_t at = 0; at < off; at = t.off + t.len) {
		struct slice s;

		t = vlex_next(text, len, at, &state);
		s = (struct slice){ text + t.off, t.off + t.len < off ? t.len : off - t.off };
		if (memchr(s.p, '\n', s.n)) {
			any = done = false;
			directive = off;
		}
		if (t.kind == VTOKEN_SPACE)
			continue;
		if (t.kind == VTOKEN_DIRECTIVE && !any)
			directive = t.off;
		any = true;
		done = slice_is(s, ";") || slice_is(s, "begin") ||
		       (t.kind == VTOKEN_KEYWORD && slice_starts(s, "end")) ||
		       (t.kind == VTOKEN_COMMENT && slice_starts(s, "//"));
	}
	return done || (directive < off &&
			directive_is_done((struct slice){ text + directive, off - directive }));
}

/* Starts a new line with the indentation of the cursor's line. */
static void begin_line(const char *text, size_t off, struct str *out)
{
	size_t from = off, to;

	while (from && text[from - 1] != '\n')
		from--;
	for (to = from; to < off && strchr(" \t", text[to]); to++)
		;
	str_addc(out, '\n');
	str_add(out, text + from, to - from);
}

bool complete_fit(const char *answer, size_t n, bool cut, const char *text, size_t len, size_t off,
		  struct str *out, struct str *why)
{
	struct slice a = { answer, n };
	size_t skip;

	if (writes_module(answer, n, text, len, off, why))
		return false;
	if (cut && memrchr(a.p, '\n', a.n))
		a.n = (size_t)((const char *)memrchr(a.p, '\n', a.n) - a.p);
	skip = repeats_before(a, text, off);
	a = slice_from(a, skip);
	a.n -= repeats_behind(a, text, len, off);
	while (a.n && off < len && text[off] == '\n' && a.p[a.n - 1] == '\n')
		a.n--; /* the text has a newline there */
	if (slice_blank(a))
		str_adds(why, "it has nothing that is not there already");
	else if (a.n > COMPLETE_BYTES_MAX || count_lines(a) > COMPLETE_LINES_MAX)
		str_addf(why, "it is more than %u lines or %u bytes", COMPLETE_LINES_MAX,
			 COMPLETE_BYTES_MAX);
	else {
		if (a.p[0] != '\n' && !goes_on_word(a, text, off) && line_is_done(text, len, off)) {
			while (a.n && strchr(" \t", a.p[0]))
				a = slice_from(a, 1);
			begin_line(text, off, out);
		}
		str_add(out, a.p, a.n);
	}
	return out->len > 0;
}
