/* All styles in four themes, as a table. A style is a role (a keyword, an added line),
 * never a colour; each has a second pair for terminals with 8 colours. In the mono
 * theme, and for people who do not see colours, every difference that matters is also
 * bold, underlined or reversed. -1 is the terminal's default colour.
 */
#include "config.h"

#include "ui/look/theme.h"

#include <string.h>

#define OWN (-1)

struct entry {
	char letter;
	struct look dark, light, safe;
	unsigned mono;
};

/* In the colour-blind-safe theme no pair differs only in red and green; it uses blue
 * and orange instead (Okabe and Ito's palette). */
static const struct entry table[STYLES] = {
	[STYLE_TEXT] = { ' ',
			 { OWN, OWN, OWN, OWN, 0 },
			 { OWN, OWN, OWN, OWN, 0 },
			 { OWN, OWN, OWN, OWN, 0 },
			 0 },
	[STYLE_DIM] = { '.',
			{ 244, OWN, OWN, OWN, LOOK_DIM },
			{ 245, OWN, OWN, OWN, LOOK_DIM },
			{ 244, OWN, OWN, OWN, LOOK_DIM },
			LOOK_DIM },
	[STYLE_TITLE] = { 't',
			  { 250, 237, 7, OWN, LOOK_UNDERLINE },
			  { 238, 253, OWN, OWN, LOOK_UNDERLINE },
			  { 250, 237, 7, OWN, LOOK_UNDERLINE },
			  LOOK_UNDERLINE },
	[STYLE_FOCUS] = { 'T',
			  { 255, 25, 7, 4, LOOK_BOLD },
			  { 255, 25, 7, 4, LOOK_BOLD },
			  { 255, 25, 7, 4, LOOK_BOLD },
			  LOOK_REVERSE | LOOK_BOLD },
	[STYLE_STATUS] = { 's',
			   { 250, 236, 7, OWN, 0 },
			   { 236, 254, OWN, OWN, 0 },
			   { 250, 236, 7, OWN, 0 },
			   0 },
	[STYLE_KEYWORD] = { 'k',
			    { 75, OWN, 6, OWN, 0 },
			    { 25, OWN, 4, OWN, 0 },
			    { 75, OWN, 6, OWN, 0 },
			    LOOK_BOLD },
	[STYLE_COMMENT] = { 'c',
			    { 245, OWN, OWN, OWN, LOOK_DIM },
			    { 243, OWN, OWN, OWN, LOOK_DIM },
			    { 245, OWN, OWN, OWN, LOOK_DIM },
			    LOOK_DIM },
	[STYLE_STRING] = { 'q',
			   { 150, OWN, 2, OWN, 0 },
			   { 28, OWN, 2, OWN, 0 },
			   { 179, OWN, 3, OWN, 0 },
			   0 },
	[STYLE_NUMBER] = { 'n',
			   { 180, OWN, 3, OWN, 0 },
			   { 94, OWN, 3, OWN, 0 },
			   { 180, OWN, 3, OWN, 0 },
			   0 },
	[STYLE_DIRECTIVE] = { 'd',
			      { 176, OWN, 5, OWN, 0 },
			      { 90, OWN, 5, OWN, 0 },
			      { 175, OWN, 5, OWN, 0 },
			      LOOK_BOLD },
	[STYLE_SYSTEM] = { 'y',
			   { 80, OWN, 6, OWN, 0 },
			   { 23, OWN, 6, OWN, 0 },
			   { 80, OWN, 6, OWN, 0 },
			   0 },
	[STYLE_HEADING] = { 'h',
			    { 75, OWN, 6, OWN, LOOK_BOLD },
			    { 25, OWN, 4, OWN, LOOK_BOLD },
			    { 75, OWN, 6, OWN, LOOK_BOLD },
			    LOOK_BOLD },
	[STYLE_CODE] = { 'o',
			 { 150, OWN, 2, OWN, 0 },
			 { 28, OWN, 2, OWN, 0 },
			 { 179, OWN, 3, OWN, 0 },
			 0 },
	[STYLE_ERROR] = { 'E',
			  { 203, OWN, 1, OWN, LOOK_BOLD },
			  { 160, OWN, 1, OWN, LOOK_BOLD },
			  { 208, OWN, 3, OWN, LOOK_BOLD },
			  LOOK_BOLD | LOOK_REVERSE },
	[STYLE_RISK] = { 'R',
			 { 221, OWN, 3, OWN, 0 },
			 { 130, OWN, 3, OWN, 0 },
			 { 227, OWN, 3, OWN, LOOK_UNDERLINE },
			 LOOK_BOLD },
	[STYLE_GOOD] = { 'G',
			 { 114, OWN, 2, OWN, 0 },
			 { 28, OWN, 2, OWN, 0 },
			 { 75, OWN, 4, OWN, 0 },
			 0 },
	[STYLE_ADDED] = { '+',
			  { 157, 22, 2, OWN, 0 },
			  { 22, 194, 2, OWN, 0 },
			  { 153, 17, 4, OWN, 0 },
			  LOOK_BOLD },
	[STYLE_REMOVED] = { '-',
			    { 217, 52, 1, OWN, 0 },
			    { 88, 224, 1, OWN, 0 },
			    { 230, 94, 3, OWN, 0 },
			    LOOK_DIM },
	[STYLE_YOU] = { 'U',
			{ 117, OWN, 6, OWN, LOOK_BOLD },
			{ 25, OWN, 4, OWN, LOOK_BOLD },
			{ 117, OWN, 6, OWN, LOOK_BOLD },
			LOOK_BOLD },
	[STYLE_MODEL] = { 'M',
			  { 183, OWN, 5, OWN, LOOK_BOLD },
			  { 91, OWN, 5, OWN, LOOK_BOLD },
			  { 180, OWN, 5, OWN, LOOK_BOLD },
			  LOOK_BOLD | LOOK_UNDERLINE },
	[STYLE_ESCAPE] = { 'x',
			   { 213, OWN, 5, OWN, 0 },
			   { 127, OWN, 5, OWN, 0 },
			   { 213, OWN, 5, OWN, 0 },
			   LOOK_REVERSE },
	[STYLE_KEY] = { 'K',
			{ 229, OWN, 3, OWN, LOOK_BOLD },
			{ 25, OWN, 4, OWN, LOOK_BOLD },
			{ 229, OWN, 3, OWN, LOOK_BOLD },
			LOOK_BOLD },
	[STYLE_CHOSEN] = { 'C',
			   { 255, 24, 7, 4, 0 },
			   { 16, 153, 0, 6, 0 },
			   { 255, 24, 7, 4, 0 },
			   LOOK_REVERSE },
	[STYLE_BADGE] = { 'B',
			  { 16, 221, 0, 3, LOOK_BOLD },
			  { 255, 94, 7, 1, LOOK_BOLD },
			  { 16, 227, 0, 3, LOOK_BOLD },
			  LOOK_REVERSE | LOOK_BOLD },
};

bool theme_parse(const char *name, enum theme *t)
{
	static const char *const names[] = { "dark", "light", "mono", "safe" };

	for (int i = 0; i < 4; i++) {
		if (strcmp(names[i], name) == 0) {
			*t = (enum theme)i;
			return true;
		}
	}
	return false;
}

struct look theme_look(enum theme t, unsigned style)
{
	unsigned role = style & 0xff;
	const struct entry *e = &table[role < STYLES ? role : STYLE_TEXT];
	struct look l = { OWN, OWN, OWN, OWN, e->mono };

	if (t != THEME_MONO)
		l = t == THEME_LIGHT ? e->light : t == THEME_SAFE ? e->safe : e->dark;
	if (style & STYLE_BAR && t != THEME_MONO && l.bg == OWN) {
		struct look bar = theme_look(t, STYLE_STATUS);

		l.bg = bar.bg;
		l.bg8 = bar.bg8;
	}
	if (style & STYLE_SELECTED)
		l.flags ^= LOOK_REVERSE;
	if (style & STYLE_MATCH)
		l.flags |= LOOK_BOLD | LOOK_UNDERLINE;
	if (style & STYLE_BOLD)
		l.flags |= LOOK_BOLD;
	if (style & STYLE_UNDERLINE)
		l.flags |= LOOK_UNDERLINE;
	return l;
}

char style_letter(unsigned style)
{
	unsigned role = style & 0xff;

	return role < STYLES ? table[role].letter : '?';
}
