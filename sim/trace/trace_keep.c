/* A cache file is named by the dump's inode, so that the index of a rewritten dump
 * replaces the old one. */
#include "config.h"

#include "sim/trace/trace_keep.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/base/file.h"
#include "session/base/mem.h"
#include "session/base/str.h"
#include "sim/trace/trace_vcd_index.h"

#define LEAST	  (8u << 20)   /* smallest dump with an index, in bytes */
#define KEPT_MOST (256u << 20) /* total size of the cache */
#define KEPT_MANY 200u
#define ONE_MOST  (128u << 20)
#define PARTS	  32u /* pieces of a dump that are hashed, each of */
#define PART	  4096u

static uint64_t mix(uint64_t h, const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * 0x100000001b3ull;
	return h ^ h >> 29;
}

/* Hashes the first and last piece, and others at even distances. */
static bool name_file(int fd, struct trace_vcd_key *k)
{
	unsigned char part[PART];
	struct stat st;

	if (fstat(fd, &st) < 0 || st.st_size < (off_t)LEAST)
		return false;
	*k = (struct trace_vcd_key){ .size = (uint64_t)st.st_size,
				     .seconds = (uint64_t)st.st_mtim.tv_sec,
				     .ns = (uint64_t)st.st_mtim.tv_nsec,
				     .inode = (uint64_t)st.st_ino,
				     .device = (uint64_t)st.st_dev,
				     .parts = 0xcbf29ce484222325ull };
	for (uint64_t i = 0; i < PARTS; i++) {
		off_t at = (off_t)((k->size - PART) / (PARTS - 1) * i);

		if (i == PARTS - 1)
			at = (off_t)(k->size - PART);
		if (pread(fd, part, PART, at) != PART)
			return false;
		k->parts = mix(k->parts, part, PART);
	}
	return true;
}

static char *folder(void)
{
	return path_user_cache("waves");
}

static char *place(const char *dir, const struct trace_vcd_key *k)
{
	return str_fmt("%s/%" PRIx64 "-%" PRIx64 ".index", dir, k->device, k->inode);
}

bool trace_keep_take(int fd, struct trace *t, bool *spoilt)
{
	char *dir = folder(), *path = NULL;
	struct trace_vcd_key k;
	struct str text = STR_INIT;
	bool ok = false;

	*spoilt = false;
	if (dir && name_file(fd, &k)) {
		path = place(dir, &k);
		ok = file_read(path, ONE_MOST, &text, NULL) &&
		     trace_vcd_index_fits(text.data, text.len, &k);
		if (ok) {
			ok = trace_vcd_index_read(t, text.data, text.len);
			*spoilt = !ok;
		}
	}
	str_free(&text);
	free(path);
	free(dir);
	return ok;
}

/* Deletes the oldest files until the rest is within the limits. */
static bool drop_oldest(const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat oldest = { 0 };
	char *first = NULL;
	uint64_t bytes = 0;
	unsigned n = 0;
	bool gone = false;

	while (d && (e = readdir(d))) {
		char *path = str_ends(e->d_name, ".index") ? path_join(dir, e->d_name) : NULL;
		struct stat st;

		if (path && lstat(path, &st) == 0 && S_ISREG(st.st_mode)) {
			n++;
			bytes += (uint64_t)st.st_size;
			if (!first || st.st_mtim.tv_sec < oldest.st_mtim.tv_sec) {
				free(first);
				first = mem_strdup(path);
				oldest = st;
			}
		}
		free(path);
	}
	if (d)
		closedir(d);
	if (first && (n > KEPT_MANY || bytes > KEPT_MOST))
		gone = unlink(first) == 0;
	free(first);
	return gone;
}

void trace_keep_put(int fd, const struct trace *t)
{
	char *dir = folder(), *path = NULL;
	struct trace_vcd_key k;
	struct str text = STR_INIT;

	if (dir && name_file(fd, &k) && trace_vcd_index_write(t, &k, ONE_MOST, &text) &&
	    file_make_dirs(dir, 0700, NULL)) {
		path = place(dir, &k);
		if (file_put(path, text.data, text.len, 0600, NULL))
			while (drop_oldest(dir))
				;
	}
	str_free(&text);
	free(path);
	free(dir);
}
