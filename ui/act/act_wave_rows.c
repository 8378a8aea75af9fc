/* The rows of the waves: which signals, their names, their format. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/mem.h"
#include "session/text/text.h"
#include "session/trace/trace.h"
#include "session/waveview/waveview.h"
#include "session/workbench/workbench.h"
#include "ui/act/act.h"
#include "ui/document/view.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_keys.h"
#include "ui/screen/ui_panes.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"
#include "ui/terminal/keymap.h"
#include "ui/widget/popup.h"

#define PICKS 20000 /* signals in the list */

/* The chosen row; NULL with err. */
static struct waveview_row *chosen(struct ui *u, struct waveview **v, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	if (!w)
		return NULL;
	*v = w->view;
	if ((*v)->chosen < (*v)->n)
		return &(*v)->rows[(*v)->chosen];
	err_set(err, ERR_USAGE, "there is no row; `wave-add` adds one");
	return NULL;
}

/* Adding ------------------------------------------------------------------------ */

static void pick(struct popup *p, const char *name, const char *detail)
{
	char *command = str_fmt("wave-add '%s'", name);

	if (!strchr(name, '\''))
		popup_add(p, name, detail, command);
	free(command);
}

/* Lists signals by scope, in the order of the trace, until typing sorts by match. */
static void offer(struct ui *u, const struct trace *t)
{
	struct str name = STR_INIT, detail = STR_INIT;
	size_t scope = TRACE_NONE - 1;

	popup_open(ui_popup(u), POPUP_PICKER, "add a signal");
	for (size_t i = 0; i < trace_signals(t) && i < PICKS; i++) {
		const struct trace_signal *s = trace_signal_at(t, i);

		str_clear(&name);
		if (s->scope != scope && s->scope != TRACE_NONE) {
			trace_scope_name(t, s->scope, &name);
			str_adds(&name, ".*");
			str_clear(&detail);
			str_addf(&detail, "all of this %s", trace_scope_at(t, s->scope)->type);
			pick(ui_popup(u), str_cstr(&name), str_cstr(&detail));
			str_clear(&name);
		}
		scope = s->scope;
		trace_full_name(t, i, &name);
		str_clear(&detail);
		if (s->has_range)
			str_addf(&detail, "[%d:%d]", s->msb, s->lsb);
		str_adds(&detail, s->parameter ? " parameter" : "");
		pick(ui_popup(u), str_cstr(&name), str_cstr(&detail));
	}
	popup_match(ui_popup(u));
	if (trace_signals(t) > PICKS)
		ui_say(u, "the first %d of %zu signals; `wave-add NAME` takes any", PICKS,
		       trace_signals(t));
	str_free(&name);
	str_free(&detail);
}

/* From the code pane: adds the name under the cursor. */
static bool add_word(struct ui *u, struct err *err)
{
	struct text *t;
	struct view *v = act_view(u, &t, err);
	struct str name = STR_INIT;
	size_t from, to;
	bool ok;

	if (!v)
		return false;
	view_word_at(t, v->cursor, &from, &to);
	text_get(t, from, to - from, &name);
	ok = name.len ? ui_wave_add(u, str_cstr(&name), err)
		      : err_set(err, ERR_USAGE, "there is no name under the cursor");
	str_free(&name);
	return ok;
}

bool act_wave_add(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w;

	if (c->argc)
		return ui_wave_add(u, c->argv[0], err);
	if (ui_focused(u) == PANE_CODE)
		return add_word(u, err);
	w = act_waves(u, err);
	if (w)
		offer(u, w->trace);
	return w != NULL;
}

/* Changing ----------------------------------------------------------------------- */

bool act_wave_remove(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;

	if (!chosen(u, &v, err))
		return false;
	waveview_remove(v, v->chosen);
	return true;
}

bool act_wave_first(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct ui_wave *w = act_waves(u, err);

	if (w)
		waveview_choose(w->view);
	return w != NULL;
}

bool act_wave_move(struct ui *u, struct cmd_call *c, struct err *err)
{
	bool up = strcmp(c->argv[0], "up") == 0;
	struct waveview *v;

	if (!chosen(u, &v, err))
		return false;
	if (!up && strcmp(c->argv[0], "down") != 0)
		return err_set(err, ERR_USAGE, "wave-move %s: up or down", c->argv[0]);
	if (!waveview_shift(v, v->chosen, up ? -1 : 1))
		return err_set(err, ERR_USAGE, "it is at the %s already", up ? "top" : "end");
	return true;
}

bool act_wave_group(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;
	struct waveview_row *r = chosen(u, &v, err);

	if (!r)
		return false;
	if (!r->group && c->argc == 0) {
		popup_prompt(ui_popup(u), "name of the group:", "wave-group", "");
		return true;
	}
	return waveview_group(v, c->argc ? c->argv[0] : "", err);
}

bool act_wave_open(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;
	struct waveview_row *r = chosen(u, &v, err);

	if (!r)
		return false;
	if (!r->group)
		return err_set(err, ERR_USAGE, "this row is no group");
	waveview_open(v, v->chosen, !r->open);
	return true;
}

bool act_wave_rename(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;
	struct waveview_row *r = chosen(u, &v, err);

	if (!r)
		return false;
	if (c->argc)
		waveview_rename(v, v->chosen, c->argv[0]);
	else
		popup_prompt(ui_popup(u), "call it:", "wave-rename", r->label ? r->label : "");
	return true;
}

/* The next radix that changes the row. */
static enum wave_radix next_radix(const struct waveview *v, const struct waveview_row *r)
{
	enum wave_radix next = (enum wave_radix)((r->radix + 1) % WAVE_RADICES);

	if (next == WAVE_ENUM && !trace_names_values(v->t))
		return WAVE_HEX;
	return next == WAVE_FIXED ? WAVE_HEX : next; /* WAVE_FIXED needs a number of bits */
}

bool act_wave_radix(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;
	struct waveview_row *r = chosen(u, &v, err);
	enum wave_radix radix;
	long bits = 0;
	char *end;

	if (!r)
		return false;
	radix = next_radix(v, r);
	if (c->argc && !wave_radix_parse(c->argv[0], &radix))
		return err_set(err, ERR_USAGE,
			       "wave-radix %s: hex, bin, dec, signed, ascii, enum or fixed BITS",
			       c->argv[0]);
	if (radix == WAVE_ENUM && !trace_names_values(v->t))
		return err_set(
			err, ERR_NOT_FOUND,
			"these waves name no values: an FST of Verilator does (`set sim.trace "
			"fst`)");
	if (radix == WAVE_FIXED) {
		bits = c->argc > 1 ? strtol(c->argv[1], &end, 10) : -1;
		if (bits < 0 || bits > 512 || *end)
			return err_set(err, ERR_USAGE,
				       "wave-radix fixed BITS: how many bits are after the point?");
	}
	waveview_set_radix(v, v->chosen, radix, (int)bits);
	ui_say(u, "%s", wave_radix_name(radix));
	return true;
}

bool act_wave_analog(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct waveview *v;
	struct waveview_row *r = chosen(u, &v, err);

	if (r)
		waveview_set_analog(v, v->chosen, !r->analog);
	return r != NULL;
}

/* Help ---------------------------------------------------------------------------- */

/* A line of the help: all keys of a command, by its arguments. */
static void key_line(struct ui *u, const struct cmd *x, struct str *out)
{
	const char *args = x->args;
	struct str keys = STR_INIT;

	do { /* "in|out|all": one key each */
		size_t n = strcspn(args, "|");
		char *command = args[0] && args[0] != '['
					? str_fmt("%s %.*s", x->name, (int)n, args)
					: mem_strdup(x->name);
		const char *key = keymap_key_at(ui_keys(u)->keymap, PLACE_WAVE, command);

		if (key)
			str_addf(&keys, "%s%s", keys.len ? " " : "", key);
		free(command);
		args += n + (args[n] == '|');
	} while (*args && args[0] != '[');
	str_addf(out, "%-9s %-16s %s\n", str_cstr(&keys), x->name,
		 strncmp(x->help, "in the waves: ", 14) == 0 ? x->help + 14 : x->help);
	str_free(&keys);
}

bool act_wave_keys(struct ui *u, struct cmd_call *c, struct err *err)
{
	struct str text = STR_INIT;

	str_adds(&text,
		 "Left and Right move the cursor by a cell, with Shift by half of what is in "
		 "sight, with Ctrl to the change before and the next one; Home and End go to "
		 "begin and end. Up, Down and pages choose a row. A click sets the cursor and "
		 "says what is there; the wheel zooms there with Ctrl, and moves the window "
		 "with Shift.\n\n");
	for (size_t i = 0; i < cmd_table_len(ui_workbench(u)->commands); i++) {
		const struct cmd *x = cmd_table_at(ui_workbench(u)->commands, i);

		if (strncmp(x->name, "wave-", 5) == 0)
			key_line(u, x, &text);
	}
	str_adds(&text, "\nx is unknown and z floats; a hatched cell has several changes in it; ! "
			"after a value: another one was expected.\n");
	popup_text(ui_popup(u), "the keys of the waves", str_cstr(&text));
	str_free(&text);
	return true;
}
