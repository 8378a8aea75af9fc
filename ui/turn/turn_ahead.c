/* Keys typed ahead: those that come right after a command whose result may open a list or
 * a text go to what it opens, as they would if the command ran at once. Such a command runs
 * as a job (job_opens()), so without this they would be typed into the file.
 *
 * They wait until the job opens nothing more, at most AHEAD_MS after it began: from then
 * on, posedge is used while it runs. Ctrl-C, a paste and the mouse wait for nothing, and
 * end the wait. No key that waited answers a question: nobody had read it.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "session/base/loop.h"
#include "session/base/mem.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_keys.h"
#include "ui/turn/turn.h"
#include "ui/widget/popup.h"

#define AHEAD_MS 1000

static bool opens_soon(const struct ui_jobs *jobs)
{
	for (int i = 0; i < JOB_KINDS; i++)
		if (jobs->job[i].opens)
			return true;
	return false;
}

static uint64_t left_ms(const struct ui *u)
{
	uint64_t end = ui_jobs(u)->opens_ms + AHEAD_MS, now = loop_now_ms(ui_loop(u));

	return opens_soon(ui_jobs(u)) && now < end ? end - now : 0;
}

static void give_first(struct ui *u)
{
	struct ui_keys *keys = ui_keys(u);
	struct key k = keys->ahead[0];
	char *text = keys->ahead_text[0];

	keys->n_ahead--;
	memmove(keys->ahead, keys->ahead + 1, keys->n_ahead * sizeof(*keys->ahead));
	memmove(keys->ahead_text, keys->ahead_text + 1, keys->n_ahead * sizeof(*keys->ahead_text));
	k.text = text;
	if (opens_soon(ui_jobs(u)))
		ui_jobs(u)->opens_ms = 0;
	if (ui_popup(u)->kind != POPUP_CHOICE)
		ui_key(u, &k);
	free(text);
}

void turn_ahead_over(void *ctx)
{
	struct ui *u = ctx;

	/* A key may begin another such job, for which the rest waits. */
	while (ui_keys(u)->n_ahead && !left_ms(u))
		give_first(u);
	if (ui_keys(u)->n_ahead)
		loop_timer_set(ui_keys(u)->ahead_wait, left_ms(u));
}

bool turn_ahead_keep(struct ui *u, const struct key *k)
{
	struct ui_keys *keys = ui_keys(u);
	bool interrupts =
		k->code == KEY_CHAR && k->mods & KEY_CTRL && k->len == 1 && k->text[0] == 'c';
	bool waits = !interrupts && k->code < KEY_PASTE && keys->n_ahead < KEYS_AHEAD_MAX;

	if (k->code == KEY_REPLY || k->code == KEY_MOUSE_MOVE) /* no keys of a person */
		return false;
	turn_ahead_over(u);
	while (keys->n_ahead && !waits)
		give_first(u);
	if (!left_ms(u))
		ui_jobs(u)->opens_ms = 0;
	if (!waits || !ui_jobs(u)->opens_ms)
		return false;
	if (!keys->n_ahead)
		loop_timer_set(keys->ahead_wait, left_ms(u));
	keys->ahead[keys->n_ahead] = *k;
	keys->ahead_text[keys->n_ahead++] = k->text ? mem_strndup(k->text, k->len) : NULL;
	return true;
}
