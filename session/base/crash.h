/* crash.h - the last things done when a signal ends the program: SEGV, BUS, FPE,
 * ILL, ABRT (a failed assertion), QUIT.
 *
 *   give the terminal back (mem_before_end) -> write what is kept -> say where
 *   -> die of that signal after all, so that a shell and a debugger see it
 *
 * Code of others that runs in this program is named: crash_blame().
 *
 * Of the whole program, as signals are. The handler allocates nothing and takes
 * no lock; what it writes may be torn when it is being changed just then, which
 * who reads it later must stand.
 */
#ifndef POSEDGE_CRASH_H
#define POSEDGE_CRASH_H

struct str;

#define CRASH_KEPT  8		/* more are not kept */
#define CRASH_STACK (64u << 10) /* bytes */

/* Once, at the start; a stack overflow is caught in this thread only. A handler
 * that is there already (a sanitizer's) runs after ours. */
void crash_install(void);

/* First thing in another thread, whose crashes are to be told as well: lets these
 * signals through, and lends CRASH_STACK bytes until the thread ends. */
void crash_thread(void *stack);

/* Who this thread works for from now on: "plugin hello". Borrowed; NULL: nobody else. */
void crash_blame(const char *who);

/* At a crash all of *tail is written to fd, and dir is named as the place where
 * it is. All three are borrowed until crash_drop(tail). */
void crash_keep(int fd, const struct str *tail, const char *dir);
void crash_drop(const struct str *tail);

#endif
