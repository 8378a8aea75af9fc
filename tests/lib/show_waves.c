/* show_waves DUMP SAVE STATE [MARKER [PLACE]] - calls the viewer port once, like the
 * program, and prints the result. For e2e_gtkwave.sh. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "session/base/loop.h"
#include "session/base/task.h"
#include "session/tool/viewer.h"
#include "session/trace/trace.h"
#include "sim/viewer/gtkwave.h"
#include "sim/trace/trace_open.h"

struct showing {
	struct loop *loop;
	struct view_request r;
	int status;
	bool done;
};

static void show(void *ctx)
{
	static const char *const names[] = { "opened", "reloaded", "files" };
	struct showing *s = ctx;
	enum view_outcome outcome;
	char *how;
	struct err err;

	if (viewer_gtkwave.show(s->loop, &s->r, &outcome, &how, &err))
		printf("%s: %s\n", names[outcome], how);
	else
		printf("error: %s\n", err.text);
	free(how);
	s->done = true;
}

int main(int argc, char **argv)
{
	struct showing s = { .loop = loop_new(NULL) };
	struct trace *t = NULL;

	if (argc < 4)
		return 2;
	trace_open(NULL, argv[1], &t, NULL);
	s.r = (struct view_request){ .wave_path = argv[1],
				     .save_path = argv[2],
				     .state_dir = argv[3],
				     .trace = t,
				     .clock = TRACE_NONE };
	if (argc > 4) {
		s.r.has_marker = true;
		s.r.marker = strtoull(argv[4], NULL, 10);
	}
	if (argc > 5) {
		s.r.has_place = true;
		s.r.place = strtoull(argv[5], NULL, 10);
	}
	task_start(s.loop, show, &s);
	loop_run_until(s.loop, &s.done);
	while (task_count(s.loop))
		loop_turn(s.loop, false);
	loop_free(s.loop);
	trace_close(t);
	return 0;
}
