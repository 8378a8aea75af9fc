/* ui_disk.h - open files that other programs change on disk. */
#ifndef POSEDGE_UI_DISK_H
#define POSEDGE_UI_DISK_H

#include <stdbool.h>
#include <stdint.h>

#include "session/base/str.h"
#include "ui/screen/ui_parts.h"

struct ui;

struct ui_disk {
	uint64_t looked_ms; /* time of the last check; 0: check at the next key */
	struct strv asked;  /* file versions that the user was already asked about */
};

static inline struct ui_disk *ui_disk(const struct ui *u)
{
	return ui_parts(u)->disk;
}

uint64_t ui_disk_due_ms(const struct ui *u); /* when the next key checks the disk */
void ui_check_disk(struct ui *u);	     /* checks at most once a second */
/* Reads changed files without unsaved edits again; asks nothing. */
void ui_reload_disk(struct ui *u);
/* True if no open file was changed on disk. Counts as a check; if it found a change,
 * the next ui_check_disk() checks again at once. */
bool ui_disk_unchanged(struct ui *u);
void ui_ask_about_disk(struct ui *u, const char *path); /* asks what to do about this file */

#endif
