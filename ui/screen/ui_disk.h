/* ui_disk.h - open files that others change on the disk. */
#ifndef POSEDGE_UI_DISK_H
#define POSEDGE_UI_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_disk {
	uint64_t looked_ms; /* when the files were last looked at; 0: look with the next key */
	struct strv asked;  /* versions of those that the person was asked about */
};

static inline struct ui_disk *ui_disk(const struct ui *u)
{
	return ui_parts(u)->disk;
}

uint64_t ui_disk_due_ms(const struct ui *u); /* when the next one looks there */
void ui_look_at_disk(struct ui *u);	     /* at most once a second */
/* Whether no open file was changed there. That counts as a look; if one was, the next
 * ui_look_at_disk() looks, too. */
bool ui_disk_same(struct ui *u);
void ui_ask_about_disk(struct ui *u, const char *path); /* what to do about one */

#endif
