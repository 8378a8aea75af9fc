/* Dumps in other formats are recognised by their first bytes and converted to VCD, or
 * unpacked, by an external tool, in a sandbox: a dump may come from anywhere, and these
 * tools parse it in C. The result is streamed. A reader that has seen enough refuses
 * more, which ends the tool and is not an error.
 */
#include "config.h"

#include "sim/trace/trace_convert.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/base/child.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "session/base/task.h"
#include "sim/sandbox/sandbox.h"

#define CONVERT_MS     60000
#define CONVERT_MEMORY (2ull << 30)
#define CONVERT_FILE   (1ull << 30) /* for the tool's temporary files */
#define SAID_MAX       400

#define INSTALL(package) "install it (Debian package: " package ")"
#define GTKWAVE		 INSTALL("gtkwave")

/* Magic bytes of each format, and the converter. */
static const struct format {
	enum wave_format format;
	const char *magic;
	size_t magic_len;
	const char *name;
	const char *argv[3]; /* followed by the file */
	const char *missing; /* advice if it is not installed */
} formats[] = {
	{ WAVE_FST, "\0\0\0\0\0\0\0\001\111", 9, "an FST file", { "fst2vcd", "-f" }, GTKWAVE },
	{ WAVE_FST_PACKED,
	  "\376\0\0\0\0",
	  5,
	  "a compressed FST file",
	  { "fst2vcd", "-f" },
	  GTKWAVE },
	{ WAVE_GHW, "GHDLwave", 8, "a GHW file", { NULL }, NULL },
	{ WAVE_GZIP, "\037\213", 2, "compressed with gzip", { "gzip", "-dc" }, INSTALL("gzip") },
	{ WAVE_ZSTD,
	  "\050\265\057\375",
	  4,
	  "compressed with zstd",
	  { "zstd", "-dcq" },
	  INSTALL("zstd") },
	{ WAVE_XZ, "\3757zXZ", 5, "compressed with xz", { "xz", "-dc" }, INSTALL("xz-utils") },
	{ WAVE_BZIP2, "BZh", 3, "compressed with bzip2", { "bzip2", "-dc" }, INSTALL("bzip2") },
	{ WAVE_LXT, "\023\200", 2, "an LXT2 file", { "lxt2vcd" }, GTKWAVE },
	{ WAVE_VZT, "VZ", 2, "a VZT file", { "vzt2vcd" }, GTKWAVE },
};

static const struct format *find_format(const char *data, size_t len)
{
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (len >= formats[i].magic_len &&
		    memcmp(data, formats[i].magic, formats[i].magic_len) == 0)
			return &formats[i];
	}
	return NULL;
}

enum wave_format wave_format_of(const char *data, size_t len)
{
	const struct format *f = find_format(data, len);

	return f ? f->format : WAVE_VCD;
}

enum wave_format wave_format_of_file(int fd)
{
	char start[64];
	ssize_t n = pread(fd, start, sizeof(start), 0);

	return wave_format_of(start, n > 0 ? (size_t)n : 0);
}

static const struct format *format_row(enum wave_format format)
{
	const struct format *f = formats;

	while (f->format != format)
		f++;
	return f;
}

const char *wave_format_name(enum wave_format format)
{
	return format == WAVE_VCD ? "a VCD file" : format_row(format)->name;
}

bool wave_format_is_packed(enum wave_format format)
{
	return format == WAVE_GZIP || format == WAVE_ZSTD || format == WAVE_XZ ||
	       format == WAVE_BZIP2;
}

struct conversion {
	struct child_exit end; /* first, see child_exited() */
	bool (*feed)(void *ctx, const char *data, size_t len);
	void *ctx;
	bool refused; /* by feed */
	struct child *child;
	struct str said; /* on stderr */
};

static void take(struct conversion *c, const char *data, size_t len)
{
	if (c->refused || c->feed(c->ctx, data, len))
		return;
	c->refused = true;
	child_cancel(c->child);
}

static void on_out(void *ctx, int stream, const char *data, size_t len)
{
	struct conversion *c = ctx;

	if (stream == 1)
		take(c, data, len);
	else
		str_add(&c->said, data, len);
}

static bool run(struct loop *l, const char *const *argv, const struct sandbox_spec *spec,
		struct sandbox box, struct conversion *c, struct err *err)
{
	struct child_spec child = { .wall_ms = CONVERT_MS, .yields = true };
	struct child_events ev = { .out = on_out, .done = child_exited, .ctx = c };
	struct sandbox_start start;
	struct child *started;

	sandbox_wrap(box, spec, argv, &start);
	sandbox_start_into(&start, &child);
	c->end.task = task_self();
	started = c->child = child_start(l, &child, &ev, err);
	if (started)
		child_wait(started, &c->end, err);
	sandbox_start_fini(&start);
	return started && (c->refused || !c->end.result.cancelled);
}

static bool convert(struct loop *l, const struct format *f, const char *path, struct conversion *c,
		    struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash && slash > path ? mem_strndup(path, (size_t)(slash - path))
					  : mem_strdup(slash ? "/" : ".");
	struct sandbox_spec spec = { .dir = dir,
				     .cwd = "",
				     .memory = CONVERT_MEMORY,
				     .file_size = CONVERT_FILE,
				     .cpu_s = CONVERT_MS / 1000,
				     .processes = 16 };
	struct sandbox box = sandbox_probe(l);
	char *inside = str_fmt("%s/%s", sandbox_dir(box, &spec), slash ? slash + 1 : path);
	const char *argv[5] = { f->argv[0] };
	size_t n = 1;
	bool ok;

	if (f->argv[1])
		argv[n++] = f->argv[1];
	argv[n] = inside;
	ok = run(l, argv, &spec, box, c, err);
	if (ok && c->refused)
		ok = err_set(err, ERR_LIMIT, "read %s: it is %s, and %s too large to be read here",
			     path, f->name,
			     wave_format_is_packed(f->format) ? "unpacked" : "as VCD");
	else if (ok && c->end.result.timed_out)
		ok = err_set(err, ERR_TIMEOUT, "read %s: %s did not end within %d s", path,
			     f->argv[0], CONVERT_MS / 1000);
	else if (ok && (c->end.result.signal || c->end.result.status > 128))
		ok = err_set(err, ERR_TOOL,
			     "read %s: it is %s, and %s crashed on it or ran out of its memory",
			     path, f->name, f->argv[0]);
	else if (ok && c->end.result.status != 0)
		ok = err_set(err, ERR_TOOL, "read %s: it is %s, but %s could not read it: %.*s",
			     path, f->name, f->argv[0], (int)strcspn(str_cstr(&c->said), "\n"),
			     c->said.len ? str_cstr(&c->said) : "it did not say why");
	str_free(&c->said);
	free(inside);
	free(dir);
	return ok;
}

bool wave_convert(struct loop *l, enum wave_format format, const char *path,
		  bool (*feed)(void *ctx, const char *data, size_t len), void *ctx, struct err *err)
{
	const struct format *f = format_row(format);
	struct conversion c = { .feed = feed, .ctx = ctx, .said = STR_LIMIT(SAID_MAX) };
	const char *does = wave_format_is_packed(format) ? "unpacks" : "turns into a VCD file";
	char *tool = child_which(f->argv[0]);

	free(tool);
	if (!tool)
		return err_set(err, ERR_TOOL,
			       "read %s: it is %s, which %s %s, but that is not there: %s", path,
			       f->name, f->argv[0], does, f->missing);
	if (!l || !task_self())
		return err_set(err, ERR_TOOL, "read %s: it is %s; use %s on it first", path,
			       f->name, f->argv[0]);
	return convert(l, f, path, &c, err);
}
