/* Follows a dump that is still being written, while its waves are shown.
 *
 * A timer looks at the size and the time of the file: each LOOK_MS while it grows, and more
 * and more rarely, down to each CALM_MS, while it does not. A VCD is read on from where it
 * ended, one piece a turn of the loop, so that keys are served in between. What cannot be
 * continued (FST, a compressed file, an index from the cache, a file that was cut or written
 * anew) is opened again in a task; if that fails, because its writer has only begun, the old
 * waves stay until a later look.
 */
#include "config.h"

#include <string.h>
#include <sys/stat.h>

#include "session/base/loop.h"
#include "session/base/str.h"
#include "session/trace/trace.h"
#include "session/workbench/ports.h"
#include "session/workbench/workbench.h"
#include "ui/job/jobs.h"
#include "ui/screen/ui.h"
#include "ui/screen/ui_jobs.h"
#include "ui/screen/ui_wave.h"
#include "ui/screen/ui_words.h"

#define LOOK_MS 200
#define CALM_MS 2000
#define PIECE	(256u << 10) /* bytes of a VCD that are read in one turn */
#define SHARE	4	     /* opening again takes at most one part in this many of the time */

static bool version_of(const char *path, struct wave_file *out)
{
	struct stat st;

	*out = (struct wave_file){ 0 };
	if (!path || stat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	*out = (struct wave_file){ .device = (uint64_t)st.st_dev,
				   .inode = (uint64_t)st.st_ino,
				   .size = (uint64_t)st.st_size,
				   .seconds = (uint64_t)st.st_mtim.tv_sec,
				   .ns = (uint64_t)st.st_mtim.tv_nsec };
	return true;
}

static bool is_one_file(const struct wave_file *a, const struct wave_file *b)
{
	return a->device == b->device && a->inode == b->inode;
}

void ui_wave_begin_follow(struct ui *u)
{
	struct wave_follow *f = &ui_wave(u)->follow;

	version_of(ui_wave(u)->path, &f->read);
	f->behind = f->anew = false;
	f->pause_ms = LOOK_MS;
}

static void look_in(struct wave_follow *f, uint64_t ms)
{
	f->set = true;
	loop_timer_set(f->timer, ms);
}

void ui_wave_follow(struct ui *u)
{
	struct wave_follow *f = &ui_wave(u)->follow;

	if (!f->set && ui_wave_shown(u))
		look_in(f, f->pause_ms);
}

static void reopen(void *ctx)
{
	struct job *j = ctx;
	struct ui *u = j->ui;
	struct ui_wave *w = ui_wave(u);
	struct trace *t = NULL;
	struct wave_file now;
	uint64_t began = loop_now_ms(ui_loop(u)), took;
	bool ok = version_of(j->argv.v[0], &now) &&
		  ui_workbench(u)->ports->open_trace(ui_loop(u), j->argv.v[0], &t, NULL);

	took = loop_now_ms(ui_loop(u)) - began;
	if (!w->pending && strcmp(j->argv.v[0], w->path) == 0) {
		w->follow.read = now;
		w->follow.pause_ms = took * SHARE > LOOK_MS ? took * SHARE : LOOK_MS;
		if (ok) {
			ui_wave_reopened(u, t);
			if (w->follow.anew)
				ui_say(u, "%s was written anew; these are its waves now", w->path);
			w->follow.anew = false;
			t = NULL;
		}
	}
	trace_close(t);
	job_end(j, true, NULL);
}

static void open_again(struct ui *u)
{
	struct job *j = &ui_jobs(u)->job[JOB_WAVE];

	j->again = true;
	if (job_begin(j, reopen, NULL))
		strv_add(&j->argv, ui_wave(u)->path);
}

/* Reads on. False: it has to be opened again. */
static bool read_on(struct ui *u, const struct wave_file *now)
{
	struct ui_wave *w = ui_wave(u);
	uint64_t end = trace_end(w->trace);
	bool any = false, same, more;
	struct err err;

	same = !w->follow.anew && is_one_file(now, &w->follow.read) &&
	       now->size >= w->follow.read.size;
	more = same && trace_more(w->trace, PIECE, &any, &err);
	w->follow.anew = !same || (!more && err.code == ERR_CONFLICT);
	if (!more || (!any && !w->follow.behind))
		return false;
	w->follow.behind = any;
	w->follow.pause_ms = LOOK_MS;
	if (any) {
		ui_wave_extended(u, end);
	} else {
		w->follow.read = *now;
		ui_wave_caught_up(u);
	}
	return true;
}

/* A run of our own that writes new waves says so when it ends. */
static bool is_busy(const struct ui *u)
{
	const struct job *jobs = ui_jobs(u)->job;

	return ui_wave(u)->pending || jobs[JOB_WAVE].task || jobs[JOB_SIM].task ||
	       jobs[JOB_CONFIRM].task || jobs[JOB_WAVE_SEARCH].task;
}

void ui_wave_poll_file(void *ctx)
{
	struct ui *u = ctx;
	struct ui_wave *w = ui_wave(u);
	struct wave_follow *f = &w->follow;
	struct wave_file now;
	bool there;

	f->set = false;
	if (!ui_wave_shown(u))
		return; /* the next drawing of it sets the timer again */
	if (is_busy(u)) {
		look_in(f, LOOK_MS);
		return;
	}
	there = version_of(w->path, &now);
	f->behind &= there;
	if (!there || (!f->behind && memcmp(&now, &f->read, sizeof(now)) == 0)) {
		f->pause_ms = f->pause_ms * 2 > CALM_MS ? CALM_MS : f->pause_ms * 2;
	} else if (!read_on(u, &now)) {
		f->behind = false;
		open_again(u);
	}
	look_in(f, f->behind ? 0 : f->pause_ms);
}
