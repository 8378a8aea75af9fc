/* crash.h - the last things done when a signal ends the program: SEGV, BUS, FPE,
 * ILL, ABRT (a failed assertion), QUIT.
 *
 *   give the terminal back (mem_before_end) -> write what is kept -> say where
 *   -> die of that signal after all, so that a shell and a debugger see it
 *
 * Of the whole program, as signals are. The handler allocates nothing and takes
 * no lock; what it writes may be torn when it is being changed just then, which
 * who reads it later must stand.
 */
#ifndef POSEDGE_CRASH_H
#define POSEDGE_CRASH_H

struct str;

#define CRASH_KEPT 8 /* more are not kept */

/* Once, at the start; a stack overflow is caught in this thread only. A handler
 * that is there already (a sanitizer's) runs after ours. */
void crash_install(void);

/* At a crash all of *tail is written to fd, and dir is named as the place where
 * it is. All three are borrowed until crash_drop(tail). */
void crash_keep(int fd, const struct str *tail, const char *dir);
void crash_drop(const struct str *tail);

#endif
