/* blanks.h - paths with blanks, of which Verilator names only the first word.
 *
 * It says "Lab:3:1: ..." of "Lab 1/fsm.v". Which of the sources is meant is told
 * by the line that it quotes. Files that are only included are not looked for.
 */
#ifndef POSEDGE_BLANKS_H
#define POSEDGE_BLANKS_H

struct diag_list;
struct stage;

/* The only source that such a path can mean; itself where several may be, or none.
 * Borrowed from s, or path. */
const char *blanks_path(const struct stage *s, const char *path);

/* A list with whole paths in place of *found, which is freed; left as it is when no
 * file that is named to the tool has a blank or a character in its path for which it
 * goes by another name, see stage_true_path(). A path that fits several
 * of them and none of their lines stays. */
void blanks_restore(const struct stage *s, struct diag_list **found);

#endif
