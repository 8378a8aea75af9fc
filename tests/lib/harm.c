/* harm - a test plugin that does only what HARM="WHERE WHAT" says, such as "ran
 * loop": in one of its functions, or a thread of its own, it crashes, exits, loops,
 * allocates without end, returns garbage or calls it. */
#include "plugins/posedge_plugin.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef const struct posedge_host *host_t;

static volatile size_t sink;

/* Not a tail call, so each level uses a stack frame. */
static size_t deeper(size_t n)
{
	volatile char frame[4096];

	frame[n % sizeof(frame)] = (char)n;
	return n == 0 ? 0 : deeper(n + 1) + (size_t)frame[n % sizeof(frame)];
}

static void eat(void)
{
	for (;;) {
		char *more = malloc(16u << 20);

		if (more)
			memset(more, 1, 16u << 20);
	}
}

/* no NULL, which a sanitizer sees first */
static void *nowhere(void)
{
	return (void *)(uintptr_t)(sink + 64);
}

static void *crash(void *arg)
{
	*(volatile int *)nowhere() = 1;
	return arg;
}

static void crash_in_a_thread(void)
{
	pthread_t t;

	if (pthread_create(&t, NULL, crash, NULL) == 0)
		pthread_join(t, NULL);
}

static void jump(void)
{
	void (*to)(void);

	*(void **)&to = nowhere();
	to();
}

static void harm(const char *where)
{
	const char *set = getenv("HARM"), *what = set ? strchr(set, ' ') : NULL;

	if (!what || strncmp(set, where, (size_t)(what - set)) != 0 || where[what - set])
		return;
	if (strcmp(what, " segv") == 0)
		crash(NULL);
	if (strcmp(what, " thread") == 0)
		crash_in_a_thread();
	if (strcmp(what, " jump") == 0)
		jump();
	if (strcmp(what, " abort") == 0)
		abort();
	if (strcmp(what, " overflow") == 0)
		sink = deeper(1);
	if (strcmp(what, " exit") == 0)
		exit(0);
	if (strcmp(what, " eat") == 0)
		eat();
	while (strcmp(what, " loop") == 0)
		usleep(1000);
}

static int run(void *state, host_t h, size_t argc, const char *const *argv)
{
	harm("call");
	if (getenv("HARM") && strcmp(getenv("HARM"), "call print") == 0)
		h->print(h->ctx, nowhere());
	h->print(h->ctx, "no harm\n");
	return 0;
}

static bool call(void *state, host_t h, const char *args)
{
	harm("tool");
	h->print(h->ctx, "no harm\n");
	return true;
}

static bool start(host_t h, void **state)
{
	static const struct posedge_command command = { sizeof(command), "harm", "", 0, 0,
							"harms",	 run };
	static const struct posedge_tool tool = { sizeof(tool), "do", "Harms.",
						  "{\"type\":\"object\"}", call };
	struct posedge_command c = command;

	h->note(h->ctx, "it starts");
	harm("start");
	if (getenv("HARM") && strcmp(getenv("HARM"), "start rubbish") == 0)
		c.name = (const char *)(uintptr_t)(sink + 4711);
	return h->add_command(h->ctx, &c) && h->add_tool(h->ctx, &tool);
}

static void stop(void *state)
{
	harm("stop");
}

static void finding(void *state, const struct posedge_finding *f)
{
	harm("finding");
}

static void ran(void *state, const struct posedge_run *r)
{
	harm("ran");
}

const struct posedge_plugin *posedge_plugin(void)
{
	static const struct posedge_plugin plugin = { .size = sizeof(plugin),
						      .abi = POSEDGE_PLUGIN_ABI,
						      .name = "harm",
						      .version = "1",
						      .about = "for the tests",
						      .start = start,
						      .stop = stop,
						      .finding = finding,
						      .ran = ran };

	harm("entry");
	return getenv("HARM") && strcmp(getenv("HARM"), "entry rubbish") == 0
		       ? (const struct posedge_plugin *)(uintptr_t)(sink + 4711)
		       : &plugin;
}
