/* sync_job ROOT: records a note on every turn of the loop for three seconds and prints
 * the longest turn in seconds. A slow disk must not change it. */
#include "config.h"

#include <stdio.h>
#include <time.h>

#include "session/base/file.h"
#include "session/base/loop.h"
#include "session/journal/event.h"
#include "session/journal/session.h"
#include "session/text/bytes.h"

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void beat(void *ctx)
{
	loop_timer_set(*(struct loop_timer **)ctx, 5);
}

int main(int argc, char **argv)
{
	struct err err;
	struct loop *l = loop_new(&err);
	struct loop_timer *timer;
	struct session *s;
	double start, longest = 0;

	if (argc < 2 || !file_make_dirs(argv[1], 0700, &err))
		return 2;
	s = session_open(l, argv[1], SESSION_NEW, NULL, &err);
	if (!s) {
		fprintf(stderr, "%s\n", err.text);
		return 2;
	}
	timer = loop_timer_new(l, beat, &timer);
	loop_timer_set(timer, 5);
	start = now_s();
	for (double at = start; at - start < 3;) {
		struct event e = { .type = EVENT_NOTE };
		double next;

		e.note.text = (struct bytes){ "a note", 6 };
		session_record(s, &e, NULL, NULL);
		loop_turn(l, true);
		next = now_s();
		longest = next - at > longest ? next - at : longest;
		at = next;
	}
	loop_timer_free(timer);
	session_close(s);
	loop_free(l);
	printf("%.6f\n", longest);
	return 0;
}
