/* Names of keys, "Ctrl-Shift-Left", both ways: for bindings, menus and help. */
#include "config.h"

#include <ctype.h>
#include <string.h>

#include "session/base/utf8.h"
#include "ui/terminal/keys.h"

static const char *const names[KEY_CODES] = {
	[KEY_ENTER] = "Enter",
	[KEY_TAB] = "Tab",
	[KEY_BACKSPACE] = "Backspace",
	[KEY_ESCAPE] = "Esc",
	[KEY_UP] = "Up",
	[KEY_DOWN] = "Down",
	[KEY_LEFT] = "Left",
	[KEY_RIGHT] = "Right",
	[KEY_HOME] = "Home",
	[KEY_END] = "End",
	[KEY_PAGE_UP] = "PageUp",
	[KEY_PAGE_DOWN] = "PageDown",
	[KEY_INSERT] = "Insert",
	[KEY_DELETE] = "Delete",
	[KEY_F1] = "F1",
	[KEY_F2] = "F2",
	[KEY_F3] = "F3",
	[KEY_F4] = "F4",
	[KEY_F5] = "F5",
	[KEY_F6] = "F6",
	[KEY_F7] = "F7",
	[KEY_F8] = "F8",
	[KEY_F9] = "F9",
	[KEY_F10] = "F10",
	[KEY_F11] = "F11",
	[KEY_F12] = "F12",
	[KEY_MOUSE_DOWN] = "Click",
	[KEY_MOUSE_UP] = "Release",
	[KEY_MOUSE_DRAG] = "Drag",
	[KEY_MOUSE_MOVE] = "Move",
	[KEY_WHEEL_UP] = "WheelUp",
	[KEY_WHEEL_DOWN] = "WheelDown",
	[KEY_PASTE] = "Paste",
};

void key_name(const struct key *k, struct str *out)
{
	str_addf(out, "%s%s%s", k->mods & KEY_CTRL ? "Ctrl-" : "", k->mods & KEY_ALT ? "Alt-" : "",
		 k->mods & KEY_SHIFT ? "Shift-" : "");
	if (k->code != KEY_CHAR)
		str_adds(out, k->code < KEY_CODES && names[k->code] ? names[k->code] : "?");
	else if (k->len == 1 && k->text[0] == ' ')
		str_adds(out, "Space");
	else if (k->mods & KEY_CTRL && k->len == 1)
		str_addc(out, (char)toupper((unsigned char)k->text[0]));
	else
		str_add(out, k->text, k->len);
}

bool key_parse(const char *name, struct key *k, char text[8])
{
	static const struct {
		const char *prefix;
		unsigned mod;
	} mods[] = {
		{ "Ctrl-", KEY_CTRL },
		{ "Alt-", KEY_ALT },
		{ "Shift-", KEY_SHIFT },
	};
	unsigned cp;
	size_t len;

	memset(k, 0, sizeof(*k));
	k->text = text;
	for (size_t i = 0; i < 3; i++) {
		if (strncasecmp(name, mods[i].prefix, strlen(mods[i].prefix)) == 0 &&
		    name[strlen(mods[i].prefix)]) {
			k->mods |= mods[i].mod;
			name += strlen(mods[i].prefix);
		}
	}
	for (int c = KEY_ENTER; c < KEY_CODES; c++) {
		if (names[c] && strcasecmp(names[c], name) == 0) {
			k->code = (enum key_code)c;
			return true;
		}
	}
	if (strcasecmp(name, "Space") == 0)
		name = " ";
	len = strlen(name);
	if (len == 0 || len > 4 || utf8_decode(name, len, &cp) != len)
		return false;
	memcpy(text, name, len + 1);
	if (k->mods & KEY_CTRL)
		text[0] = (char)tolower((unsigned char)text[0]);
	k->code = KEY_CHAR;
	k->len = len;
	return true;
}
