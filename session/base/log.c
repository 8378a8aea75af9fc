/* The log of `-v`. Every line passes the redaction of each open workbench before it
 * is written. An earlier moment of a session is a second workbench with secrets of
 * its own, so there is a list of filters. A line is one write() to a file opened
 * for appending, so two programs may share it.
 */
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
#include "session/base/mem.h"
#include "session/base/str.h"

/* Global: passed down as an argument, it would be missing in just the places where
 * something odd happens. */
static int log_fd = -1;
static struct filter {
	log_clean_fn *clean;
	void *ctx;
} * filters;
static size_t n_filters, cap_filters;

bool log_open(const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_set(err, ERR_IO, "open log %s: %s", path, strerror(errno));
	log_close();
	log_fd = fd;
	return true;
}

bool log_is_open(void)
{
	return log_fd >= 0;
}

void log_filter_add(log_clean_fn *clean, void *ctx)
{
	MEM_PUSH(filters, n_filters, cap_filters, (struct filter){ clean, ctx });
}

void log_filter_remove(log_clean_fn *clean, void *ctx)
{
	for (size_t i = n_filters; i-- > 0;) {
		if (filters[i].clean != clean || filters[i].ctx != ctx)
			continue;
		memmove(&filters[i], &filters[i + 1], (n_filters - i - 1) * sizeof(*filters));
		n_filters--;
		break;
	}
	if (n_filters > 0)
		return;
	free(filters);
	filters = NULL;
	cap_filters = 0;
}

/* Runs all filters: a secret may be known to only one of them. */
static void filter_line(struct str *s)
{
	for (size_t i = 0; i < n_filters; i++) {
		struct str clean = STR_INIT;

		filters[i].clean(filters[i].ctx, str_cstr(s), s->len, &clean);
		str_free(s);
		*s = clean;
	}
}

void log_close(void)
{
	if (log_fd >= 0)
		close(log_fd);
	log_fd = -1;
}

void log_line(const char *area, const char *fmt, ...)
{
	struct str s = STR_INIT;
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
	filter_line(&s);
	str_addc(&s, '\n');
	file_write_all(log_fd, s.data, s.len);
	str_free(&s);
}
