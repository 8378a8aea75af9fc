/* launch.h - how posedge talks to the first program in a sandbox (launch.c).
 *
 *	launch [-u ID] [-l RESOURCE SOFT HARD]... -- PROGRAM ARGUMENT...
 *	launch [-u ID] [-l RESOURCE SOFT HARD]... -j
 *
 * -u: root becomes that user, with access to root's files; -l: a limit, as setrlimit()
 * numbers it. The first form then becomes PROGRAM. The second reads a job from stdin:
 * LAUNCH_DIGITS hexadecimal digits, the number of bytes that follow, and so many bytes of words,
 * each ended by a NUL:
 *
 *	"exec" LIST			becomes that program
 *	"pipe" MARK YIELDS PRODUCT HELD START FILE_SIZE FROM TO RUN
 *
 * FROM, TO, RUN and LIST are the number of words and the words. "pipe" runs FROM | TO,
 * which makes the file PRODUCT, and then RUN in the folder START, as the script of
 * sim/engine/script.h does, with its marks. RUN is started together with the other two,
 * and reads its program from the fifo HELD: it gets PRODUCT through that once the build
 * has succeeded, and is killed if it has not. Numbers are decimal. YIELDS is 0 or 1;
 * FILE_SIZE, of RUN, is in bytes, 0 for no limit.
 *
 * Its status is that of RUN, 128 + N for signal N.
 */
#ifndef POSEDGE_LAUNCH_H
#define POSEDGE_LAUNCH_H

#define LAUNCH_JOB_MAX	 (64u << 10) /* bytes: less than a socket takes at once */
#define LAUNCH_WORDS_MAX 2048
#define LAUNCH_DIGITS	 8

#endif
