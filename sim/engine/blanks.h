/* blanks.h - paths with blanks, which Verilator cuts after the first word.
 *
 * It prints "Lab:3:1: ..." for "Lab 1/fsm.v". The source line that it quotes shows
 * which file is meant. Only files named to the tool are considered, not includes.
 */
#ifndef POSEDGE_BLANKS_H
#define POSEDGE_BLANKS_H

struct diag_list;
struct stage;

/* The one source that a path cut at a blank can mean; path itself if there are none
 * or several. Borrowed from s, or path. */
const char *blanks_path(const struct stage *s, const char *path);

/* Replaces *found by a list with whole paths, and frees the old one. Leaves it if no
 * file named to the tool has a blank in its path, or a character for which it is
 * staged under another name (stage_true_path()). A path that fits several files,
 * none of which has the quoted line, stays. */
void blanks_restore(const struct stage *s, struct diag_list **found);

#endif
