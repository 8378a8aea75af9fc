#include "config.h"

#include "session/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/str.h"

/* Global, since a log that has to be handed down to where something odd
 * happens would not be there when it does. */
static int log_fd = -1;
static void (*log_clean)(void *ctx, const char *text, size_t len, struct str *out);
static void *log_clean_ctx;

bool log_open(const char *path, struct err *err)
{
	log_close();
	log_fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	return log_fd >= 0 || err_set(err, ERR_IO, "open log %s: %s", path, strerror(errno));
}

void log_filter(void (*clean)(void *ctx, const char *text, size_t len, struct str *out), void *ctx)
{
	log_clean = clean;
	log_clean_ctx = ctx;
}

void log_close(void)
{
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
}

void log_line(const char *area, const char *fmt, ...)
{
	struct str s = STR_INIT, clean = STR_INIT;
	struct timespec now;
	va_list ap;

	if (log_fd < 0)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	str_addf(&s, "%lld.%03ld %s ", (long long)now.tv_sec, now.tv_nsec / 1000000, area);
	va_start(ap, fmt);
	str_vaddf(&s, fmt, ap);
	va_end(ap);
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.data[i] < 0x20)
			s.data[i] = ' ';
	if (log_clean)
		log_clean(log_clean_ctx, s.data, s.len, &clean);
	else
		str_add(&clean, s.data, s.len);
	str_addc(&clean, '\n');
	file_write_all(log_fd, clean.data, clean.len);
	str_free(&clean);
	str_free(&s);
}
