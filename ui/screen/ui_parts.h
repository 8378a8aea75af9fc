/* ui_parts.h - addresses of the parts of a screen.
 *
 * struct ui starts with these pointers, and none of them changes during its life, so
 * reaching a part costs one load. A part's own header defines its struct; only ui.c
 * knows the whole.
 */
#ifndef POSEDGE_UI_PARTS_H
#define POSEDGE_UI_PARTS_H

struct loop;
struct popup;
struct review;
struct session;
struct term;
struct ui;
struct ui_chat;
struct ui_context;
struct ui_decisions;
struct ui_disk;
struct ui_drawing;
struct ui_edits;
struct ui_extra;
struct ui_jobs;
struct ui_keys;
struct ui_leaving;
struct ui_links;
struct ui_logs;
struct ui_panes;
struct ui_tabs;
struct ui_wave;
struct ui_words;
struct workbench;

struct ui_parts {
	struct workbench *workbench; /* workbench, loop, session and term are borrowed */
	struct loop *loop;
	struct session *session;
	struct term *term;
	struct popup *popup;
	struct review *review;
	struct ui_drawing *drawing;
	struct ui_keys *keys;
	struct ui_panes *panes;
	struct ui_tabs *tabs;
	struct ui_disk *disk;
	struct ui_decisions *decisions;
	struct ui_chat *chat;
	struct ui_context *context;
	struct ui_extra *extra;
	struct ui_logs *logs;
	struct ui_wave *wave;
	struct ui_jobs *jobs;
	struct ui_words *words;
	struct ui_leaving *leaving;
	struct ui_edits *edits;
	struct ui_links *links;
};

static inline const struct ui_parts *ui_parts(const struct ui *u)
{
	return (const struct ui_parts *)u;
}

#endif
