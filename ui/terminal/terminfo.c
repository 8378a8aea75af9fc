/* Terminfo, by its library; the only file that includes it.
 *
 * Attributes that a terminal cannot combine with colours (ncv) are left out where there
 * are colours, and dim where it has 256 colours, since styles have a colour for it.
 */
#include "config.h"

#include "ui/terminal/terminfo.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/base/str.h"

/* Last: these define many short names. */
#define NCURSES_NOMACROS
#include <curses.h>
#include <term.h>

static const char *const cap_names[CAPS] = {
	[CAP_BOLD] = "bold",   [CAP_CLEAR] = "clear",	   [CAP_DIM] = "dim",
	[CAP_ENTER] = "smcup", [CAP_ERASE] = "el",	   [CAP_HIDE] = "civis",
	[CAP_INDEX] = "ind",   [CAP_INDEX_N] = "indn",	   [CAP_LEAVE] = "rmcup",
	[CAP_MOVE] = "cup",    [CAP_PAIR] = "op",	   [CAP_REGION] = "csr",
	[CAP_REVERSE] = "rev", [CAP_REVERSE_INDEX] = "ri", [CAP_REVERSE_INDEX_N] = "rin",
	[CAP_PLAIN] = "sgr0",  [CAP_SET_BG] = "setab",	   [CAP_SET_FG] = "setaf",
	[CAP_SHOW] = "cnorm",  [CAP_UNDERLINE] = "smul",
};

/* A capability without its delays, $<...>. */
static char *capability(const char *name)
{
	const char *s = tigetstr(name), *end;
	struct str out = STR_INIT;

	if (!s || s == (char *)-1)
		return NULL;
	while (*s) {
		if (s[0] == '$' && s[1] == '<' && (end = strchr(s, '>')))
			s = end + 1;
		else
			str_addc(&out, *s++);
	}
	return str_take(&out);
}

static bool set_terminal(const char *name, struct err *err)
{
	int found;

	if (!name || !name[0])
		return err_set(err, ERR_TOOL,
			       "TERM is not set, so the terminal's abilities are unknown: try "
			       "TERM=xterm-256color posedge; "
			       "`posedge --plain` works line by line");
	if (setupterm((char *)name, 1, &found) != OK)
		return err_set(
			err, ERR_TOOL,
			"TERM=%s: terminfo does not know this terminal: try TERM=xterm-256color "
			"posedge, which fits nearly all; `posedge --plain` works line by line",
			name);
	return true;
}

struct terminfo *terminfo_open(const char *name, struct err *err)
{
	struct terminfo *t;

	if (!set_terminal(name, err))
		return NULL;
	t = mem_zalloc(sizeof(*t));
	for (int c = 0; c < CAPS; c++)
		t->cap[c] = capability(cap_names[c]);
	if (!t->cap[CAP_MOVE]) {
		err_set(err, ERR_TOOL,
			"TERM=%s: terminals of this type cannot move the cursor; if this "
			"one can, try TERM=xterm-256color "
			"posedge; `posedge --plain` works line by line",
			name);
		terminfo_close(t);
		return NULL;
	}
	if (t->cap[CAP_SET_FG] && t->cap[CAP_SET_BG])
		t->colours = tigetnum("colors");
	t->not_with_colours = tigetnum("ncv") > 0 ? tigetnum("ncv") : 0;
	t->ansi_move = strcmp(t->cap[CAP_MOVE], "\033[%i%p1%d;%p2%dH") == 0;
	t->keeps_style = tigetflag("msgr") > 0;
	t->last_scrolls = tigetflag("am") > 0 && tigetflag("xenl") <= 0;
	return t;
}

void terminfo_close(struct terminfo *t)
{
	if (!t)
		return;
	for (int c = 0; c < CAPS; c++)
		free(t->cap[c]);
	if (cur_term)
		del_curterm(cur_term);
	free(t);
}

void terminfo_add(const struct terminfo *t, enum cap c, struct str *out)
{
	str_adds(out, t->cap[c]);
}

void terminfo_add_with(const struct terminfo *t, enum cap c, int a, int b, struct str *out)
{
	str_adds(out, tparm(t->cap[c], (long)a, (long)b, 0L, 0L, 0L, 0L, 0L, 0L, 0L));
}

/* Sequences that reset the attributes but not the colours are older than ECMA-48's. */
static void add_plain(const struct terminfo *t, struct str *out)
{
	const char *plain = t->cap[CAP_PLAIN] ? t->cap[CAP_PLAIN] : "";

	str_adds(out, plain);
	if (t->colours > 0 && !strstr(plain, "[m") && !strstr(plain, "[0"))
		terminfo_add(t, CAP_PAIR, out);
}

void terminfo_add_look(const struct terminfo *t, enum theme theme, unsigned style, struct str *out)
{
	static const struct {
		unsigned flag;
		enum cap cap;
		int ncv;
	} attributes[] = {
		{ LOOK_UNDERLINE, CAP_UNDERLINE, 1 << 1 },
		{ LOOK_REVERSE, CAP_REVERSE, 1 << 2 },
		{ LOOK_DIM, CAP_DIM, 1 << 4 },
		{ LOOK_BOLD, CAP_BOLD, 1 << 5 },
	};
	bool colours = theme != THEME_MONO && t->colours >= 8;
	struct look l = theme_look(colours ? theme : THEME_MONO, style);
	int fg = !colours ? -1 : t->colours >= 256 ? l.fg : l.fg8;
	int bg = !colours ? -1 : t->colours >= 256 ? l.bg : l.bg8;
	int never = fg >= 0 || bg >= 0 ? t->not_with_colours : 0;
	size_t before = out->len;

	if (colours && t->colours >= 256) /* they have a colour of their own for it */
		l.flags &= ~(unsigned)LOOK_DIM;
	add_plain(t, out);
	if (out->len == before) /* what it set could not be taken back */
		return;
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++)
		if (l.flags & attributes[i].flag && !(never & attributes[i].ncv))
			terminfo_add(t, attributes[i].cap, out);
	if (fg >= 0)
		terminfo_add_with(t, CAP_SET_FG, fg, 0, out);
	if (bg >= 0)
		terminfo_add_with(t, CAP_SET_BG, bg, 0, out);
}
