/* crash.h - what happens when a signal ends the program: SEGV, BUS, FPE, ILL, ABRT
 * (a failed assertion), QUIT.
 *
 *   restore the terminal (mem_set_exit_hook) -> write what is kept -> print where
 *   -> raise the signal again, so that a shell and a debugger see it
 *
 * Foreign code that runs in this program is named only as far as that is known: that
 * this thread was calling it (crash_set_callee()), and that the stack is in its object
 * (crash_add_object()). Without the latter the name has "possibly" before it.
 *
 * Global, as signals are. The handler allocates nothing and takes no lock. If the
 * crash interrupted a change of the kept data, what is written may be torn; its
 * reader must cope with that.
 */
#ifndef POSEDGE_CRASH_H
#define POSEDGE_CRASH_H

#include <pthread.h>

struct str;

#define CRASH_KEPT    8		  /* at most this many buffers; more are not kept */
#define CRASH_STACK   (64u << 10) /* bytes */
#define CRASH_FOREIGN 16	  /* foreign objects known; further ones are "possibly" */

/* Call once at the start. A stack overflow is caught in this thread only. A handler
 * that was installed before (a sanitizer's) runs after ours. */
void crash_install(void);

/* Call when there is time, before the program waits, with NULL: prepares to say where a
 * crash was. A hook for loop_before_sleep(). */
void crash_prepare(void *ctx);

/* Call first in another thread whose crashes are to be reported too: unblocks these
 * signals and borrows CRASH_STACK bytes until crash_thread_end(), which is its last call. */
void crash_thread(void *stack);
void crash_thread_end(void);

/* Names the code that this thread calls from now on: "plugin hello". Borrowed; NULL:
 * our own. */
void crash_set_callee(const char *who);

/* The loaded object that `inside` lies in is who's: its code is recognized on a stack,
 * in any thread. who is borrowed until crash_remove_object(). */
void crash_add_object(const char *who, const void *inside);
void crash_remove_object(const char *who);

/* Ends the program as a crash of that thread; for a reason, a sentence without its
 * stop. */
_Noreturn void crash_end(pthread_t thread, const char *why);

/* On a crash, writes all of *tail to fd and prints dir as the place where it is.
 * All three are borrowed until crash_remove_tail(tail). */
void crash_add_tail(int fd, const struct str *tail, const char *dir);
void crash_remove_tail(const struct str *tail);

#endif
